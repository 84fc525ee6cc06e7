/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.publish;

import io.sluice.dynamodb.table.TableDefinition;
import io.sluice.format.registry.FileFormat;
import io.sluice.item.KeySchema;
import io.sluice.item.page.ScanCompleteness;
import io.sluice.schema.TableSchema;
import io.sluice.sink.EmptyFile;
import io.sluice.sink.WrittenFiles;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.PublishedSnapshot;
import io.sluice.snapshot.SnapshotTarget;
import io.sluice.snapshot.catalog.GlueCatalog;
import io.sluice.snapshot.publish.PublishSpec.Ending;
import io.sluice.snapshot.publish.PublishSpec.Existing;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Publishes the files of a scan as a snapshot: once all are written it verifies them, copies
 * exactly the listed ones, and marks the snapshot as published by the file {@code _SUCCESS}, which
 * is written last. Then it removes the staged files and, if requested, the oldest snapshots.
 *
 * <p>A snapshot is published whole or not at all: a missing or doubled page of the scan, counts
 * that do not add up, or a file that is missing or has another length fails the job. Publishing is
 * one step that may be repeated any number of times, also by two workers at the same time, and with
 * different files if a bundle was retried: one attempt publishes its files, and no attempt removes
 * what another has published. Files that other attempts have copied are removed by those attempts
 * or, if they were killed, when the step ends or is repeated.
 *
 * <p>Attempts look before they write, since Beam's file systems have no conditional writes. So two
 * cases are not excluded. First, attempt A may stand still between its look and its action for as
 * long as attempt B takes to copy and publish everything. A may then remove B's {@code _SUCCESS}
 * when it overwrites a snapshot, or write its manifest over B's. If A's files are in place, the
 * snapshot consists of those; if not, A fails, and the manifest lists missing files until an
 * attempt with B's files repeats the step. Second, files that A is copying meanwhile are visible to
 * readers until A looks again and removes them or, if A is killed, until the step is repeated.
 *
 * <p>Only one run at a time may export a table to an output: publishing removes the staged files of
 * all others, except those of an {@link io.sluice.snapshot.UnfinishedRun}. Works in one global
 * window.
 */
