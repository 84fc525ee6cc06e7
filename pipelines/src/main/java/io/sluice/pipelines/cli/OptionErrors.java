/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Collects the errors in options, so that all can be reported at once. */
public final class OptionErrors {
  private final List<String> lines = new ArrayList<>();

  /** Adds a line, unless it is there: several parts of a plan may find one mistake. */
  public void add(String line) {
    if (!lines.contains(line)) {
      lines.add(line);
    }
  }

  public void atLeast(String option, long value, long least) {
    if (value < least) {
      add("--" + option + "=" + value + " must be " + least + " or more");
    }
  }

  /** Parses the value of an option; null when it is absent, or wrong, which is recorded. */
  public <T> @Nullable T parse(String option, @Nullable String value, Function<String, T> parser) {
    if (value == null) {
      return null;
    }
    try {
      return parser.apply(value);
    } catch (IllegalArgumentException e) {
      add("--" + option + ": " + e.getMessage());
      return null;
    }
  }

  /** Returns the files of an option, which may be several; empty when it is absent, or wrong. */
  public List<String> files(String option, @Nullable List<String> files) {
    if (files == null) {
      return List.of();
    }
    Set<String> different = Set.copyOf(files);
    if (files.isEmpty() || files.contains("") || different.size() < files.size()) {
      add("--" + option + "=" + String.join(",", files) + " must be different names of files");
      return List.of();
    }
    return List.copyOf(files);
  }

  /**
   * Throws if there are any errors.
   *
   * @throws UsageException with all of them
   */
  public void throwIfAny() {
    if (!lines.isEmpty()) {
      throw new UsageException(lines);
    }
  }
}
