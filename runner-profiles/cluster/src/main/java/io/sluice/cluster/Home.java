/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The temporary folder of a cluster.
 *
 * @param folder absolute path
 */
record Home(Path folder) {

  /** Makes a folder with those that a cluster writes to. */
  static Home make(String name) {
    try {
      Path folder = Files.createTempDirectory("sluice-" + name + "-").toRealPath();
      for (String part : List.of("bin", "conf", "jars", "log", "tmp")) {
        Files.createDirectory(folder.resolve(part));
      }
      return new Home(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path at(String path) {
    return folder.resolve(path);
  }

  /** Writes settings, one a line. */
  void writeSettings(String path, String separator, Map<String, String> settings) {
    write(
        path,
        settings.entrySet().stream()
            .map(setting -> setting.getKey() + separator + setting.getValue() + "\n")
            .collect(Collectors.joining()));
  }

  void write(String path, String text) {
    try {
      Files.writeString(at(path), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a shell script that runs a command in place of itself, with its own arguments added. */
  Path writeScript(String path, Map<String, String> environment, List<String> command) {
    StringBuilder script = new StringBuilder("#!/usr/bin/env bash\n");
    environment.forEach(
        (name, value) ->
            script.append("export ").append(name).append('=').append(quoted(value)).append('\n'));
    script.append("exec");
    command.forEach(word -> script.append(" \\\n  ").append(quoted(word)));
    script.append(" \"$@\"\n");
    write(path, script.toString());
    try {
      return Files.setPosixFilePermissions(at(path), PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  /** Puts links to jars into a folder. */
  void link(List<Path> jars, String path) {
    try {
      for (Path jar : jars) {
        Path link = at(path).resolve(jar.getFileName());
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, jar);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes it; what a process that just ended still wrote is tried again. */
  void delete() {
    for (int attempt = 1; Files.exists(folder); attempt++) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      } catch (IOException | UncheckedIOException e) {
        if (attempt == 5) {
          throw new ClusterException(folder + " cannot be deleted: " + e, e);
        }
      }
    }
  }
}
