/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.stream;

import io.sluice.change.feed.FeedCommit;
import io.sluice.change.feed.ShardPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds changes that a stream has forgotten before they were read. DynamoDB reports no such thing:
 * an iterator at TRIM_HORIZON begins with the oldest record that is left, and shards that are too
 * old are no longer listed. So it is judged by what the last commit knows.
 */
public final class StreamGap {

  /** How long a record can be read. Source: the developer guide of DynamoDB, on streams. */
  public static final Duration RETENTION = Duration.ofHours(24);

  private StreamGap() {}

  /**
   * Says why changes between the last commit and now are lost; empty if none can be.
   *
   * @param last the latest commit of the feed
   * @param now the table's stream
   */
  public static Optional<String> find(FeedCommit last, StreamState now) {
    if (!last.stream().equals(now.arn())) {
      return Optional.of(
          "the table has another stream than before: changes between the end of "
              + last.stream()
              + " and the beginning of "
              + now.arn()
              + " were recorded by neither");
    }
    Map<String, ShardPosition> known = new HashMap<>();
    last.shards().forEach(position -> known.put(position.shard(), position));
    Map<String, StreamState.ListedShard> listed = new HashMap<>();
    now.shards().forEach(shard -> listed.put(shard.id(), shard));
    for (ShardPosition position : last.shards()) {
      if (!position.drained() && !listed.containsKey(position.shard())) {
        return Optional.of(
            "the shard " + position.shard() + " was forgotten before it was read to its end");
      }
      Instant readAt = readAt(position, last);
      if (!position.drained() && isTooLate(readAt, now.time())) {
        return Optional.of(
            "the shard %s was last read at %s, and records are kept for %d hours"
                .formatted(position.shard(), readAt, RETENTION.toHours()));
      }
    }
    return now.shards().stream()
        .filter(shard -> !known.containsKey(shard.id()))
        .flatMap(shard -> ofNew(shard, last, now, known, listed).stream())
        .findFirst();
  }

  /**
   * Says why records of a shard that is new since the last commit may be lost. Its oldest are from
   * when its parent was closed, which may have been when that was read to its end.
   */
  private static Optional<String> ofNew(
      StreamState.ListedShard shard,
      FeedCommit last,
      StreamState now,
      Map<String, ShardPosition> known,
      Map<String, StreamState.ListedShard> listed) {
    StreamState.ListedShard oldest = shard;
    while (oldest.parent() != null && !known.containsKey(oldest.parent())) {
      StreamState.ListedShard parent = listed.get(oldest.parent());
      if (parent == null) {
        return Optional.of(
            "the shard %s, whose place %s took, was never seen"
                .formatted(oldest.parent(), oldest.id()));
      }
      oldest = parent;
    }
    ShardPosition ancestor = oldest.parent() == null ? null : known.get(oldest.parent());
    Instant since = ancestor == null ? last.start() : readAt(ancestor, last);
    return isTooLate(since, now.time())
        ? Optional.of(
            "the shard %s may have records since %s, when the stream was last read, and they are kept for %d hours"
                .formatted(oldest.id(), since, RETENTION.toHours()))
        : Optional.empty();
  }

  private static Instant readAt(ShardPosition position, FeedCommit last) {
    return position.readAt() == null ? last.start() : position.readAt();
  }

  static boolean isTooLate(Instant readAt, Instant now) {
    return Duration.between(readAt, now).compareTo(RETENTION) > 0;
  }
}
