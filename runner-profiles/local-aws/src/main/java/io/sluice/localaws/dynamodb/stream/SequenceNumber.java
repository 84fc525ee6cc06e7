/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.stream;

import java.util.OptionalLong;

/** Spells sequence numbers as the service does: in 21 digits, so that their order is the texts'. */
public final class SequenceNumber {

  private static final int LENGTH = 21;

  private SequenceNumber() {}

  /** Spells a number. */
  public static String text(long sequence) {
    return String.format("1%020d", sequence);
  }

  /** Reads what {@link #text} made; empty if it cannot have made it. */
  static OptionalLong parse(String text) {
    if (text.length() != LENGTH
        || text.charAt(0) != '1'
        || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text.substring(1)));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
