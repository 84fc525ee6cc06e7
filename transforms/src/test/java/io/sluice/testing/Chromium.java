/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Chromium or Chrome of this machine, without a window. The system property {@code
 * sluice.chromium} names one that is not on the PATH.
 *
 * @param program its program
 * @param folder an empty folder for what it keeps
 */
public record Chromium(Path program, Path folder) {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");
  private static final int MOST_SECONDS = 120;

  /** Where the colours of a page are those for dark surroundings, or for light ones. */
  public enum Scheme {
    LIGHT,
    DARK
  }

  /** Finds the program; empty when this machine has none. */
  public static Optional<Path> find() {
    String given = System.getProperty("sluice.chromium");
    if (given != null) {
      return Optional.of(Path.of(given));
    }
    return Stream.of(String.valueOf(System.getenv("PATH")).split(File.pathSeparator))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Returns what a page has become when it and its scripts are done, as HTML. */
  public String dom(String url, Scheme scheme) throws IOException, InterruptedException {
    return run(scheme, "--dump-dom", "--virtual-time-budget=20000", url);
  }

  /** Takes a picture of the upper part of a page, as a PNG file. */
  public void picture(String url, Scheme scheme, int width, int height, Path png)
      throws IOException, InterruptedException {
    run(scheme, "--screenshot=" + png, "--window-size=" + width + "," + height, url);
  }

  private String run(Scheme scheme, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    // Its sandbox cannot be had in every container, and by root in none; the pages are ours.
    command.addAll(
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--no-first-run",
            "--no-proxy-server",
            "--user-data-dir=" + folder.resolve("profile")));
    if (scheme == Scheme.DARK) {
      command.add("--force-dark-mode");
    }
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out");
    Path errors = folder.resolve("errors");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(errors.toFile())
            .start();
    try {
      if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(command + " failed: " + Files.readString(errors));
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return Files.readString(out);
  }
}
