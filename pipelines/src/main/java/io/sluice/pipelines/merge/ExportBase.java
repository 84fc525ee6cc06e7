/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.merge;

import io.sluice.dynamodb.table.TableDefinition;
import io.sluice.format.nativeexport.ExportManifest;
import io.sluice.format.registry.FileFormat;
import io.sluice.item.KeySchema;
import io.sluice.item.page.SourcedPage;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.table.WholeFiles;
import io.sluice.snapshot.Manifest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A full export of DynamoDB as the base of a merge. */
record ExportBase(ExportManifest export) implements Base {

  /**
   * Checks that it is one of DynamoDB.
   *
   * @throws JobException when it is of a scan, or of no known time
   */
  ExportBase {
    if (export.summary().isOfScan()) {
      throw new JobException(
          export.folder()
              + " is what a scan by this program has exported: give the folder of its snapshot,"
              + " whose manifest says more");
    }
    if (export.summary().exportTime() == null) {
      throw new JobException(export.folder() + " does not say of which time it is");
    }
  }

  @Override
  public String place() {
    return export.folder();
  }

  @Override
  public Manifest.Scan scan() {
    Instant time = export.summary().exportTime();
    return new Manifest.Scan(time, time, Manifest.Clock.DYNAMODB);
  }

  @Override
  public boolean isMoment() {
    return true;
  }

  @Override
  public boolean mayHavePassingItems() {
    return false;
  }

  @Override
  public Instant complete() {
    return scan().end();
  }

  /** As an export has it by default. */
  @Override
  public FileFormat format() {
    return FileFormat.PARQUET;
  }

  @Override
  public Optional<KeySchema> keySchema() {
    return Optional.empty();
  }

  @Override
  public Optional<String> tableArn() {
    return Optional.ofNullable(export.summary().tableArn());
  }

  @Override
  public @Nullable TableDefinition definition() {
    return null;
  }

  @Override
  public long bytes() {
    return export.files().stream().mapToLong(MatchResult.Metadata::sizeBytes).sum();
  }

  @Override
  public long items() {
    return export.summary().items();
  }

  @Override
  public PTransform<PBegin, PCollection<SourcedPage>> read(
      KeySchema schema, int buckets, int threads) {
    return new WholeFiles(
            export.files(), export.checks(), FileFormat.valueOf(export.summary().dataFormat()))
        .read(schema, buckets, threads);
  }

  @Override
  public List<String> warnings() {
    return List.of();
  }
}
