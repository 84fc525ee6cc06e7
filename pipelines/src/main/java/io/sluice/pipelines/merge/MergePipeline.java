/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.merge;

import io.sluice.change.merge.MergeChanges;
import io.sluice.change.merge.MergeCounts;
import io.sluice.format.registry.FileFormat;
import io.sluice.item.page.ItemPage;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.job.Aws;
import io.sluice.pipelines.job.ClusterEngine;
import io.sluice.pipelines.job.Detached;
import io.sluice.pipelines.job.EmbeddedEngine;
import io.sluice.pipelines.job.JobRunner;
import io.sluice.pipelines.job.OutputProbe;
import io.sluice.pipelines.table.HeldSnapshots;
import io.sluice.pipelines.table.PriceSettings;
import io.sluice.pipelines.table.Publishing;
import io.sluice.report.Count;
import io.sluice.report.JobReport;
import io.sluice.report.Report;
import io.sluice.report.Tally;
import io.sluice.schema.InferSchema;
import io.sluice.schema.TableSchema;
import io.sluice.sink.WriteFiles;
import io.sluice.snapshot.PublishedSnapshot;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;

/** Merges a snapshot and changes: read both, apply, infer the schema, write files, publish. */
final class MergePipeline {
  private MergePipeline() {}

  /** Runs the merge to its end and reports on it; returns the exit code. */
  static int run(MergeOptions options, Console console) {
    MergePlan plan = MergePlan.of(options);
    Aws.configure(options, plan.catalog().endpoint());
    FileSystems.setDefaultPipelineOptions(options);
    OutputProbe.checkReport(plan.report(), console);
    if (plan.publishing() == Publishing.RELEASE) {
      return HeldSnapshots.release(
          plan.folder(), plan.time(), plan.keep(), plan.catalog(), options, console);
    }
    if (plan.publishing() == Publishing.HOLD
        && plan.time() != null
        && !plan.overwrite()
        && HeldSnapshots.isHeld(plan.folder(), plan.time(), console)) {
      return ExitCode.OK;
    }
    MergeJob job = MergeJob.of(options, plan, Instant.now());
    // One bucket is merged by one thread, and of two one would poll.
    boolean hasThreads = job.buckets() == 1 && job.base().format() == FileFormat.PARQUET;
    EmbeddedEngine.preferThreads(hasThreads ? 1 : EmbeddedEngine.processors(), options);
    job.warnings().forEach(console::tell);
    Pipeline pipeline = Pipeline.create(options);
    build(pipeline, job);
    if (ClusterEngine.isDetached(options)) {
      return new Detached(job.title(), plan.report(), null).submit(pipeline, console);
    }
    return print(JobRunner.run(pipeline), job, console.out());
  }

  private static void build(Pipeline pipeline, MergeJob job) {
    int threads = EmbeddedEngine.threadsOfReader(job.options());
    PCollectionTuple merged =
        pipeline
            .apply("Read base", job.base().read(job.key(), job.buckets(), threads))
            .apply("Merge", job.merge());
    PCollection<ItemPage> pages = merged.get(MergeChanges.PAGES);
    PCollectionView<String> schema =
        pages
            .apply("Infer schema", InferSchema.of(job.key()))
            .apply(
                "Schema as JSON",
                MapElements.into(TypeDescriptors.strings())
                    .via(
                        InferSchema.asJson(
                            job.plan().table(), job.naming(), TableSchema.Maps.WHOLE)))
            .apply("Schema", View.asSingleton());
    PCollection<PublishedSnapshot> published =
        pages
            .apply(
                "Write files",
                WriteFiles.to(job.target().staging(), job.base().format(), schema)
                    .withFileBytes(2 * job.plan().fileBytes())
                    .withRandomOrder()
                    .withThreads(threads))
            .apply("Publish", job.publish(schema));
    PCollection<MergeCounts> counts = MergeSection.sum(merged.get(MergeChanges.COUNTS));
    published
        .apply(
            "Count",
            MapElements.into(TypeDescriptor.of(Tally.class))
                .via(snapshot -> tally(snapshot.manifest().items())))
        .apply(
            "Report",
            Report.of(job.properties())
                .withPlan(PriceSettings.ofWrites(job.options()).planned())
                .to(job.plan().report())
                .withSection(MergeSection.NAME, MergeSection.view(counts)));
  }

  /** Returns the tally of the result, whose files were compared with the pages. */
  private static Tally tally(long items) {
    return new Tally(Map.of(Count.READ, items, Count.WRITTEN, items), Map.of(), List.of());
  }

  private static int print(JobReport report, MergeJob job, PrintStream out) {
    MergeCounts counts = MergeSection.of(report);
    out.println(job.title());
    line(out, "base", counts.base(), job.base().place());
    line(out, "replaced", counts.replaced(), "");
    line(out, "deleted", counts.deleted(), "");
    line(out, "added", counts.added(), "");
    if (counts.ties() > 0) {
      line(out, "ties", counts.ties(), "keys whose last change is one of several at the same time");
    }
    double seconds = Math.max(0.001, job.took().toMillis() / 1000.0);
    line(
        out,
        "written",
        counts.items(),
        String.format(Locale.ROOT, "in %.1f s, %,.0f items/s", seconds, counts.items() / seconds));
    return ExitCode.OK;
  }

  private static void line(PrintStream out, String what, long n, String more) {
    out.println(String.format(Locale.ROOT, "  %-12s%,12d  %s", what, n, more).stripTrailing());
  }
}
