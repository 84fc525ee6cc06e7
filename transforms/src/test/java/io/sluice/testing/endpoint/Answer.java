/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

/**
 * What comes of a request.
 *
 * @param status the status of HTTP
 * @param body the answer
 * @param delivery how the client gets it
 */
record Answer(int status, byte[] body, Delivery delivery) {
  enum Delivery {
    WHOLE,
    TRICKLE,
    RESET,
    NEVER
  }

  private static final byte[] NOTHING = new byte[0];

  static Answer ok(byte[] body) {
    return new Answer(200, body, Delivery.WHOLE);
  }

  static Answer error(ServiceError error) {
    return new Answer(error.status(), error.body(), Delivery.WHOLE);
  }

  static Answer reset() {
    return new Answer(0, NOTHING, Delivery.RESET);
  }

  static Answer never() {
    return new Answer(0, NOTHING, Delivery.NEVER);
  }

  /** As this, but spoilt by a fault that leaves the request done. */
  Answer spoiltBy(Fault fault) {
    return switch (fault) {
      case RESET_AFTER -> reset();
      case HANG_AFTER -> never();
      case TRICKLE -> new Answer(status, body, Delivery.TRICKLE);
      default -> this;
    };
  }
}
