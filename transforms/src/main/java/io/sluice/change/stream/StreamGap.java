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
import java.util.Set;
import java.util.stream.Collectors;

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
    Set<String> listed =
        now.shards().stream().map(StreamState.ListedShard::id).collect(Collectors.toSet());
    for (ShardPosition position : last.shards()) {
      if (!position.drained() && !listed.contains(position.shard())) {
        return Optional.of(
            "the shard " + position.shard() + " was forgotten before it was read to its end");
      }
      Instant readAt = position.readAt() == null ? last.start() : position.readAt();
      if (!position.drained() && isTooLate(readAt, now.time())) {
        return Optional.of(
            "the shard %s was last read at %s, and records are kept for %d hours"
                .formatted(position.shard(), readAt, RETENTION.toHours()));
      }
    }
    for (StreamState.ListedShard shard : now.shards()) {
      String parent = shard.parent();
      if (parent != null
          && !known.containsKey(shard.id())
          && !known.containsKey(parent)
          && !listed.contains(parent)) {
        return Optional.of(
            "the shard " + parent + ", whose place " + shard.id() + " took, was never seen");
      }
    }
    return Optional.empty();
  }

  static boolean isTooLate(Instant readAt, Instant now) {
    return Duration.between(readAt, now).compareTo(RETENTION) > 0;
  }
}
