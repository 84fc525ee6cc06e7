/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot;

import java.io.Serializable;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Identifies one run of an export. It is created where the job is submitted, so that all repeated
 * attempts belong to the same run.
 *
 * @param start when the run began, in whole milliseconds
 * @param random eight lower-case hexadecimal digits, which distinguish runs with the same start
 */
public record Run(Instant start, String random) implements Serializable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss-SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Pattern RANDOM = Pattern.compile("[0-9a-f]{8}");

  public Run {
    if (!start.truncatedTo(ChronoUnit.MILLIS).equals(start) || !RANDOM.matcher(random).matches()) {
      throw new IllegalArgumentException(
          "a run of %s and '%s' must be of whole milliseconds and eight digits of hexadecimal"
              .formatted(start, random));
    }
  }

  /** Creates a new run with this start. */
  public static Run startingAt(Instant start) {
    return new Run(
        start.truncatedTo(ChronoUnit.MILLIS), "%08x".formatted(new SecureRandom().nextInt()));
  }

  /**
   * Parses an {@link #id}.
   *
   * @throws IllegalArgumentException when the text is not an id
   */
  public static Run parse(String id) {
    int dash = id.lastIndexOf('-');
    try {
      return new Run(
          TIME.parse(id.substring(0, Math.max(0, dash)), Instant::from), id.substring(dash + 1));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("'" + id + "' is no run", e);
    }
  }

  /** Returns the unique name of the run: {@code 2026-01-31T23-26-00-123Z-0a1b2c3d}. */
  public String id() {
    return TIME.format(start) + "-" + random;
  }

  /** Returns its name in the form of DynamoDB's own exports: {@code 01769901960123-0a1b2c3d}. */
  public String exportId() {
    return String.format(Locale.ROOT, "%014d-%s", start.toEpochMilli(), random);
  }

  @Override
  public String toString() {
    return id();
  }
}
