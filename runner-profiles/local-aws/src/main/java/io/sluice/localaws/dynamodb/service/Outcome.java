/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.service;

import java.time.Duration;

/**
 * Says what comes of a request: an answer, and how the client gets it.
 *
 * @param delay how long the client waits until anything comes of it
 * @param span how long an answer takes that comes bit by bit
 */
public record Outcome(Reply reply, Delivery delivery, Duration delay, Duration span) {

  /** Lists the ways in which a client gets an answer, or not. */
  public enum Delivery {
    /** It comes as it is. */
    WHOLE,
    /** It comes a few bytes at a time. */
    TRICKLE,
    /** Half of it comes, and then the connection is closed. */
    CUT,
    /** The connection is closed and nothing comes. */
    DROP,
    /** Nothing ever comes, and the connection stays open. */
    HANG,
    /** It comes with a header x-amz-crc32 that is not its checksum. */
    WRONG_CHECKSUM
  }

  /** Delivers an answer as it is, at once. */
  public static Outcome of(Reply reply) {
    return new Outcome(reply, Delivery.WHOLE, Duration.ZERO, Duration.ZERO);
  }

  /** Delivers the answer otherwise. */
  public Outcome by(Delivery newDelivery) {
    return new Outcome(reply, newDelivery, delay, span);
  }

  /** Delivers the answer later by {@code more}. */
  public Outcome after(Duration more) {
    return new Outcome(reply, delivery, delay.plus(more), span);
  }

  /** Has an answer that comes bit by bit take so long. */
  public Outcome over(Duration newSpan) {
    return new Outcome(reply, delivery, delay, newSpan);
  }
}
