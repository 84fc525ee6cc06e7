/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.SplittableRandom;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Decides which requests go wrong: first those that a test has named, then at random. */
final class Dice {
  private final long seed;
  private final Queue<Fault> named = new ArrayDeque<>();
  private SplittableRandom random;

  Dice(long seed) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
  }

  /** The next requests, of the operations that go wrong at all, get this fault. */
  synchronized void next(int requests, Fault fault) {
    for (int i = 0; i < requests; i++) {
      named.add(fault);
    }
  }

  synchronized @Nullable Fault draw(String operation, Faults faults) {
    if (!named.isEmpty() && faults.operations().contains(operation)) {
      return named.remove();
    }
    return faults.draw(operation, random);
  }

  /** Random numbers of their own for one request. */
  synchronized SplittableRandom split() {
    return random.split();
  }

  synchronized void reset() {
    named.clear();
    random = new SplittableRandom(seed);
  }
}
