/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.export;

import io.sluice.capacity.ExportForecastText;
import io.sluice.capacity.ReadForecastText;
import io.sluice.dynamodb.scan.MeterScan;
import io.sluice.dynamodb.session.Progress;
import io.sluice.format.nativeexport.ExportSummary;
import io.sluice.format.registry.FileFormat;
import io.sluice.item.page.ItemPage;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.job.Aws;
import io.sluice.pipelines.job.ClusterEngine;
import io.sluice.pipelines.job.Coordination;
import io.sluice.pipelines.job.Detached;
import io.sluice.pipelines.job.EmbeddedEngine;
import io.sluice.pipelines.job.JobRunner;
import io.sluice.pipelines.job.OutputProbe;
import io.sluice.pipelines.job.ProgressSettings;
import io.sluice.pipelines.job.RunningProgress;
import io.sluice.pipelines.table.HeldSnapshots;
import io.sluice.pipelines.table.Publishing;
import io.sluice.report.Count;
import io.sluice.report.JobReport;
import io.sluice.report.Tally;
import io.sluice.schema.InferSchema;
import io.sluice.schema.InferredSchema;
import io.sluice.snapshot.PublishedSnapshot;
import java.io.File;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Exports a table to a published snapshot: scan, infer the schema, write files, publish, report.
 */
public final class ExportPipeline {
  private ExportPipeline() {}

  /** Runs the export to its end and reports on it; returns the exit code. */
  public static int run(ExportOptions options, Console console) {
    ExportPlan plan = ExportPlan.of(options);
    Aws.configure(options, plan.catalog().endpoint());
    FileSystems.setDefaultPipelineOptions(options);
    OutputProbe.checkReport(plan.report(), console);
    if (plan.publishing() == Publishing.RELEASE) {
      return HeldSnapshots.release(
          plan.folder(), plan.time(), plan.keep(), plan.catalog(), options, console);
    }
    if (plan.mayBeHeld() && HeldSnapshots.isHeld(plan.folder(), plan.time(), console)) {
      return ExitCode.OK;
    }
    // Only Parquet is written by threads of its own. The scan has those it needs.
    boolean hasThreads =
        plan.goal() != ExportPlan.Goal.SNAPSHOT || plan.format() == FileFormat.PARQUET;
    EmbeddedEngine.preferThreads(hasThreads ? 1 : EmbeddedEngine.processors(), options);
    ClusterEngine.divideAmong(plan.budget().budget().workers(), options);
    Instant start = Instant.now();
    ExportJob job = ExportJob.of(options, plan, start);
    if (plan.goal() == ExportPlan.Goal.FORECAST) {
      tell(job, console);
      return ExitCode.OK;
    }
    if (plan.source() != null) {
      if (plan.source().location() == null) {
        // Before an export is paid for.
        job.checkTarget();
      }
      job = job.reading(NativeSource.of(options, plan, job.table(), console));
    }
    if (plan.goal() == ExportPlan.Goal.SNAPSHOT) {
      job = job.recording(RecordDefinition.of(options, job.table(), console));
    }
    return run(options, job, console);
  }

  private static int run(ExportOptions options, ExportJob described, Console console) {
    ExportPlan plan = described.plan();
    ExportJob job =
        plan.goal() == ExportPlan.Goal.SNAPSHOT
            ? ResumableExport.ready(described, console)
            : described;
    Pipeline pipeline = Pipeline.create(options);
    if (plan.goal() == ExportPlan.Goal.SCHEMA) {
      Coordination coordination = coordination(options, job, null, console);
      describe(pipeline, job, coordination);
      tell(job, console);
      if (ClusterEngine.isDetached(options)) {
        return new Detached(plan.table(), plan.report(), null).submit(pipeline, console);
      }
      try (coordination) {
        return job.summary(JobRunner.run(pipeline), console).printSchema();
      }
    }
    Coordination coordination = coordination(options, job, plan.output(), console);
    build(pipeline, job, coordination);
    tell(job, console);
    if (ClusterEngine.isDetached(options)) {
      String title = plan.table() + " -> " + job.target().snapshot();
      return new Detached(title, plan.report(), null).submit(pipeline, console);
    }
    JobReport report;
    try (coordination;
        RunningProgress live =
            ProgressSettings.of(options)
                .watch(Progress.Kind.READ, "beginning", coordination.folder(), console)) {
      report = JobRunner.run(pipeline);
    } catch (JobException e) {
      throw e.after(done -> job.summary(done, console).printExport());
    }
    return job.summary(report, console).printExport();
  }

  /** An export is read without a budget that JVMs would have to divide. */
  private static Coordination coordination(
      ExportOptions options, ExportJob job, @Nullable String output, Console console) {
    return job.export() == null
        ? Coordination.of(options, output, console)
        : Coordination.none(console);
  }

