/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.stream;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A stream as DynamoDB describes it.
 *
 * @param arn its ARN, which no other stream has, not even a later one of the same table
 * @param view what its records hold: NEW_IMAGE, OLD_IMAGE, NEW_AND_OLD_IMAGES or KEYS_ONLY
 * @param created when it was enabled
 * @param shards those that have not been forgotten yet, open and closed
 * @param time when it was described, by the clock of the service
 */
public record StreamState(
    String arn, String view, Instant created, List<ListedShard> shards, Instant time)
    implements Serializable {

  /**
   * A shard of a stream.
   *
   * @param id its id
   * @param parent the id of the shard whose keys it continues, which may be forgotten; null for
   *     none
   */
  public record ListedShard(String id, @Nullable String parent) implements Serializable {}

  public StreamState {
    shards = List.copyOf(shards);
  }
}
