/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.diff;

import io.sluice.snapshot.SnapshotTime;
import java.time.DateTimeException;
import java.time.Instant;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * One of the two states of a comparison, as a person named it.
 *
 * @param option the name of the option
 * @param folder of a snapshot, or of several; null for the table itself
 * @param time of the snapshot; null for the latest, or the one before
 * @param previous whether it is the one before the latest
 */
record SidePlan(
    String option, @Nullable String folder, @Nullable SnapshotTime time, boolean previous) {
  private static final String TABLE = "table";
  private static final String PREVIOUS = "previous";

  /**
   * Parses a value.
   *
   * @throws IllegalArgumentException when it is empty
   */
  static SidePlan parse(String option, String value) {
    if (value.equals(TABLE)) {
      return new SidePlan(option, null, null, false);
    }
    int at = value.lastIndexOf('@');
    String version = value.substring(at + 1);
    String folder = at < 0 ? value : value.substring(0, at);
    // A folder may have an @ in its name.
    boolean previous = at >= 0 && version.equals(PREVIOUS);
    SnapshotTime time = at < 0 || previous ? null : time(version);
    if (at >= 0 && !previous && time == null) {
      folder = value;
    }
    if (folder.isEmpty()) {
      throw new IllegalArgumentException("'" + value + "' names no folder");
    }
    return new SidePlan(option, folder, time, previous);
  }

  private static @Nullable SnapshotTime time(String text) {
    try {
      return text.indexOf(':') < 0
          ? SnapshotTime.parse(text)
          : new SnapshotTime(Instant.parse(text));
    } catch (DateTimeException | IllegalArgumentException e) {
      return null;
    }
  }

  boolean isTable() {
    return folder == null;
  }

  /** Returns it as it was typed, or nearly so. */
  String text() {
    return "--"
        + option
        + "="
        + (folder == null ? TABLE : folder)
        + (time == null ? "" : "@" + time)
        + (previous ? "@" + PREVIOUS : "");
  }
}
