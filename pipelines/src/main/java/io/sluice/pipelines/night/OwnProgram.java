/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Starts this program again, with the same Java, options of the JVM and class path. */
final class OwnProgram {
  private static final String MAIN = "io.sluice.pipelines.Main";

  /** Options that two JVMs cannot both have: a port of a debugger, a file that is written. */
  private static final List<String> FOR_ONE_JVM =
      List.of(
          "-agentlib:jdwp", "-Xrunjdwp", "-XX:ArchiveClassesAtExit", "-XX:StartFlightRecording");

  private OwnProgram() {}

  /** Returns the command that runs the program with these arguments. */
  static List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Stream<String> options = ManagementFactory.getRuntimeMXBean().getInputArguments().stream();
    options
        .filter(option -> FOR_ONE_JVM.stream().noneMatch(option::startsWith))
        .forEach(command::add);
    String classPath = System.getProperty("java.class.path");
    if (classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator)) {
      // The manifest opens packages only so.
      command.addAll(List.of("-jar", classPath));
    } else {
      command.addAll(List.of("-cp", classPath, MAIN));
    }
    command.addAll(arguments);
    return command;
  }
}
