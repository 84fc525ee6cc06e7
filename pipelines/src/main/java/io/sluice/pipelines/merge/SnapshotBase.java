/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.merge;

import io.sluice.dynamodb.table.TableDefinition;
import io.sluice.format.registry.FileFormat;
import io.sluice.item.KeySchema;
import io.sluice.item.page.SourcedPage;
import io.sluice.pipelines.table.WholeSnapshot;
import io.sluice.snapshot.Manifest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A published snapshot as the base of a merge. */
record SnapshotBase(WholeSnapshot snapshot) implements Base {

  private Manifest manifest() {
    return snapshot.manifest();
  }

  @Override
  public String place() {
    return snapshot.place();
  }

  @Override
  public Manifest.Scan scan() {
    return manifest().scan();
  }

  private boolean isMergeOf(String kind) {
    return kind.equals(manifest().options().get(MergedOptions.DELTAS));
  }

  @Override
  public boolean isMoment() {
    boolean isOfExport =
        "NATIVE_EXPORT".equals(manifest().options().get("source"))
            && scan().clock() == Manifest.Clock.DYNAMODB
            && scan().start().equals(scan().end());
    return isOfExport || isMergeOf(MergedOptions.INCREMENTAL_EXPORTS);
  }

  @Override
  public boolean mayHavePassingItems() {
    return MergedOptions.WITH_PASSING_ITEMS.equals(
        manifest().options().get(MergedOptions.CONSISTENCY));
  }

  @Override
  public Instant complete() {
    // What was merged by the clock of the changes has none that is later.
    return manifest().options().containsKey(MergedOptions.AS_OF)
            && !isMergeOf(MergedOptions.INCREMENTAL_EXPORTS)
        ? Instant.EPOCH
        : scan().changesUntil();
  }

  @Override
  public FileFormat format() {
    return manifest().format();
  }

  @Override
  public Optional<KeySchema> keySchema() {
    return Optional.of(manifest().keySchema());
  }

  @Override
  public Optional<String> tableArn() {
    return Optional.empty();
  }

  @Override
  public @Nullable TableDefinition definition() {
    return manifest().definition();
  }

  @Override
  public long bytes() {
    return manifest().bytes();
  }

  @Override
  public long items() {
    return manifest().items();
  }

  @Override
  public PTransform<PBegin, PCollection<SourcedPage>> read(
      KeySchema schema, int buckets, int threads) {
    return snapshot.read(buckets, threads);
  }

  @Override
  public List<String> warnings() {
    return scan().clock() == Manifest.Clock.WORKER
        ? List.of(
            "the base was timed by the clocks of the machines that read it: if one of them differed"
                + " from DynamoDB's by more than a minute, changes may be missing")
        : List.of();
  }
}
