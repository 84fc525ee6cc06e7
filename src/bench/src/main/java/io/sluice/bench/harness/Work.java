/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.harness;

/** The work of a contender on items; done several times. */
@FunctionalInterface
public interface Work {
  /** Works on this many items, beginning with this number, and returns when it is done. */
  void run(long first, long count) throws Exception;
}
