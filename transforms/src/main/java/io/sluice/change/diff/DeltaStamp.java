/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.diff;

import io.sluice.item.KeySchema;
import java.io.Serializable;
import java.time.Instant;

/**
 * States what all records of a delta have in common.
 *
 * @param feed the name of the feed, in place of the ARN of a stream
 * @param key the primary key of the table
 * @param time of the later state: the time of each record, and in milliseconds since 1970 its place
 *     among the changes of its key
 */
public record DeltaStamp(String feed, KeySchema key, Instant time) implements Serializable {

  /** Returns the sequence number of each record. */
  public String sequence() {
    return Long.toString(time.toEpochMilli());
  }
}
