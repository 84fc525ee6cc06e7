/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.diff;

import io.sluice.change.feed.DeltaFile;
import io.sluice.change.feed.FeedCommit;
import io.sluice.change.feed.FeedFolder;
import java.io.Serializable;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The commit that a comparison will add to a feed of differences: each begins where the last has
 * ended.
 *
 * @param feed the folder
 * @param run the unique name of the run, of letters, digits and hyphens
 * @param stamp of all records
 * @param number of the commit
 * @param completeFrom the time from which on the feed has the differences
 * @param start when the run began
 */
public record DeltaTask(
    FeedFolder feed, String run, DeltaStamp stamp, long number, Instant completeFrom, Instant start)
    implements Serializable {

  private static final String VIEW = "NEW_AND_OLD_IMAGES";

  /** Says of the files which shard they come from. */
  static final String SHARD = "diff";

  /**
   * Creates the task that follows the latest commit.
   *
   * @param last the latest commit; null for a new feed
   * @param from the time of the earlier state
   * @param start when the run began
   * @throws IllegalArgumentException when the latest commit is of something else, or ends with
   *     another state than the earlier one
   */
  public static DeltaTask after(
      @Nullable FeedCommit last,
      FeedFolder feed,
      String run,
      DeltaStamp stamp,
      Instant from,
      Instant start) {
    if (last == null) {
      Instant begin = from.isAfter(stamp.time()) ? stamp.time() : from;
      return new DeltaTask(feed, run, stamp, 1, begin, start);
    }
    if (!last.stream().equals(stamp.feed())) {
      throw new IllegalArgumentException(
          feed.path() + " has changes from " + last.stream() + ": differences need another folder");
    }
    if (last.completeThrough().equals(stamp.time())) {
      throw new IllegalArgumentException(
          "%s has the differences up to %s already, in commit %d"
              .formatted(feed.path(), stamp.time(), last.number()));
    }
    if (!last.completeThrough().equals(from) || !stamp.time().isAfter(from)) {
      throw new IllegalArgumentException(
          "%s has differences up to %s, and can go on only with those from then to a later time, not with those from %s to %s: compare others, or give another folder"
              .formatted(feed.path(), last.completeThrough(), from, stamp.time()));
    }
    return new DeltaTask(feed, run, stamp, last.number() + 1, last.completeFrom(), start);
  }

  /** Returns the beginning of the names of all files of the run. */
  String filePrefix() {
    return FeedFolder.hourFolder(stamp.time()) + FeedFolder.filePrefix(number, run);
  }

  /** Returns the commit of these files. */
  FeedCommit commit(Iterable<DeltaFile> files) {
    List<DeltaFile> sorted =
        StreamSupport.stream(files.spliterator(), false)
            .sorted(Comparator.comparing(DeltaFile::name))
            .toList();
    return new FeedCommit(
        number,
        run,
        feed.table(),
        stamp.feed(),
        VIEW,
        start,
        completeFrom,
        stamp.time(),
        0,
        null,
        sorted,
        List.of());
  }
}
