/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.write;

import java.net.URI;

/** The conditions of a row: the latency and the workers. */
record Conditions(long latencyMillis, int workers) {
  /** The size of an ordinary small item. */
  static final int ITEM_BYTES = 200;

  Task task(Contender contender, URI endpoint) {
    return new Task(contender, endpoint, workers, ITEM_BYTES, 1);
  }
}
