/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * A successful answer of DynamoDB.
 *
 * @param body as it came
 * @param date its header {@code Date}; empty when something on the way has removed it
 */
@SuppressWarnings("ArrayRecordComponent") // not compared
public record WireAnswer(byte[] body, Optional<String> date) {
  /** The header with the time of an answer. */
  public static final String DATE = "Date";

  /** Returns when DynamoDB answered, by its own clock: see {@link #time(Optional)}. */
  public Optional<Instant> time() {
    return time(date);
  }

  /**
   * Parses the header {@code Date} of an answer, which has whole seconds, rounded down; empty when
   * there is none, or it is no date.
   */
  public static Optional<Instant> time(Optional<String> date) {
    try {
      return date.map(text -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
