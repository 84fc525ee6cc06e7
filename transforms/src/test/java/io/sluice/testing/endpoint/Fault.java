/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import org.checkerframework.checker.nullness.qual.Nullable;

/** What can go wrong with one request. */
public enum Fault {
  /** ProvisionedThroughputExceededException; nothing was taken. */
  THROTTLED,
  /** ThrottlingException, of the account's or the control plane's rate. */
  THROTTLING,
  REQUEST_LIMIT,
  INTERNAL_ERROR,
  UNAVAILABLE,
  EXPIRED_TOKEN,
  /** The connection is reset, and nothing was done. */
  RESET_BEFORE,
  /** The request is done, then the connection is reset without an answer. */
  RESET_AFTER,
  /** No answer ever, and nothing was done. */
  HANG_BEFORE,
  /** The request is done, but there is no answer ever. */
  HANG_AFTER,
  /** The answer comes a byte at a time. */
  TRICKLE,
  /** A part of a batch, at random, is not taken; a batch of one item is. */
  UNPROCESSED;

  /** The error that is the whole answer; null when it is something else that goes wrong. */
  @Nullable ServiceError error() {
    return switch (this) {
      case THROTTLED -> ServiceError.provisionedThroughputExceeded();
      case THROTTLING -> ServiceError.throttling();
      case REQUEST_LIMIT -> ServiceError.requestLimitExceeded();
      case INTERNAL_ERROR -> ServiceError.internalServerError();
      case UNAVAILABLE -> ServiceError.serviceUnavailable();
      case EXPIRED_TOKEN -> ServiceError.expiredToken();
      default -> null;
    };
  }

  /** Whether the client does not learn what became of a request that was done. */
  boolean losesTheAnswer() {
    return this == RESET_AFTER || this == HANG_AFTER;
  }
}
