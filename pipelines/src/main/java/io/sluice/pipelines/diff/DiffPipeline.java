/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.diff;

import io.sluice.change.diff.CompareItems;
import io.sluice.change.diff.DiffCounts;
import io.sluice.change.diff.WriteDelta;
import io.sluice.dynamodb.session.Progress;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.job.Aws;
import io.sluice.pipelines.job.ClusterEngine;
import io.sluice.pipelines.job.Coordination;
import io.sluice.pipelines.job.Detached;
import io.sluice.pipelines.job.EmbeddedEngine;
import io.sluice.pipelines.job.JobRunner;
import io.sluice.pipelines.job.OutputProbe;
import io.sluice.pipelines.job.ProgressSettings;
import io.sluice.pipelines.job.RunningProgress;
import io.sluice.report.Count;
import io.sluice.report.JobReport;
import io.sluice.report.SectionJson;
import io.sluice.report.Tally;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;

/** Compares two states of a table: read both, compare bucket by bucket, write, report. */
final class DiffPipeline {
  private DiffPipeline() {}

  /** Runs the comparison to its end and reports on it; returns the exit code. */
  static int run(DiffOptions options, Console console) {
    DiffPlan plan = DiffPlan.of(options);
    Aws.configure(options);
    FileSystems.setDefaultPipelineOptions(options);
    OutputProbe.checkReport(plan.report(), console);
    EmbeddedEngine.preferThreads(EmbeddedEngine.processors(), options);
    ClusterEngine.divideAmong(plan.budget().budget().workers(), options);
    DiffJob job = DiffJob.of(options, plan, Instant.now());
    Coordination coordination =
        job.scans() ? Coordination.of(options, plan.output(), console) : Coordination.none(console);
    String warning = job.heapWarning(Runtime.getRuntime().maxMemory());
    if (warning != null) {
      console.tell(warning);
    }
    Pipeline pipeline = Pipeline.create(options);
    build(pipeline, job, coordination);
    if (ClusterEngine.isDetached(options)) {
      return new Detached(job.title(), plan.report(), null).submit(pipeline, console);
    }
    JobReport report;
    try (coordination;
        RunningProgress live =
            job.scans()
                ? ProgressSettings.of(options)
                    .watch(Progress.Kind.READ, "beginning", coordination.folder(), console)
                : null) {
      report = JobRunner.run(pipeline);
    }
    return new DiffSummary(report, job, console).print();
  }

  private static void build(Pipeline pipeline, DiffJob job, Coordination coordination) {
    int buckets = job.buckets();
    DiffSide.Read from = job.from().read(pipeline, "from", buckets, coordination.name());
    DiffSide.Read to = job.to().read(pipeline, "to", buckets, coordination.name());
    PCollectionTuple compared =
        PCollectionList.of(from.pages()).and(to.pages()).apply("Compare", job.compare(from, to));
    PCollection<DiffCounts> counts = compared.get(CompareItems.COUNTS);
    Map<String, PCollectionView<String>> sections = new TreeMap<>();
    sections.put(DiffSummary.SECTION, section(counts));
    Count became = Count.WRITABLE;
    if (job.task() != null) {
      sections.put(
          DeltaSection.NAME,
          DeltaSection.view(compared.apply("Write differences", WriteDelta.of(job.task()))));
      became = Count.WRITTEN;
    }
    Count difference = became;
    PCollectionList<Tally> tallies =
        PCollectionList.of(
            counts.apply(
                "Count",
                MapElements.into(TypeDescriptor.of(Tally.class))
                    .via(all -> tally(all, difference))));
    for (DiffSide.Read side : List.of(from, to)) {
      if (side.consumed() != null) {
        tallies = tallies.and(side.consumed());
      }
    }
    coordination.endWith(
        tallies
            .apply("Tallies", Flatten.pCollections())
            .apply("Report", job.report().to(job.plan().report()).withSections(sections)));
  }

  private static PCollectionView<String> section(PCollection<DiffCounts> counts) {
    return counts
        .apply(
            "Diff section",
            MapElements.into(TypeDescriptors.strings()).via(all -> SectionJson.write(all)))
        .apply("Diff section view", View.asSingleton());
  }

  /** Counts keys: those that both states have count once. */
  private static Tally tally(DiffCounts counts, Count difference) {
    return new Tally(
        Map.of(
            Count.READ,
            counts.keys(),
            Count.MATCHED,
            counts.unchanged(),
            difference,
            counts.differences()),
        Map.of(),
        List.of());
  }
}
