/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.export;

import io.sluice.capacity.Index;
import io.sluice.capacity.ReadForecast;
import io.sluice.dynamodb.scan.ScanTable;
import io.sluice.dynamodb.table.TableDefinition;
import io.sluice.dynamodb.table.TableInfo;
import io.sluice.format.nativeexport.ExportManifest;
import io.sluice.item.KeyAttribute;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.DataSize;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.SluiceOptions;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.pipelines.job.EmbeddedEngine;
import io.sluice.pipelines.table.PriceSettings;
import io.sluice.pipelines.table.Publishing;
import io.sluice.pipelines.table.SnapshotTargets;
import io.sluice.pipelines.table.TableLookup;
import io.sluice.pipelines.table.TableNames;
import io.sluice.pipelines.table.TableScans;
import io.sluice.report.JobReport;
import io.sluice.report.Report;
import io.sluice.schema.SchemaRules;
import io.sluice.schema.TableSchema;
import io.sluice.sink.WriteFiles;
import io.sluice.snapshot.SnapshotTarget;
import io.sluice.snapshot.SnapshotTime;
import io.sluice.snapshot.catalog.GlueCatalog;
import io.sluice.snapshot.publish.PublishSnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.values.PCollectionView;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * An export that is about to run, for which the table and the snapshot's folder are known.
 *
 * @param options of the runner and of AWS
 * @param scan how the table is read
 * @param export the native export that is read in its place; null for none
 * @param schema the schema that was given; null when it is inferred
 * @param target the snapshot to be made; null for none
 * @param definition how the table would be created again; null when it is not recorded
 */