  /** Prints what is known before the scan; the summary has the actual figures. */
  private static void tell(ExportJob job, Console console) {
    if (job.export() != null) {
      ExportSummary export = job.export().summary();
      console
          .out()
          .printf(
              Locale.ROOT,
              "%,d items are in the export of %s, as of %s: to read them takes no read units.%n",
              export.items(),
              job.table().name(),
              export.exportTime());
      return;
    }
    new ReadForecastText(job.forecast()).lines().forEach(console.out()::println);
    SourcePlan source = job.plan().source();
    if (source != null) {
      List<String> compared =
          source.location() == null
              ? new ExportForecastText(job.forecast()).lines()
              : List.of(ExportForecastText.ofOneThatIsThere());
      compared.forEach(console.out()::println);
      return;
    }
    if (job.plan().budget().budget().isAbove()) {
      console.tell(
          "--readRatio=%s asks for more than DynamoDB promises of %s: it may refuse a part"
              .formatted(job.plan().budget().budget().ratio(), job.table().name()));
    }
    String folder = System.getProperty("java.io.tmpdir");
    String warning = job.spoolWarning(folder, new File(folder).getUsableSpace());
    if (warning != null) {
      console.tell(warning);
    }
  }

  static void build(Pipeline pipeline, ExportJob job, Coordination coordination) {
    PCollection<ItemPage> pages = scan(pipeline, job, coordination);
    Map<String, PCollectionView<String>> sections = new TreeMap<>();
    PCollectionView<String> schema;
    if (job.schema() == null) {
      PCollection<InferredSchema> inferred = infer(pages, job);
      sections.put(SchemaSection.NAME, schemaSection(inferred, job));
      schema =
          inferred
              .apply(
                  "Schema as JSON",
                  MapElements.into(TypeDescriptors.strings())
                      .via(
                          InferSchema.asJson(
                              job.tableName(), job.plan().naming(), job.plan().maps())))
              .apply("Schema", View.asSingleton());
    } else {
      schema =
          pipeline
              .apply("Given schema", Create.of(job.schema().toJson()))
              .apply("Schema", View.asSingleton());
    }
    PCollection<PublishedSnapshot> published =
        pages.apply("Write files", job.write(schema)).apply("Publish", job.publish(schema));
    sections.put(SnapshotSection.NAME, SnapshotSection.view(published));
    if (job.plan().resuming() != ExportPlan.Resuming.NO) {
      sections.put(
          ResumedSection.NAME, ResumedSection.view(pages, job.target().run().start().toString()));
    }
    coordination.endWith(
        report(
            published.apply(
                "Count",
                MapElements.into(TypeDescriptor.of(Tally.class))
                    .via(snapshot -> tally(snapshot.manifest().items(), Count.WRITTEN))),
            pages,
            job,
            sections));
  }

  /** Reads all items, and reports the schema. */
  private static void describe(Pipeline pipeline, ExportJob job, Coordination coordination) {
    PCollection<ItemPage> pages = scan(pipeline, job, coordination);
    PCollection<InferredSchema> inferred = infer(pages, job);
    coordination.endWith(
        report(
            inferred.apply(
                "Count",
                MapElements.into(TypeDescriptor.of(Tally.class))
                    .via(all -> tally(all.items(), Count.WRITABLE))),
            pages,
            job,
            Map.of(
                SchemaSection.NAME, schemaSection(inferred, job),
                ScanSection.NAME, ScanSection.view(pages))));
  }

  private static PCollection<ItemPage> scan(
      Pipeline pipeline, ExportJob job, Coordination coordination) {
    return job.export() != null
        ? pipeline.apply("Read export", NativeSource.read(job))
        : pipeline.apply("Scan table", job.scan().withCoordination(coordination.name()));
  }

  private static PCollectionView<String> schemaSection(
      PCollection<InferredSchema> inferred, ExportJob job) {
    return SchemaSection.view(
        inferred, job.plan().naming(), job.plan().maps(), job.plan().format());
  }

  private static PCollection<InferredSchema> infer(PCollection<ItemPage> pages, ExportJob job) {
    return pages.apply("Infer schema", InferSchema.of(job.table().keySchema()));
  }

  /**
   * Returns the tally of a scan, for which publishing has compared the items read with those in the
   * files.
   */
  private static Tally tally(long items, Count became) {
    return new Tally(Map.of(Count.READ, items, became, items), Map.of(), List.of());
  }

  private static PCollection<Tally> report(
      PCollection<Tally> counts,
      PCollection<ItemPage> pages,
      ExportJob job,
      Map<String, PCollectionView<String>> sections) {
    PCollection<Tally> tallies =
        job.export() != null
            ? counts
            : PCollectionList.of(counts)
                .and(pages.apply("Meter scan", MeterScan.of(job.scan())))
                .apply("Tallies", Flatten.pCollections());
    return tallies.apply("Report", job.report().to(job.plan().report()).withSections(sections));
  }
}
