/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Collects what is wrong with the options, so that all of it can be told at once. */
final class Problems {
  private final List<String> lines = new ArrayList<>();

  void add(String line) {
    lines.add(line);
  }

  void atLeast(String option, long value, long least) {
    if (value < least) {
      add("--" + option + "=" + value + " must be " + least + " or more");
    }
  }

  /** Parses the value of an option; null when it is not given, or wrong, which is told. */
  <T> @Nullable T parse(String option, @Nullable String value, Function<String, T> parser) {
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

  /**
   * @throws UsageException when there are any
   */
  void throwIfAny() {
    if (!lines.isEmpty()) {
      throw new UsageException(lines);
    }
  }
}
