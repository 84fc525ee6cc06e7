/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.feed;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * One step of a feed: the files that a run has added, and up to where each shard is read. Commits
 * have consecutive numbers, and who wants to know what a feed has reads them, never a listing.
 *
 * @param number 1 for the first of a feed
 * @param run the unique name of the run that made it
 * @param table the table's name
 * @param stream the ARN of the stream; of a feed of differences its name
 * @param view what the stream records: NEW_IMAGE or NEW_AND_OLD_IMAGES
 * @param start when the run began, by the clock of the service
 * @param completeFrom the time from which on the feed has all changes
 * @param completeThrough the time up to which the feed has all changes; it never goes back
 * @param late how many changes of this commit are older than what an earlier one called complete
 * @param gap why changes before {@code completeFrom} are missing; null if none are known to be
 * @param files of changes, in the order of their names
 * @param shards their positions, in the order of their ids
 */
public record FeedCommit(
    long number,
    String run,
    String table,
    String stream,
    String view,
    Instant start,
    Instant completeFrom,
    Instant completeThrough,
    long late,
    @Nullable String gap,
    List<DeltaFile> files,
    List<ShardPosition> shards)
    implements Serializable {

  /** The beginning of the name that a feed of differences has in place of the ARN of a stream. */
  private static final String DIFFERENCES = "sluice:diff:";

  public FeedCommit {
    if (number < 1) {
      throw new IllegalArgumentException(
          "the number of a commit is " + number + ", must be 1 or more");
    }
    files = List.copyOf(files);
    shards = List.copyOf(shards);
  }

  /** Returns the name of the feed of the differences of a table's snapshots. */
  public static String differencesOf(String table) {
    return DIFFERENCES + table;
  }

  /** Whether the changes are differences of snapshots, and no stream tells when they were made. */
  public boolean isOfDifferences() {
    return stream.startsWith(DIFFERENCES);
  }

  /** Returns how many changes its files have. */
  public long records() {
    return files.stream().mapToLong(DeltaFile::records).sum();
  }

  /** Returns how many bytes its files have. */
  public long bytes() {
    return files.stream().mapToLong(DeltaFile::bytes).sum();
  }
}
