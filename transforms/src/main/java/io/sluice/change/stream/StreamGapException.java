/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.stream;

import java.time.Instant;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Thrown when a stream has forgotten records before they were read. */
public final class StreamGapException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean shardGone;
  private final Instant time;

  private StreamGapException(
      String message, boolean shardGone, Instant time, @Nullable Throwable cause) {
    super(message, cause);
    this.shardGone = shardGone;
    this.time = time;
  }

  /** The shard is there, and has later records. */
  static StreamGapException ofRecords(String message, Instant time, @Nullable Throwable cause) {
    return new StreamGapException(message, false, time, cause);
  }

  /** The shard is gone, and all of its records. */
  static StreamGapException ofShard(String message, Instant time, Throwable cause) {
    return new StreamGapException(message, true, time, cause);
  }

  /** Whether the whole shard is gone, so that there is nothing left to read. */
  public boolean isShardGone() {
    return shardGone;
  }

  /** Returns when it was found, by the clock of the service. */
  public Instant time() {
    return time;
  }
}
