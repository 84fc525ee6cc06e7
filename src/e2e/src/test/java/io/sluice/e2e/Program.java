/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.jar.JarFile;

/**
 * A program that was started as a user starts it: a process with arguments, output and exit code.
 */
final class Program {
  private static final Path ROOT = Path.of(System.getProperty("sluice.root"));
  private static final long MINUTES = 10;
  private static final long LOOK_MILLIS = 20;

  private final Process process;
  private final Path output;
  private final Path errors;

  private Program(Process process, Path output, Path errors) {
    this.process = process;
    this.output = output;
    this.errors = errors;
  }

  /** Starts the jar of a runner profile: direct, flink or spark. */
  static Program startJar(String profile, List<String> arguments) {
    return startJar(profile, "1g", arguments);
  }

  /** Starts the jar of a runner profile with this much heap. */
  static Program startJar(String profile, String heap, List<String> arguments) {
    List<String> command = java(heap);
    command.addAll(ClassArchive.of(profile));
    command.addAll(List.of("-jar", jar(profile)));
    command.addAll(arguments);
    return start(command, Map.of());
  }

  /** Starts a class of the tests beside the jar of a runner profile. */
  static Program startWithJar(String profile, Class<?> main, String... arguments) {
    String tests = main.getProtectionDomain().getCodeSource().getLocation().getPath();
    List<String> command = java("1g");
    command.addAll(ClassArchive.of(profile));
    // What the jar's manifest opens is not opened for a class path.
    for (String packages : opened(profile)) {
      command.add("--add-opens=" + packages + "=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", jar(profile) + File.pathSeparator + tests, main.getName()));
    command.addAll(List.of(arguments));
    return start(command, Map.of());
  }

  private static List<String> java(String heap) {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + heap,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1"));
  }

  /** The path of a runner profile's jar. */
  static String jar(String profile) {
    return ROOT.resolve("runner-profiles/" + profile + "/target/sluice-" + profile + ".jar")
        .toString();
  }

  /** The packages that the manifest of a profile's jar opens. */
  private static List<String> opened(String profile) {
    try (JarFile jar = new JarFile(jar(profile))) {
      String packages = jar.getManifest().getMainAttributes().getValue("Add-Opens");
      return packages == null ? List.of() : List.of(packages.strip().split(" +"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the launcher script. */
  static Program startLauncher(String... arguments) {
    return startLauncher(Map.of(), arguments);
  }

  static Program startLauncher(Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(List.of(ROOT.resolve("sluice").toString()));
    command.addAll(List.of(arguments));
    return start(command, environment);
  }

  /** Starts the jar of a runner profile with these options of the JVM. */
  static Program startJar(String profile, List<String> options, List<String> arguments) {
    List<String> command = java("1g");
    command.addAll(options);
    command.addAll(List.of("-jar", jar(profile)));
    command.addAll(arguments);
    return start(command, Map.of());
  }

  /** Starts any program. */
  static Program start(List<String> command) {
    return start(command, Map.of());
  }

  /**
   * Starts the script that submits to a cluster.
   *
   * @param home the folder that has the engine's own program in {@code bin/}
   * @param options options of the engine
   * @param job arguments of our main class
   */
  static Program startSubmit(String engine, Path home, List<String> options, List<String> job) {
    List<String> typed = new ArrayList<>(List.of(engine));
    typed.addAll(options);
    typed.add(job.get(0).substring("--pipeline=".length()));
    typed.addAll(job.subList(1, job.size()));
    return startSubmit(Map.of(engine.toUpperCase(Locale.ROOT) + "_HOME", home.toString()), typed);
  }

  /** Starts that script with these words. */
  static Program startSubmit(Map<String, String> environment, List<String> typed) {
    List<String> command =
        new ArrayList<>(List.of(ROOT.resolve("src/submit/submit.sh").toString()));
    command.addAll(typed);
    return start(command, environment);
  }

  private static Program start(List<String> command, Map<String, String> environment) {
    try {
      Path output = Files.createTempFile("sluice", ".out");
      Path errors = Files.createTempFile("sluice", ".err");
      output.toFile().deleteOnExit();
      errors.toFile().deleteOnExit();
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().putAll(environment);
      Process process =
          builder.redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      return new Program(process, output, errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the end; a program that does not end in time is killed and fails the test. */
  int exitCode() {
    try {
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly().waitFor();
        throw new AssertionError("not done after " + MINUTES + " minutes: " + everything());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  Program mustExitWith(int code) {
    int exit = exitCode();
    assertThat(everything(), exit, is(code));
    return this;
  }

  /** Asks the program to end, as Ctrl-C does. */
  void stop() {
    process.destroy();
  }

  /** Ends the program at once, as a crash or the kernel would. */
  void kill() {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until this is so, or the program has ended. */
  void await(BooleanSupplier condition) {
    try {
      while (isRunning() && !condition.getAsBoolean()) {
        // It needs the processor more than this does.
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  boolean isRunning() {
    return process.isAlive();
  }

  List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  String output() {
    return read(output);
  }

  String errors() {
    return read(errors);
  }

  private String everything() {
    return output() + "\n" + errors();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
