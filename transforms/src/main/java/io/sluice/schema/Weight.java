/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.schema;

/**
 * Estimates the memory of an accumulator: close to the bytes of heap that its names and nodes take.
 */
final class Weight {
  /** The weight of a {@link Place}, without its name. */
  static final int OF_PLACE = 200;

  private long total;

  static int ofName(String name) {
    return 50 + 2 * name.length();
  }

  void add(long weight) {
    total += weight;
  }

  long total() {
    return total;
  }
}
