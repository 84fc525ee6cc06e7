/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.merge;

import io.sluice.change.feed.DeltaFile;
import io.sluice.change.feed.FeedCommit;
import io.sluice.change.feed.FeedCommits;
import io.sluice.change.feed.FeedFolder;
import io.sluice.change.merge.FeedRange;
import io.sluice.change.merge.MergeChanges;
import io.sluice.change.merge.PointInTime;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.UserMessages;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Captured changes. */
record FeedDeltas(FeedFolder feed) implements Deltas {

  @Override
  public Instant asOf(@Nullable Instant asked) {
    return asked == null ? latest() : point(asked).instant();
  }

  private static PointInTime point(Instant asOf) {
    try {
      return new PointInTime(asOf);
    } catch (IllegalArgumentException e) {
      throw new JobException("--asOf: " + e.getMessage(), e);
    }
  }

  /** Returns the last second of which all changes are there. */
  private Instant latest() {
    try {
      FeedCommit latest =
          FeedCommits.of(feed)
              .latest()
              .orElseThrow(() -> new JobException("--deltas: " + feed.path() + " has no commit"));
      return latest.completeThrough().truncatedTo(ChronoUnit.SECONDS).minusSeconds(1);
    } catch (IOException e) {
      throw new JobException("--deltas: " + UserMessages.oneLine(e), e);
    }
  }

  @Override
  public Range since(Base base, Instant asOf) {
    PointInTime point = point(asOf);
    try {
      return new Files(FeedRange.of(feed, base.scan().changesSince(), point), point);
    } catch (IllegalArgumentException | IOException e) {
      throw new JobException("--deltas: " + UserMessages.oneLine(e), e);
    }
  }

  private record Files(FeedRange range, PointInTime asOf) implements Range {

    @Override
    public String kind() {
      return MergedOptions.CAPTURED;
    }

    @Override
    public boolean isExact() {
      return true;
    }

    @Override
    public long bytes() {
      return range.files().stream().mapToLong(DeltaFile::bytes).sum();
    }

    @Override
    public long changes() {
      return range.files().stream().mapToLong(DeltaFile::records).sum();
    }

    @Override
    public List<KeyAttribute> keyAttributes() {
      return List.of();
    }

    @Override
    public MergeChanges onto(Base base, KeySchema schema, int buckets) {
      return MergeChanges.of(range, schema, asOf, base.complete(), buckets);
    }

    @Override
    public List<String> warnings() {
      return List.of();
    }
  }
}
