/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.write;

/** The circumstances of a row: the latency and the workers. */
record Conditions(long latencyMillis, int workers) {
  /** Of small items, whose size a small table's rows have. */
  static final int ITEM_BYTES = 200;

  Task task(Contender contender, java.net.URI endpoint) {
    return new Task(contender, endpoint, workers, ITEM_BYTES, 1);
  }
}
