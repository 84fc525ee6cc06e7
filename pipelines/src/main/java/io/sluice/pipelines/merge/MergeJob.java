/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.merge;

import io.sluice.change.feed.FeedCommit;
import io.sluice.change.feed.FeedCommits;
import io.sluice.change.merge.FeedRange;
import io.sluice.change.merge.MergeChanges;
import io.sluice.change.merge.PointInTime;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.SluiceOptions;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.pipelines.job.EmbeddedEngine;
import io.sluice.pipelines.table.SnapshotTargets;
import io.sluice.schema.ColumnNaming;
import io.sluice.snapshot.SnapshotTarget;
import io.sluice.snapshot.SnapshotTime;
import io.sluice.snapshot.catalog.GlueCatalog;
import io.sluice.snapshot.publish.PublishSnapshot;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * A merge that is about to run, for which the base, the changes and the point in time are known.
 *
 * @param options of the runner and of AWS
 */
record MergeJob(
    SluiceOptions options,
    MergePlan plan,
    Base base,
    FeedRange range,
    PointInTime asOf,
    SnapshotTarget target,
    Instant start) {

  private static final long MOST_BUCKETS = 1 << 20;

  /**
   * Finds the base and the changes.
   *
   * @throws JobException when they do not go together, or the snapshot cannot be published
   */
  static MergeJob of(SluiceOptions options, MergePlan plan, Instant start) {
    PointInTime asOf = plan.asOf() == null ? latest(plan) : plan.asOf();
    Base base = Base.of(plan, asOf);
    FeedRange range;
    try {
      range = FeedRange.of(plan.feed(), base.manifest().scan().changesSince(), asOf);
    } catch (IllegalArgumentException | IOException e) {
      throw new JobException("--deltas: " + UserMessages.oneLine(e), e);
    }
    SnapshotTarget target =
        SnapshotTarget.of(plan.output(), plan.table(), start).at(SnapshotTime.of(asOf.instant()));
    SnapshotTargets.check(target, plan.output(), plan.overwrite());
    return new MergeJob(options, plan, base, range, asOf, target, start);
  }

  /** Returns the last second of which all changes are there. */
  private static PointInTime latest(MergePlan plan) {
    try {
      FeedCommit latest =
          FeedCommits.of(plan.feed())
              .latest()
              .orElseThrow(
                  () -> new JobException("--deltas: " + plan.feed().path() + " has no commit"));
      return new PointInTime(
          latest.completeThrough().truncatedTo(ChronoUnit.SECONDS).minusSeconds(1));
    } catch (IOException e) {
      throw new JobException("--deltas: " + UserMessages.oneLine(e), e);
    }
  }

  /** Returns the number of buckets, each of which becomes a file. */
  int buckets() {
    long bytes =
        base.manifest().bytes() + range.files().stream().mapToLong(file -> file.bytes()).sum();
    return (int) Math.max(1, Math.min(MOST_BUCKETS, (bytes - 1) / plan.fileBytes() + 1));
  }

  /** Returns how columns are named, as an export does by default. */
  ColumnNaming naming() {
    return base.manifest().format().output().namings().contains(ColumnNaming.UNICODE)
        ? ColumnNaming.UNICODE
        : ColumnNaming.ASCII;
  }

  MergeChanges merge() {
    // What was merged itself has no change that is later.
    Instant baseEnd =
        base.manifest().options().containsKey("asOf")
            ? Instant.EPOCH
            : base.manifest().scan().changesUntil();
    return MergeChanges.of(range, base.manifest().keySchema(), asOf, baseEnd, buckets());
  }

  PublishSnapshot publish(PCollectionView<String> schema) {
    PublishSnapshot publish =
        PublishSnapshot.to(
                target, base.manifest().format(), base.manifest().keySchema(), buckets(), schema)
            .keeping(plan.keep())
            .withDefinition(base.manifest().definition())
            .withOptions(
                Map.of(
                    "base",
                    base.place(),
                    "asOf",
                    asOf.instant().toString(),
                    "consistency",
                    "POINT_IN_TIME"));
    Optional<GlueCatalog> glue = plan.catalog().glue();
    if (glue.isPresent()) {
      publish = publish.registeringIn(glue.get());
    }
    return plan.overwrite() ? publish.overwriting() : publish;
  }

  Map<String, Object> properties() {
    Map<String, Object> properties = new TreeMap<>();
    properties.put("pipeline", "merge");
    properties.put("runner", EmbeddedEngine.runner(options));
    properties.put("table", plan.table());
    properties.put("base", base.place());
    properties.put("asOf", asOf.instant().toString());
    properties.put("output", target.snapshot());
    properties.put("started", start.toString());
    return properties;
  }

  /** Returns the line that says what the job does. */
  String title() {
    return "%s as of %s -> %s".formatted(plan.table(), asOf.instant(), target.snapshot());
  }

  /** Returns how long it has been running. */
  Duration took() {
    return Duration.between(start, Instant.now());
  }
}
