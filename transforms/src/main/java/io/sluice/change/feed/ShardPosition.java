/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.feed;

import java.io.Serializable;
import java.time.Instant;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * States up to where the records of a shard have been read.
 *
 * @param shard its id
 * @param parent the id of the shard whose keys it continues; null if it has none
 * @param lastSequence the sequence number of the last record that was read; null for none
 * @param drained whether it is closed and read to its end
 * @param readAt when it was last read, or was found gone, by the clock of the service; null if it
 *     never was
 */
public record ShardPosition(
    String shard,
    @Nullable String parent,
    @Nullable String lastSequence,
    boolean drained,
    @Nullable Instant readAt)
    implements Serializable {

  /** A shard of which nothing has been read. */
  public static ShardPosition unread(String shard, @Nullable String parent) {
    return new ShardPosition(shard, parent, null, false, null);
  }
}
