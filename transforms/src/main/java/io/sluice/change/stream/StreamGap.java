/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.stream;

import static java.util.stream.Collectors.toSet;

import io.sluice.change.feed.FeedCommit;
import io.sluice.change.feed.ShardPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds changes that a stream has forgotten before they were read. DynamoDB reports no such thing:
 * an iterator at TRIM_HORIZON begins with the oldest record that is left, and shards that are too
 * old are no longer listed. So it is judged by what the last commit knows: a run reads up to its
 * beginning, however long it takes, so what is not read yet may begin there; and a shard that takes
 * the place of one that was read to its end during the run has records since then.
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
    if (isTooLate(last.start(), now.time())) {
      return Optional.of(
          "the last run began at %s, and records are kept for %d hours"
              .formatted(last.start(), RETENTION.toHours()));
    }
    Set<String> known = last.shards().stream().map(ShardPosition::shard).collect(toSet());
    Map<String, StreamState.ListedShard> listed = new HashMap<>();
    now.shards().forEach(shard -> listed.put(shard.id(), shard));
    for (ShardPosition position : last.shards()) {
      if (!position.drained() && !listed.containsKey(position.shard())) {
        return Optional.of(
            "the shard " + position.shard() + " was forgotten before it was read to its end");
      }
    }
    return now.shards().stream()
        .filter(shard -> !known.contains(shard.id()))
        .flatMap(shard -> ofNew(shard, known, listed).stream())
        .findFirst();
  }

  /** Says which shard, before one that is new since the last commit, was never seen. */
  private static Optional<String> ofNew(
      StreamState.ListedShard shard,
      Set<String> known,
      Map<String, StreamState.ListedShard> listed) {
    StreamState.ListedShard oldest = shard;
    while (oldest.parent() != null && !known.contains(oldest.parent())) {
      StreamState.ListedShard parent = listed.get(oldest.parent());
      if (parent == null) {
        return Optional.of(
            "the shard %s, whose place %s took, was never seen"
                .formatted(oldest.parent(), oldest.id()));
      }
      oldest = parent;
    }
    return Optional.empty();
  }

  /** Whether records since then may be gone. */
  static boolean isTooLate(Instant since, Instant now) {
    return Duration.between(since, now).compareTo(RETENTION) > 0;
  }
}
