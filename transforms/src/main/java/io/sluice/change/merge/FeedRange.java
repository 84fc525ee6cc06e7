/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.merge;

import io.sluice.change.feed.DeltaFile;
import io.sluice.change.feed.FeedCommit;
import io.sluice.change.feed.FeedCommits;
import io.sluice.change.feed.FeedFolder;
import io.sluice.change.feed.ShardPosition;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The files of a feed that have the changes between two times.
 *
 * @param feed the folder of the feed
 * @param files those that have some of them, and others
 */
public record FeedRange(FeedFolder feed, List<DeltaFile> files) implements Serializable {

  /** By how much the clocks of a stream's machines may differ from each other, and from others. */
  private static final Duration SKEW = Duration.ofMillis(PointInTime.SKEW_MILLIS);

  /**
   * How much earlier than asked for changes are taken: a change bears the time of another machine
   * of the service than the answers to a scan. Applying some again does no harm.
   */
  static final Duration MARGIN = SKEW;

  public FeedRange {
    files = List.copyOf(files);
  }

  /**
   * Finds the files, by the commits of the feed.
   *
   * @param from the time from which on changes are needed, such as the beginning of a scan, by the
   *     clock of the service
   * @param asOf the time up to which they are
   * @throws IllegalArgumentException when the feed does not have all changes between the times
   * @throws IOException when a commit cannot be read
   */
  public static FeedRange of(FeedFolder feed, Instant from, PointInTime asOf) throws IOException {
    FeedCommits commits = FeedCommits.of(feed);
    Optional<FeedCommit> latest = commits.latest();
    if (latest.isEmpty()) {
      throw new IllegalArgumentException(
          feed.path() + " has no commit, so it is no feed of changes");
    }
    FeedCommit newest = latest.get();
    if (newest.isOfDifferences()) {
      throw new IllegalArgumentException(
          feed.path()
              + " has differences of snapshots, which do not say when a change was made: a merge"
              + " needs captured changes");
    }
    Instant end = asOf.instant().plusSeconds(1);
    if (newest.completeThrough().isBefore(end)) {
      throw new IllegalArgumentException(
          "the feed is complete through %s, which is before %s: capture again"
              .formatted(newest.completeThrough(), asOf.instant()));
    }
    Instant begin = from.minus(MARGIN);
    List<DeltaFile> files = new ArrayList<>();
    FeedCommit commit = newest;
    while (true) {
      for (DeltaFile file : commit.files()) {
        if (!file.last().isBefore(begin) && !file.first().isAfter(end.plus(SKEW))) {
          files.add(file);
        }
      }
      if (commit.gap() != null || commit.number() == 1) {
        checkBegin(commit, begin, from);
        break;
      }
      FeedCommit before = commits.read(commit.number() - 1);
      if (lastRead(before).isBefore(begin.minus(SKEW))) {
        checkBegin(commit, begin, from);
        break;
      }
      commit = before;
    }
    return new FeedRange(feed, files);
  }

  /**
   * Returns when a run read last: none of its changes is later, but for the clocks' differences.
   */
  private static Instant lastRead(FeedCommit commit) {
    return commit.shards().stream()
        .map(ShardPosition::readAt)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(commit.start());
  }

  private static void checkBegin(FeedCommit commit, Instant begin, Instant from) {
    if (commit.completeFrom().isAfter(begin)) {
      throw new IllegalArgumentException(
          "the feed is complete from %s%s, and changes since %s are needed: take a snapshot that begins a minute after that"
              .formatted(
                  commit.completeFrom(),
                  commit.gap() == null ? "" : " (" + commit.gap() + ")",
                  from));
    }
  }
}
