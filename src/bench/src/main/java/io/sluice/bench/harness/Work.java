/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.harness;

/** What a contender does with items; done several times. */
@FunctionalInterface
public interface Work {
  /** Returns when it is done with so many items from this number on. */
  void run(long first, long count) throws Exception;
}