record ExportJob(
    SluiceOptions options,
    ExportPlan plan,
    TableInfo table,
    ScanTable scan,
    @Nullable ExportManifest export,
    @Nullable TableSchema schema,
    @Nullable SnapshotTarget target,
    @Nullable TableDefinition definition,
    Instant start) {
  /**
   * How much longer than wanted a file may become, as a part of its size: pages are divided by
   * their own length, and the rest of a part that is longer as a file would be a small file.
   */
  private static final int ROOM = 2;

  /**
   * Describes the table, and reads the schema if there is one.
   *
   * @throws JobException when the table or index does not exist, the schema cannot be read, or the
   *     table cannot be written with it
   */
  static ExportJob of(SluiceOptions options, ExportPlan plan, Instant start) {
    TableInfo table =
        TableLookup.describe(
            options,
            plan.table(),
            plan.budget().onDemand(),
            client -> {
              throw new JobException("the table " + plan.table() + " does not exist");
            });
    SnapshotTarget target = null;
    if (plan.output() != null) {
      target = SnapshotTarget.of(plan.output(), TableNames.plain(plan.table()), start);
      target = plan.time() == null ? target : target.at(plan.time());
    }
    ScanTable scan = scan(options, plan, table);
    return new ExportJob(
        options, plan, table, scan, null, schema(plan, table), target, null, start);
  }

  /** Returns the same with a native export, whose time the snapshot has unless one was given. */
  ExportJob reading(ExportManifest found) {
    SnapshotTarget ofExport =
        target == null || plan.time() != null
            ? target
            : target.at(SnapshotTime.of(found.summary().exportTime()));
    return new ExportJob(options, plan, table, scan, found, schema, ofExport, definition, start);
  }

  /**
   * Returns the same, whose manifest records how the table would be created again; not if it is
   * another table by now.
   */
  ExportJob recording(@Nullable TableDefinition recorded) {
    return new ExportJob(options, plan, table, scan, export, schema, target, recorded, start);
  }

  private static ScanTable scan(SluiceOptions options, ExportPlan plan, TableInfo table) {
    ScanPlan what = plan.scan();
    ScanTable scan =
        TableScans.of(options, table, plan.budget())
            .withNames(what.names())
            .withValues(what.values());
    if (plan.output() != null) {
      scan = scan.withParts(plan.fileBytes());
    }
    if (plan.schema() == null) {
      scan = scan.withSchema();
    }
    if (what.consistentRead()) {
      scan = scan.withConsistentRead();
    }
    if (what.index() != null) {
      checkIndex(what, table);
      scan = scan.withIndex(what.index());
    }
    if (what.filter() != null) {
      scan = scan.withFilter(what.filter());
    }
    if (what.projection() != null) {
      scan = scan.withProjection(what.projection());
    }
    return what.segments() == null ? scan : scan.withSegments(what.segments());
  }

  private static void checkIndex(ScanPlan what, TableInfo table) {
    List<String> indexes = table.indexes().stream().map(Index::name).toList();
    if (!indexes.contains(what.index())) {
      String others = indexes.isEmpty() ? "it has none" : "it has " + String.join(", ", indexes);
      throw new JobException(
          "the table " + table.name() + " has no index " + what.index() + "; " + others);
    }
    if (what.consistentRead() && table.capacity().indexes().containsKey(what.index())) {
      throw new JobException("the global index " + what.index() + " takes no --consistentRead");
    }
  }

  private static @Nullable TableSchema schema(ExportPlan plan, TableInfo table) {
    String place = plan.schema();
    if (place == null) {
      return null;
    }
    try (InputStream in =
        Channels.newInputStream(FileSystems.open(FileSystems.matchNewResource(place, false)))) {
      String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      TableSchema schema = SchemaRules.mark(TableSchema.parse(json));
      plan.format().output().check(schema);
      if (plan.scan().projection() == null) {
        SchemaRules.checkKey(schema, keys(plan, table));
      }
      return schema;
    } catch (IllegalArgumentException e) {
      throw new JobException("--schema=" + place + ": " + e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      throw new JobException(
          "--schema=" + place + " cannot be read: " + UserMessages.oneLine(e), e);
    }
  }

  /** Returns the attributes that every item has, unless a projection leaves them out. */
  private static List<KeyAttribute> keys(ExportPlan plan, TableInfo table) {
    return Stream.concat(
            table.keySchema().attributes().stream(),
            table.indexes().stream()
                .filter(index -> index.name().equals(plan.scan().index()))
                .flatMap(index -> index.key().stream()))
        .toList();
  }

  /**
   * Checks that the snapshot can be published.
   *
   * @throws JobException when it cannot
   */
  void checkTarget() {
    SnapshotTargets.check(target, plan.output(), plan.overwrite());
  }

  /** Estimates how long the scan takes, and what it costs. */
  ReadForecast forecast() {
    return scan.forecast(plan.prices());
  }

  /**
   * Warns of a disk that may be too small: the DirectRunner keeps the pages there, compressed.
   *
   * @param folder the folder for temporary files
   * @param free the bytes that it has room for
   * @return a sentence; null when there is nothing to warn of
   */
  @Nullable String spoolWarning(String folder, long free) {
    long bytes = forecast().load().bytes();
    if (export != null || target == null || !EmbeddedEngine.isDirect(options) || bytes < free) {
      return null;
    }
    return String.format(
        "the DirectRunner keeps what is scanned in %s, compressed, and %s may not fit into the %s"
            + " that are free: name another folder (SLUICE_JAVA_OPTS=-Djava.io.tmpdir=FOLDER), or"
            + " --runner=FlinkRunner",
        folder, DataSize.text(bytes), DataSize.text(free));
  }

  /** Returns the report, without what is found. */
  Report report() {
    return PriceSettings.of(plan.prices(), options).report(properties(), table.capacity());
  }

  /** Creates the summary of this export, which has just ended. */
  ExportSummary summary(JobReport report, Console console) {
    return new ExportSummary(report, Duration.between(start, Instant.now()), console.out());
  }

  /** Returns the table's name in the snapshot. */
  String tableName() {
    return TableNames.plain(plan.table());
  }

  WriteFiles write(PCollectionView<String> schemaView) {
    WriteFiles write =
        WriteFiles.to(target.staging(), plan.format(), schemaView)
            .withFileBytes(plan.fileBytes() + plan.fileBytes() / ROOM);
    write = write.withThreads(EmbeddedEngine.threadsOfReader(options));
    return isRandomOrder() ? write.withRandomOrder() : write;
  }

  /** Whether neighbouring items have nothing in common. */
  boolean isRandomOrder() {
    // In an index without a sort key, the items of one partition key are still neighbours.
    return table.keySchema().sortKey() == null && plan.scan().index() == null;
  }

  private int segments() {
    return export == null ? scan.segments() : Math.max(1, export.files().size());
  }

  PublishSnapshot publish(PCollectionView<String> schemaView) {
    PublishSnapshot publish =
        PublishSnapshot.to(target, plan.format(), table.keySchema(), segments(), schemaView)
            .keeping(plan.keep())
            .withTableArn(table.arn())
            .withDefinition(definition)
            .withOptions(ToldOptions.of(plan, export));
    Optional<GlueCatalog> glue = plan.catalog().glue();
    if (glue.isPresent()) {
      publish = publish.registeringIn(glue.get());
    }
    if (plan.publishing() == Publishing.HOLD) {
      publish = publish.holding();
    }
    return plan.overwrite() ? publish.overwriting() : publish;
  }

  /** Returns the job's properties in the report, besides the counts. */
  Map<String, Object> properties() {
    Map<String, Object> properties = new TreeMap<>();
    properties.put("pipeline", "export");
    properties.put("runner", EmbeddedEngine.runner(options));
    properties.put("table", plan.table());
    properties.put("format", plan.format().name());
    properties.put("started", start.toString());
    if (export != null) {
      properties.put("source", export.folder());
    }
    if (target != null) {
      properties.put("output", target.snapshot());
    }
    return properties;
  }
}
