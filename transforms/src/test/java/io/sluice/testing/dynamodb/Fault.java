/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.dynamodb;

import java.util.Locale;

/** What can go wrong with one request. */
public enum Fault {
  /** Nothing was taken. */
  THROTTLED("ProvisionedThroughputExceededException"),
  /** Throttles by the rate of the account or the control plane. */
  THROTTLING("ThrottlingException"),
  REQUEST_LIMIT("RequestLimitExceeded"),
  INTERNAL_ERROR("InternalServerError"),
  UNAVAILABLE("ServiceUnavailable"),
  EXPIRED_TOKEN("ExpiredTokenException"),
  /** The connection is reset, and nothing was done. */
  RESET_BEFORE("reset-before"),
  /** The request is done, then the connection is reset without an answer. */
  RESET_AFTER("reset-after"),
  /** No answer ever, and nothing was done. */
  HANG_BEFORE("hang-before"),
  /** The request is done, but there is no answer ever. */
  HANG_AFTER("hang-after"),
  /** The answer comes bit by bit. */
  TRICKLE("trickle"),
  /** A part of a batch, at random, is not taken; a batch of one item is. */
  UNPROCESSED("unprocessed");

  private final String text;

  Fault(String text) {
    this.text = text;
  }

  /** Spells it as the server's settings do: the error, or what becomes of the answer. */
  String text() {
    return text;
  }

  /** What the server's books call it. */
  String inBooks() {
    return Character.isUpperCase(text.charAt(0))
        ? text
        : text.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
