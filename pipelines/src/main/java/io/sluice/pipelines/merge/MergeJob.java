/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.merge;

import io.sluice.change.merge.MergeChanges;
import io.sluice.item.KeySchema;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.SluiceOptions;
import io.sluice.pipelines.job.EmbeddedEngine;
import io.sluice.pipelines.table.Publishing;
import io.sluice.pipelines.table.SnapshotTargets;
import io.sluice.schema.ColumnNaming;
import io.sluice.snapshot.SnapshotTarget;
import io.sluice.snapshot.SnapshotTime;
import io.sluice.snapshot.catalog.GlueCatalog;
import io.sluice.snapshot.publish.PublishSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
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
    Deltas.Range range,
    KeySchema key,
    Instant asOf,
    SnapshotTarget target,
    Instant start) {

  private static final long MOST_BUCKETS = 1 << 20;

  /**
   * Finds the base and the changes.
   *
   * @throws JobException when they do not go together, or the snapshot cannot be published
   */
  static MergeJob of(SluiceOptions options, MergePlan plan, Instant start) {
    Deltas deltas = DeltaKinds.of(plan);
    Instant asOf = deltas.asOf(plan.asOf());
    Base base = Bases.of(plan, asOf);
    Deltas.Range range = deltas.since(base, asOf);
    KeySchema key = TableKey.of(options, plan, base, range);
    SnapshotTarget target =
        SnapshotTarget.of(plan.output(), plan.table(), start).at(SnapshotTime.of(asOf));
    SnapshotTargets.check(target, plan.output(), plan.overwrite());
    return new MergeJob(options, plan, base, range, key, asOf, target, start);
  }

  /** Returns the number of buckets, each of which becomes a file. */
  int buckets() {
    long bytes = base.bytes() + range.bytes();
    return (int) Math.max(1, Math.min(MOST_BUCKETS, (bytes - 1) / plan.fileBytes() + 1));
  }

  /** Returns how columns are named, as an export does by default. */
  ColumnNaming naming() {
    return base.format().output().namings().contains(ColumnNaming.UNICODE)
        ? ColumnNaming.UNICODE
        : ColumnNaming.ASCII;
  }

  MergeChanges merge() {
    return range.onto(base, key, buckets());
  }

  PublishSnapshot publish(PCollectionView<String> schema) {
    PublishSnapshot publish =
        PublishSnapshot.to(target, base.format(), key, buckets(), schema)
            .keeping(plan.keep())
            .withDefinition(base.definition())
            .withOptions(MergedOptions.of(base, range, asOf));
    Optional<GlueCatalog> glue = plan.catalog().glue();
    if (glue.isPresent()) {
      publish = publish.registeringIn(glue.get());
    }
    if (plan.publishing() == Publishing.HOLD) {
      publish = publish.holding();
    }
    return plan.overwrite() ? publish.overwriting() : publish;
  }

  Map<String, Object> properties() {
    Map<String, Object> properties = new TreeMap<>();
    properties.put("pipeline", "merge");
    properties.put("runner", EmbeddedEngine.runner(options));
    properties.put("table", plan.table());
    properties.put("base", base.place());
    properties.put("asOf", asOf.toString());
    properties.put("output", target.snapshot());
    properties.put("started", start.toString());
    return properties;
  }

  /** Says what a person has to know of the base and the changes, a line each. */
  List<String> warnings() {
    return Stream.concat(base.warnings().stream(), range.warnings().stream()).toList();
  }

  /** Returns the line that says what the job does. */
  String title() {
    return "%s as of %s -> %s".formatted(plan.table(), asOf, target.snapshot());
  }

  /** Returns how long it has been running. */
  Duration took() {
    return Duration.between(start, Instant.now());
  }
}
