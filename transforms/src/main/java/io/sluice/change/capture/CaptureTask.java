/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.capture;

import io.sluice.change.feed.FeedCommit;
import io.sluice.change.feed.FeedFolder;
import io.sluice.change.feed.ShardPosition;
import io.sluice.change.stream.StreamState;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * One run of a capture: what there was when it was submitted.
 *
 * @param feed the folder
 * @param run the unique name of the run, of letters, digits and hyphens
 * @param stream the table's stream
 * @param last the latest commit; null for a new feed
 * @param gap why changes between the last commit and this run are lost, so that the feed begins
 *     anew; null to go on
 * @param onGap whether changes that turn out to be lost fail the run
 */
public record CaptureTask(
    FeedFolder feed,
    String run,
    StreamState stream,
    @Nullable FeedCommit last,
    @Nullable String gap,
    OnGap onGap)
    implements Serializable {

  /** An open shard takes some seconds to wait and little to do; its files may take some memory. */
  private static final int MOST_AT_ONCE = 8;

  /** Says what to do when changes are lost. */
  public enum OnGap {
    /** The run fails, and the feed stays as it is. */
    FAIL,
    /** The feed begins anew; a snapshot from before the gap is no longer of use. */
    RESNAPSHOT
  }

  /** Returns the number of the commit that the run will make. */
  public long number() {
    return last == null ? 1 : last.number() + 1;
  }

  /** Whether the run reads the stream from its oldest record. */
  boolean beginsAnew() {
    return last == null || gap != null;
  }

  private Map<String, ShardPosition> known() {
    Map<String, ShardPosition> known = new HashMap<>();
    if (!beginsAnew()) {
      last.shards().forEach(position -> known.put(position.shard(), position));
    }
    return known;
  }

  /** Returns the positions from which the run reads: those of all shards that are not drained. */
  public List<ShardPosition> toRead() {
    Map<String, ShardPosition> known = known();
    List<ShardPosition> positions = new ArrayList<>();
    for (StreamState.ListedShard shard : stream.shards()) {
      ShardPosition position =
          Optional.ofNullable(known.get(shard.id()))
              .orElseGet(() -> ShardPosition.unread(shard.id(), shard.parent()));
      if (!position.drained()) {
        positions.add(position);
      }
    }
    return positions;
  }

  /** Divides {@link #toRead} among workers, which read the shards of a list side by side. */
  List<ArrayList<ShardPosition>> toReadTogether() {
    List<ArrayList<ShardPosition>> groups = new ArrayList<>();
    for (ShardPosition position : toRead()) {
      if (groups.isEmpty() || groups.get(groups.size() - 1).size() == MOST_AT_ONCE) {
        groups.add(new ArrayList<>());
      }
      groups.get(groups.size() - 1).add(position);
    }
    return groups;
  }

  /**
   * Returns the positions of shards that need no reading any more, as long as the stream lists
   * them: later shards name them as parents.
   */
  List<ShardPosition> drained() {
    Map<String, ShardPosition> known = known();
    return stream.shards().stream()
        .map(shard -> known.get(shard.id()))
        .filter(position -> position != null && position.drained())
        .toList();
  }

  /** Returns the beginning of the names of all files of the run. */
  String filePrefix() {
    return FeedFolder.filePrefix(number(), run);
  }
}
