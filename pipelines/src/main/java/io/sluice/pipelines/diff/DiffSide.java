/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.diff;

import io.sluice.dynamodb.scan.BucketPages;
import io.sluice.dynamodb.scan.MeterScan;
import io.sluice.dynamodb.scan.ScanTable;
import io.sluice.dynamodb.table.TableInfo;
import io.sluice.item.KeySchema;
import io.sluice.item.page.ItemPage;
import io.sluice.item.page.SourcedPage;
import io.sluice.pipelines.table.TableNames;
import io.sluice.pipelines.table.WholeSnapshot;
import io.sluice.report.Tally;
import java.time.Instant;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.checkerframework.checker.nullness.qual.Nullable;

/** One of the two states of a comparison, once it is found. */
sealed interface DiffSide {

  /**
   * Its items on their way.
   *
   * @param pages in buckets of keys
   * @param items how many there are, as its manifest or its scan says
   * @param consumed what reading them takes of a table; null where there is none
   */
  record Read(
      PCollection<SourcedPage> pages,
      PCollectionView<Long> items,
      @Nullable PCollection<Tally> consumed) {}

  /** Returns where it is, for people. */
  String place();

  /** Returns the name of its table. */
  String table();

  KeySchema key();

  /** Returns about how many bytes its items have, 0 if that is not known. */
  long bytes();

  /** Returns when it begins: what was written before is in it. */
  Instant time();

  /**
   * Reads its items.
   *
   * @param option for the names of the steps
   * @param coordination the folder through which JVMs divide a budget; empty for none
   */
  Read read(Pipeline pipeline, String option, int buckets, String coordination);

  /** A snapshot. */
  record OfSnapshot(WholeSnapshot snapshot) implements DiffSide {
    /** Files are compressed to about a fifth. */
    private static final long COMPRESSION = 5;

    @Override
    public String place() {
      return snapshot.place();
    }

    @Override
    public String table() {
      return snapshot.manifest().table();
    }

    @Override
    public KeySchema key() {
      return snapshot.manifest().keySchema();
    }

    @Override
    public long bytes() {
      return COMPRESSION * snapshot.manifest().bytes();
    }

    @Override
    public Instant time() {
      return snapshot.manifest().scan().start();
    }

    @Override
    public Read read(Pipeline pipeline, String option, int buckets, String coordination) {
      return new Read(
          pipeline.apply("Read --" + option, snapshot.read(buckets, 1)),
          pipeline
              .apply("Items of --" + option, Create.of(snapshot.manifest().items()))
              .apply("View of items of --" + option, View.asSingleton()),
          null);
    }
  }

  /**
   * The table as a scan reads it.
   *
   * @param time when the job began
   */
  record OfTable(TableInfo info, ScanTable scan, Instant time) implements DiffSide {
    @Override
    public String place() {
      return "the table " + info.name();
    }

    @Override
    public String table() {
      return TableNames.plain(info.name());
    }

    @Override
    public KeySchema key() {
      return info.keySchema();
    }

    @Override
    public long bytes() {
      return info.bytes();
    }

    @Override
    public Read read(Pipeline pipeline, String option, int buckets, String coordination) {
      PCollection<ItemPage> pages =
          pipeline.apply("Scan --" + option, scan.withCoordination(coordination));
      PCollectionTuple scanned =
          pages.apply("Buckets of --" + option, BucketPages.of(key(), buckets, scan.segments()));
      return new Read(
          scanned.get(BucketPages.PAGES),
          scanned.get(BucketPages.ITEMS).apply("View of items of --" + option, View.asSingleton()),
          pages.apply("Meter --" + option, MeterScan.of(scan)));
    }
  }
}