public final class PublishSnapshot
    extends PTransform<PCollection<WrittenFiles>, PCollection<PublishedSnapshot>> {
  private static final long serialVersionUID = 1L;

  private final PublishSpec spec;
  private final PCollectionView<String> schema;

  private PublishSnapshot(PublishSpec spec, PCollectionView<String> schema) {
    this.spec = spec;
    this.schema = schema;
  }

  /**
   * Publishes files that were written to {@link SnapshotTarget#staging} under the names of {@link
   * io.sluice.sink.WriteFiles}: {@code part-…}, in that folder and not in a subfolder. Any other
   * name fails the job, and a file that is written again needs a new name.
   *
   * @param keySchema of the table
   * @param totalSegments of the scan, 1 or more
   * @param schema the schema of the files as JSON, one text
   */
  public static PublishSnapshot to(
      SnapshotTarget target,
      FileFormat format,
      KeySchema keySchema,
      int totalSegments,
      PCollectionView<String> schema) {
    return new PublishSnapshot(new PublishSpec(target, format, keySchema, totalSegments), schema);
  }

  /** Replaces a snapshot of the same time, which otherwise fails the job. */
  public PublishSnapshot overwriting() {
    return new PublishSnapshot(spec.with(Existing.REPLACE), schema);
  }

  /**
   * Puts all of the snapshot in place, but leaves it to {@link HeldSnapshot#release} to publish it:
   * no reader sees it, no catalog has it, and no old snapshot is removed until then. Removes
   * earlier snapshots of the table that are held.
   */
  public PublishSnapshot holding() {
    return new PublishSnapshot(spec.ending(Ending.HOLD), schema);
  }

  /**
   * Keeps this many snapshots of the table, including this one, and removes the oldest.
   *
   * @param snapshots 1 or more; 0 keeps all
   */
  public PublishSnapshot keeping(int snapshots) {
    return new PublishSnapshot(spec.withKeep(snapshots), schema);
  }

  /** Lists these options of the job in the manifest; no secrets. */
  public PublishSnapshot withOptions(Map<String, String> options) {
    return new PublishSnapshot(spec.withOptions(options), schema);
  }

  /**
   * Names the table by this ARN in the manifest of DYNAMODB_JSON; otherwise by one without region
   * and account.
   */
  public PublishSnapshot withTableArn(@Nullable String arn) {
    return new PublishSnapshot(spec.withTableArn(arn), schema);
  }

  /** Records in the manifest how the table would be created again; null when it is not known. */
  public PublishSnapshot withDefinition(@Nullable TableDefinition definition) {
    return new PublishSnapshot(spec.withDefinition(definition), schema);
  }

  /**
   * Registers the snapshot in a Glue database, once it is published. If Glue refuses, the job
   * fails, and the snapshot stays published.
   *
   * @throws IllegalArgumentException when the output is not in S3
   */
  public PublishSnapshot registeringIn(GlueCatalog catalog) {
    return new PublishSnapshot(spec.withGlue(catalog), schema);
  }

  /**
   * Returns the snapshot, once it is published, as one element. Even the scan of an empty table has
   * pages, so there is always an input element; without any, nothing is published.
   */
  @Override
  public PCollection<PublishedSnapshot> expand(PCollection<WrittenFiles> written) {
    return written
        .apply("All files", Combine.globally(new AllFn()).withoutDefaults())
        .apply("Publish", ParDo.of(new PublishFn(spec, schema)).withSideInputs(schema));
  }

  private static final class PublishFn extends DoFn<WrittenFiles, PublishedSnapshot> {
    private static final long serialVersionUID = 1L;
    private final PublishSpec spec;
    private final PCollectionView<String> schema;

    PublishFn(PublishSpec spec, PCollectionView<String> schema) {
      this.spec = spec;
      this.schema = schema;
    }

    @ProcessElement
    public void processElement(ProcessContext context) throws IOException {
      context.output(
          publish(
              spec, context.element(), context.sideInput(schema), context.getPipelineOptions()));
    }
  }

  public static PublishedSnapshot publish(
      PublishSpec spec, WrittenFiles written, String schemaJson, PipelineOptions options)
      throws IOException {
    // The files may differ when the step is repeated: a published snapshot stays as it is.
    Optional<Manifest> before = SnapshotPlace.publishedBy(spec.target());
    Manifest manifest;
    if (before.isPresent() && new DataFileAudit(spec.target(), before.get()).missing().isEmpty()) {
      manifest = before.get();
    } else {
      Publication publication = new Publication(spec, whole(spec, written, schemaJson), schemaJson);
      manifest = publication.run(publication.actions());
    }
    List<String> notes = new PostPublish(spec, manifest, options).run();
    return new PublishedSnapshot(spec.target().snapshot(), manifest, notes);
  }

  /**
   * Ensures at least one file: without any, readers such as Spark would not know the columns of an
   * empty table. For a format with its own manifests, those say that there is none.
   */
  private static WrittenFiles whole(PublishSpec spec, WrittenFiles written, String schemaJson)
      throws IOException {
    boolean isWhole = !written.files().isEmpty() || spec.format().output().layout().isPresent();
    // If the scan lacks pages, nothing is published.
    if (isWhole || written.scan().problem(spec.totalSegments()).isPresent()) {
      return written;
    }
    WrittenFiles.File empty =
        EmptyFile.in(spec.target().staging(), spec.format(), TableSchema.parse(schemaJson));
    return new WrittenFiles(List.of(empty), written.scan());
  }

  /** Combines all files and the tally of all pages; its size grows with the files and segments. */
  private static final class AllFn
      extends Combine.CombineFn<WrittenFiles, AllFn.All, WrittenFiles> {
    private static final long serialVersionUID = 1L;

    static final class All implements Serializable {
      private static final long serialVersionUID = 1L;
      private final ArrayList<WrittenFiles.File> files = new ArrayList<>();
      private final ScanCompleteness scan = new ScanCompleteness();

      @Override
      public boolean equals(Object o) {
        return o instanceof All other && files.equals(other.files) && scan.equals(other.scan);
      }

      @Override
      public int hashCode() {
        return files.hashCode();
      }
    }

    @Override
    public All createAccumulator() {
      return new All();
    }

    @Override
    public All addInput(All all, WrittenFiles written) {
      all.files.addAll(written.files());
      all.scan.add(written.scan());
      return all;
    }

    @Override
    public All mergeAccumulators(Iterable<All> parts) {
      All sum = new All();
      for (All part : parts) {
        sum.files.addAll(part.files);
        sum.scan.add(part.scan);
      }
      return sum;
    }

    @Override
    public WrittenFiles extractOutput(All all) {
      ScanCompleteness scan = new ScanCompleteness();
      scan.add(all.scan);
      return new WrittenFiles(all.files, scan);
    }

    @Override
    public Coder<All> getAccumulatorCoder(CoderRegistry registry, Coder<WrittenFiles> input) {
      return SerializableCoder.of(All.class);
    }
  }
}
