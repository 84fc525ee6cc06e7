/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Installs packages of npm for tests; where Node or the registry is missing, says so. */
public final class NpmPackages {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String NPM =
      System.getProperty("os.name").startsWith("Windows") ? "npm.cmd" : "npm";

  private NpmPackages() {}

  /** Says in a sentence why a package is not here. */
  public static final class NotHere extends Exception {
    private static final long serialVersionUID = 1L;

    NotHere(String reason) {
      super(reason);
    }
  }

  /**
   * Installs packages into {@code node_modules} of a folder, unless they are there; none of their
   * scripts is run.
   *
   * @param packages names with versions, such as dynalite@4.0.0
   * @throws NotHere if there is no Node, or they cannot be installed
   */
  public static void install(Path folder, String... packages)
      throws NotHere, IOException, InterruptedException {
    List<String> all = List.of(packages);
    boolean areThere =
        all.stream()
            .map(name -> name.substring(0, name.lastIndexOf('@')))
            .allMatch(name -> Files.exists(folder.resolve("node_modules").resolve(name)));
    if (!areThere) {
      Files.createDirectories(folder);
      List<String> command =
          new ArrayList<>(
              List.of(NPM, "install", "--ignore-scripts", "--no-audit", "--prefix", "."));
      command.addAll(all);
      run(folder, all, command);
    }
    run(folder, all, List.of("node", "--version"));
  }

  private static void run(Path folder, List<String> packages, List<String> command)
      throws NotHere, IOException, InterruptedException {
    Path log = folder.resolve("install.log");
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException e) {
      throw new NotHere("there is no " + command.get(0) + " here");
    }
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new NotHere(command.get(0) + " takes more than " + PATIENCE.toMinutes() + " minutes");
    }
    if (process.exitValue() != 0) {
      throw new NotHere(
          String.join(", ", packages) + " cannot be installed here, see " + log.toAbsolutePath());
    }
  }
}
