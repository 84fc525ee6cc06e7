/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.lookup;

import io.sluice.dynamodb.scan.ScanTable;
import io.sluice.dynamodb.session.Progress;
import io.sluice.dynamodb.table.TableInfo;
import io.sluice.lookup.LookUpEvents;
import io.sluice.lookup.event.EventRules;
import io.sluice.lookup.event.EventTarget;
import io.sluice.lookup.event.LookupKey;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.pipelines.input.InputJob;
import io.sluice.pipelines.input.InputListing;
import io.sluice.pipelines.input.InputSummary;
import io.sluice.pipelines.input.Verdict;
import io.sluice.pipelines.job.Aws;
import io.sluice.pipelines.job.ClusterEngine;
import io.sluice.pipelines.job.Coordination;
import io.sluice.pipelines.job.EmbeddedEngine;
import io.sluice.pipelines.job.JobRunner;
import io.sluice.pipelines.job.ProgressSettings;
import io.sluice.pipelines.job.RunningProgress;
import io.sluice.pipelines.table.TableLookup;
import io.sluice.pipelines.table.TableScans;
import io.sluice.report.JobReport;
import io.sluice.report.Ledger;
import io.sluice.report.Outcome;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Looks up events in a table: read, look up, publish those that are kept, report. */
final class LookupPipeline {
  private LookupPipeline() {}

  /** Runs the lookup to its end and reports on it; returns the exit code. */
  static int run(LookupOptions options, Console console) {
    LookupPlan plan = LookupPlan.of(options);
    Aws.configure(options);
    FileSystems.setDefaultPipelineOptions(options);
    plan.source().outputs().check(console);
    if (plan.every() != null) {
      return ArrivingFiles.of(plan, console)
          .takeEach(plan.every(), taken -> run(options, plan, taken, console));
    }
    return run(
        options, plan, new ArrivingFiles.Taken(EventOutput.target(plan, console), null), console);
  }

  /** Runs the lookup of what is taken, and reports on it; returns the exit code. */
  static int run(
      LookupOptions options, LookupPlan plan, ArrivingFiles.Taken taken, Console console) {
    EventTarget target = taken.target();
    Instant start = Instant.now();
    TableInfo table = table(options, plan);
    EventRules rules = new EventRules(key(plan, table), plan.wanted(), plan.added());
    InputListing files =
        taken.files() == null ? InputListing.ofEvents(plan.source(), console) : taken.files();
    EventOutput.checkApart(target, files);
    LookupChoice choice = LookupChoice.of(plan, table, files);
    int workers = plan.budget().budget().workers();
    InputJob job =
        new InputJob(
            "lookup",
            options,
            plan.source(),
            new EventInput(files, plan, choice, target),
            table,
            workers,
            start);
    EmbeddedEngine.preferThreads(EmbeddedEngine.processors(), options);
    ClusterEngine.divideAmong(workers, options);
    Coordination coordination = Coordination.of(options, plan.output(), console);
    Pipeline pipeline = Pipeline.create(options);
    LookUpEvents lookUp = lookUp(job, files, plan, rules, target, coordination);
    if (choice.scans()) {
      lookUp = lookUp.withScan(scan(options, table, plan, coordination));
    }
    build(pipeline, job, lookUp, plan, coordination);
    if (job.isDetached()) {
      return job.submit(pipeline, console);
    }
    JobReport report;
    try (coordination;
        RunningProgress live =
            ProgressSettings.of(options)
                .watch(
                    choice.scans() ? Progress.Kind.READ : Progress.Kind.LOOK_UP,
                    "reading",
                    coordination.folder(),
                    console)) {
      report = JobRunner.run(pipeline);
    } catch (JobException e) {
      throw e.after(done -> print(job.summary(done, console), plan));
    }
    return print(job.summary(report, console), plan);
  }

  /** Describes the table, which must exist. */
  static TableInfo table(LookupOptions options, LookupPlan plan) {
    return TableLookup.describe(
        options,
        plan.source().table(),
        plan.budget().onDemand(),
        client -> {
          throw new JobException("the table " + plan.source().table() + " does not exist");
        });
  }

  private static int print(InputSummary summary, LookupPlan plan) {
    return summary.printLookup(plan.maxRejects());
  }

  private static LookupKey key(LookupPlan plan, TableInfo table) {
    try {
      return LookupKey.parse(plan.key(), table.keySchema());
    } catch (IllegalArgumentException e) {
      throw new JobException(
          "--lookupKey=" + String.join(",", plan.key()) + " " + e.getMessage(), e);
    }
  }

  private static LookUpEvents lookUp(
      InputJob job,
      InputListing files,
      LookupPlan plan,
      EventRules rules,
      @Nullable EventTarget target,
      Coordination coordination) {
    LookUpEvents lookUp =
        LookUpEvents.of(
                files.files(), files.format(), job.table().name(), job.table().keySchema(), rules)
            .withCompression(plan.source().compression())
            .withClient(Aws.dynamodb(job.options()))
            .withBudget(plan.budget().budget())
            .withOnDemandUnits(plan.budget().onDemand())
            .withCoordination(coordination.name())
            .withCache(plan.cacheFor(), plan.cacheBytes())
            .withMaxRejects(plan.maxRejects());
    lookUp = plan.consistentRead() ? lookUp.withConsistentReads() : lookUp;
    return target == null ? lookUp : lookUp.into(target);
  }

  private static ScanTable scan(
      LookupOptions options, TableInfo table, LookupPlan plan, Coordination coordination) {
    ScanTable scan =
        TableScans.of(options, table, plan.budget())
            .withSegments(LookupChoice.segments(table))
            .withCoordination(coordination.name());
    return plan.consistentRead() ? scan.withConsistentRead() : scan;
  }

  private static void build(
      Pipeline pipeline,
      InputJob job,
      LookUpEvents lookUp,
      LookupPlan plan,
      Coordination coordination) {
    Ledger ledger = new Ledger();
    PCollectionTuple looked;
    try {
      looked = pipeline.apply("Look up events", lookUp);
    } catch (UncheckedIOException e) {
      // The beginning of a file says whether it is read in slices.
      throw new JobException(UserMessages.oneLine(e.getCause()), e);
    }
    Outcome.ofLast(looked.get(Outcome.REJECTIONS), looked.get(Outcome.TALLIES)).closeInto(ledger);
    long maxRejects = plan.maxRejects();
    job.endWith(
        ledger,
        Map.of(
            InputSummary.LOOKUP,
            looked.get(LookUpEvents.SECTION).apply("Section", View.asSingleton())),
        whole -> Verdict.ofLookup(whole, maxRejects),
        coordination);
  }
}
