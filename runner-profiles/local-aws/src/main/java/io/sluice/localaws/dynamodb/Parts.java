/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb;

import java.util.ArrayDeque;
import java.util.Deque;

/** Closes the parts of a whole, the latest first, and each whatever becomes of the others. */
final class Parts implements AutoCloseable {

  private final Deque<Part> parts = new ArrayDeque<>();

  /** Has something to close. */
  interface Part extends AutoCloseable {
    @Override
    void close();
  }

  /** Adds what is closed before all that was added earlier. */
  void add(Part part) {
    parts.push(part);
  }

  /** Closes all parts, and throws what the first of them threw, with the others' suppressed. */
  @Override
  public void close() {
    RuntimeException failure = null;
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Closes all parts, as the whole has failed to start. */
  void abandon(Throwable cause) {
    try {
      close();
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }
}
