/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.stream;

import java.time.Duration;

/**
 * Says how streams behave; {@link #SERVICE} has what the service documents where it does.
 *
 * @param shards how many a stream begins with, 1 to 1,000
 * @param shardLife after which time a shard is closed and another takes its place
 * @param retention how long a record can be read, and a stream after its end
 * @param iteratorLife how long a shard iterator can be used
 * @param maxBytes how many bytes of memory the records of all streams can take; beyond that the
 *     oldest of the largest stream are trimmed, however young
 * @param splitAfter after how many records a shard is closed and two take its place; 0 for never
 * @param emptyPages how many of the answers to GetRecords have no records although there are some,
 *     0 to 0.9 of all
 * @param seed of all that is random
 */
public record StreamSettings(
    int shards,
    Duration shardLife,
    Duration retention,
    Duration iteratorLife,
    long maxBytes,
    int splitAfter,
    double emptyPages,
    long seed) {

  /**
   * Has one shard that is never split, a quarter of the heap, and for the rest what the service
   * documents.
   */
  public static final StreamSettings SERVICE =
      new StreamSettings(
          1,
          Duration.ofHours(4),
          Duration.ofHours(24),
          Duration.ofMinutes(15),
          Runtime.getRuntime().maxMemory() / 4,
          0,
          0,
          0);

  private static final int MAX_SHARDS = 1_000;
  private static final double MAX_EMPTY = 0.9;

  public StreamSettings {
    check("shards", shards, shards >= 1 && shards <= MAX_SHARDS, "1 to " + MAX_SHARDS);
    check("shardLife", shardLife);
    check("retention", retention);
    check("iteratorLife", iteratorLife);
    check("maxBytes", maxBytes, maxBytes >= 0, "at least 0");
    check("splitAfter", splitAfter, splitAfter >= 0, "at least 0");
    check("emptyPages", emptyPages, emptyPages >= 0 && emptyPages <= MAX_EMPTY, "0 to 0.9");
  }

  /** Replaces the number of shards that a stream begins with. */
  public StreamSettings withShards(int count) {
    return new StreamSettings(
        count, shardLife, retention, iteratorLife, maxBytes, splitAfter, emptyPages, seed);
  }

  /** Replaces the time after which another shard takes the place of one. */
  public StreamSettings withShardLife(Duration life) {
    return new StreamSettings(
        shards, life, retention, iteratorLife, maxBytes, splitAfter, emptyPages, seed);
  }

  /** Replaces the time for which a record can be read. */
  public StreamSettings withRetention(Duration time) {
    return new StreamSettings(
        shards, shardLife, time, iteratorLife, maxBytes, splitAfter, emptyPages, seed);
  }

  /** Replaces the time for which a shard iterator can be used. */
  public StreamSettings withIteratorLife(Duration life) {
    return new StreamSettings(
        shards, shardLife, retention, life, maxBytes, splitAfter, emptyPages, seed);
  }

  /** Replaces the bytes of memory that the records of all streams can take. */
  public StreamSettings withMaxBytes(long bytes) {
    return new StreamSettings(
        shards, shardLife, retention, iteratorLife, bytes, splitAfter, emptyPages, seed);
  }

  /** Replaces the number of records after which a shard is split. */
  public StreamSettings withSplitAfter(int records) {
    return new StreamSettings(
        shards, shardLife, retention, iteratorLife, maxBytes, records, emptyPages, seed);
  }

  /** Replaces the part of the answers that have no records. */
  public StreamSettings withEmptyPages(double part) {
    return new StreamSettings(
        shards, shardLife, retention, iteratorLife, maxBytes, splitAfter, part, seed);
  }

  /** Replaces the seed. */
  public StreamSettings withSeed(long newSeed) {
    return new StreamSettings(
        shards, shardLife, retention, iteratorLife, maxBytes, splitAfter, emptyPages, newSeed);
  }

  private static void check(String name, Duration duration) {
    check(name, duration, !duration.isNegative() && !duration.isZero(), "more than 0");
  }

  private static void check(String name, Object value, boolean valid, String range) {
    if (!valid) {
      throw new IllegalArgumentException(name + " is " + value + ", must be " + range);
    }
  }
}
