/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs one job after the other in a JVM, which starts an engine's classes once and not for each.
 * The jobs are the lines of a file, their arguments tabbed.
 */
public final class ManyRuns {
  /** Begins a line of both outputs before each run, and of the standard output after it. */
  static final String MARK = "=== ";

  private ManyRuns() {}

  public static void main(String[] args) throws IOException, ReflectiveOperationException {
    Method run = Class.forName("io.sluice.pipelines.Main").getDeclaredMethod("run", String[].class);
    run.setAccessible(true);
    for (String line : Files.readAllLines(Path.of(args[0]), StandardCharsets.UTF_8)) {
      System.out.println(MARK);
      System.err.println(MARK);
      Object code = run.invoke(null, (Object) line.split("\t"));
      System.out.println(MARK + code);
    }
    System.exit(0);
  }
}
