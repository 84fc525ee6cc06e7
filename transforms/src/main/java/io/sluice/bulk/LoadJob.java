/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bulk;

import java.io.IOException;

/** An operation of DynamoDB on the files of a claim. Every method may be repeated. */
interface LoadJob extends AutoCloseable {

  /**
   * Starts it, unless it was started for the same claim in the last hours.
   *
   * @throws IOException when that is not possible
   */
  LoadState start(Claim claim) throws IOException;

  /** Looks how far it is. */
  LoadState describe(Claim claim, String id) throws IOException;

  /** Whether another job has to do it again: nothing may be left of what it has written. */
  boolean isGone(LoadState ended) throws IOException;

  /**
   * Lists the items that it refused.
   *
   * @param expected how many there should be; lists may be complete some time after the end
   */
  Refusals refusals(Claim claim, LoadState ended, long expected) throws IOException;

  @Override
  void close();
}
