/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.capture;

import io.sluice.change.capture.CaptureTask.OnGap;
import io.sluice.change.feed.FeedFolder;
import io.sluice.pipelines.cli.OptionErrors;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.pipelines.job.ClusterEngine;
import io.sluice.pipelines.table.BudgetPlan;
import io.sluice.pipelines.table.CatalogPlan;
import io.sluice.pipelines.table.TableNames;
import java.time.Duration;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The validated options of a capture, before any request is sent.
 *
 * @param table the table's name
 * @param feed the folder of its changes
 * @param enableStream whether a stream is enabled if there is none
 * @param onGap what to do when changes are lost
 * @param every the interval of the runs; null for one
 * @param catalog in which the changes are registered
 * @param report the files of the report; empty for none
 * @param planned the plan that this is a run of, in JSON; null for none
 */
record CapturePlan(
    String table,
    FeedFolder feed,
    boolean enableStream,
    OnGap onGap,
    @Nullable Duration every,
    CatalogPlan catalog,
    List<String> report,
    @Nullable String planned) {

  /**
   * Validates the options.
   *
   * @throws UsageException with all errors
   */
  static CapturePlan of(CaptureOptions options) {
    OptionErrors problems = new OptionErrors();
    TableNames.check(options.getTable(), problems);
    FeedFolder feed = null;
    if (options.getOutput() == null) {
      problems.add("--output is missing: give a folder for the changes, such as s3://bucket/feeds");
    } else if (TableNames.isOne(options.getTable())) {
      feed =
          problems.parse(
              "output",
              options.getOutput(),
              output -> new FeedFolder(output, TableNames.plain(options.getTable())));
    }
    Duration every = problems.parse("every", options.getEvery(), BudgetPlan::time);
    if (every != null && ClusterEngine.isDetached(options)) {
      problems.add(
          "--every does not go with a detached submission, which this program does not wait for");
    }
    CatalogPlan catalog = CatalogPlan.of(options, options.getOutput(), problems);
    List<String> report = problems.files("report", options.getReport());
    problems.throwIfAny();
    return new CapturePlan(
        options.getTable(),
        feed,
        options.isEnableStream(),
        options.getOnGap(),
        every,
        catalog,
        report,
        options.getPlanned());
  }
}
