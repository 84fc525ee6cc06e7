/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * The time in a snapshot's name, in whole seconds of UTC: {@code 2026-01-31T23-26-00Z}. It has no
 * colon, which breaks paths in Hadoop and makes Athena skip a partition. Its order is the same as
 * text and as time.
 *
 * @param instant in whole seconds, in the years 0 to 9999
 */
public record SnapshotTime(Instant instant) implements Comparable<SnapshotTime>, Serializable {
  private static final DateTimeFormatter TEXT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss'Z'", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT)
          .withZone(ZoneOffset.UTC);
  private static final int LENGTH = "2026-01-31T23-26-00Z".length();

  public SnapshotTime {
    if (instant.getNano() != 0 || TEXT.format(instant).length() != LENGTH) {
      throw new IllegalArgumentException(
          "the time of a snapshot is "
              + instant
              + ", must be in whole seconds and of the years 0 to 9999");
    }
  }

  /** Returns the second that contains the instant. */
  public static SnapshotTime of(Instant instant) {
    return new SnapshotTime(instant.truncatedTo(ChronoUnit.SECONDS));
  }

  /**
   * Parses {@code 2026-01-31T23-26-00Z}.
   *
   * @throws IllegalArgumentException when the text has another form
   */
  public static SnapshotTime parse(String text) {
    try {
      return new SnapshotTime(LocalDateTime.parse(text, TEXT).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is no time of a snapshot; write it as 2026-01-31T23-26-00Z", e);
    }
  }

  @Override
  public int compareTo(SnapshotTime other) {
    return instant.compareTo(other.instant);
  }

  @Override
  public String toString() {
    return TEXT.format(instant);
  }
}
