/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.file;

import io.sluice.pipelines.cli.UsageException;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Collects the mistakes in a file by their lines, so that all can be reported at once. */
final class FileErrors {
  private final String file;
  private final TreeMap<Integer, Set<String>> lines = new TreeMap<>();

  FileErrors(String file) {
    this.file = file;
  }

  /**
   * Adds a mistake.
   *
   * @param line from 1 on; 0 for the whole file
   */
  void add(int line, String problem) {
    lines.computeIfAbsent(line, n -> new TreeSet<>()).add(problem);
  }

  /**
   * Throws if there are any mistakes.
   *
   * @throws UsageException with all of them, each with the file and its line
   */
  void throwIfAny() {
    if (!lines.isEmpty()) {
      throw new UsageException(
          lines.entrySet().stream()
              .flatMap(at -> at.getValue().stream().map(problem -> text(at.getKey(), problem)))
              .toList());
    }
  }

  private String text(int line, String problem) {
    return file + (line == 0 ? "" : ":" + line) + ": " + problem;
  }
}
