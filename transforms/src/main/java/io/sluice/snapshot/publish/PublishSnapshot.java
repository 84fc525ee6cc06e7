/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.publish;

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
import io.sluice.snapshot.publish.PublishSpec.Existing;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
 * Publishes the files of a scan as a snapshot: when all are written it verifies them, copies
 * exactly the listed ones, and marks the snapshot as published by the file {@code _SUCCESS}, which
 * is written last. Then it removes what is staged and, if asked for, the oldest snapshots.
 *
 * <p>A snapshot is published whole or not at all: a page of the scan that is missing or there
 * twice, a count that does not add up, a file that is gone or has another length fails the job. All
 * of it is one step that may be done again any number of times, also by two workers at once, and
 * with other files where a bundle was tried again: one of them publishes its files, and none
 * removes what another has published. What the others have copied beside is removed, by themselves
 * or, where they were killed, when the step ends or is done again.
 *
 * <p>This is by looking before writing, as Beam's file systems have no conditional writes: of two
 * workers, one may stand still between the two for as long as the other takes to copy all of its
 * files and publish them. If it then goes on, it may remove the other's {@code _SUCCESS} when it
 * overwrites, or write its manifest over the other's. It fails then, or, if its files are there,
 * the snapshot is of those; when it fails, that manifest lists files that are gone until the other
 * does the step again. And files that it was copying meanwhile are seen by readers until it looks
 * the next time and takes them away; if it is killed before, until the step is done again.
 *
 * <p>One run at a time may export a table to an output: publishing removes what any other has
 * staged there. Works in one global window.
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
   * Publishes files that were written to {@link SnapshotTarget#staging}, named as {@link
   * io.sluice.sink.WriteFiles} names them: {@code part-…}, in that folder and not in one below it.
   * Any other name fails the job, and a file that is written again needs a new one.
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
    return new PublishSnapshot(
        new PublishSpec(
            target,
            format,
            keySchema,
            totalSegments,
            Existing.REFUSE,
            0,
            new TreeMap<>(),
            null,
            null),
        schema);
  }

  /** Replaces a snapshot of that time, which otherwise fails the job. */
  public PublishSnapshot overwriting() {
    return new PublishSnapshot(spec.with(Existing.REPLACE), schema);
  }

  /**
   * Keeps so many snapshots of the table, this one included, and removes the oldest.
   *
   * @param snapshots 1 or more; 0 keeps all
   */
  public PublishSnapshot keeping(int snapshots) {
    return new PublishSnapshot(spec.withKeep(snapshots), schema);
  }

  /** Has the manifest tell of these options of the job; no secrets. */
  public PublishSnapshot withOptions(Map<String, String> options) {
    return new PublishSnapshot(spec.withOptions(options), schema);
  }

  /**
   * Has the manifest of DYNAMODB_JSON name the table so; without it an ARN that lacks region and
   * account.
   */
  public PublishSnapshot withTableArn(@Nullable String arn) {
    return new PublishSnapshot(spec.withTableArn(arn), schema);
  }

  /**
   * Tells a Glue database of the snapshot, once it is published. If Glue does not take it the job
   * fails, and the snapshot stays published.
   *
   * @throws IllegalArgumentException when the output is not in S3
   */
  public PublishSnapshot registeringIn(GlueCatalog catalog) {
    return new PublishSnapshot(spec.withGlue(catalog), schema);
  }

  /**
   * Gives the snapshot, once it is published; one element. A scan has pages, also of a table
   * without items, so there is something written: without any element nothing is published.
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
    // The files need not be the same when the step is done again: the snapshot stays as it is.
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
   * The files of a snapshot, one at least: without any, readers such as Spark would not know the
   * columns of an empty table. Manifests of a format's own say that there is none.
   */
  private static WrittenFiles whole(PublishSpec spec, WrittenFiles written, String schemaJson)
      throws IOException {
    boolean isWhole = !written.files().isEmpty() || spec.format().output().layout().isPresent();
    // Of a scan that lacks pages nothing is published.
    if (isWhole || written.scan().problem(spec.totalSegments()).isPresent()) {
      return written;
    }
    WrittenFiles.File empty =
        EmptyFile.in(spec.target().staging(), spec.format(), TableSchema.parse(schemaJson));
    return new WrittenFiles(List.of(empty), written.scan());
  }

  /** All files and the tally of all pages; as large as there are files and segments. */
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
