/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.lookup;

import io.sluice.failure.Rejection;
import io.sluice.report.BundleTally;
import io.sluice.report.Count;
import io.sluice.report.Outcome;
import java.io.IOException;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.TupleTag;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Does tasks, with what the workers of a JVM share. */
final class LookUpFn extends DoFn<EventTask, TaskResult> {
  private static final long serialVersionUID = 1L;

  static final TupleTag<TaskResult> RESULTS = new TupleTag<>("results") {};

  private final LookupSpec spec;
  private final @Nullable ScannedTable scanned;
  private transient @Nullable Answers answers;
  private transient BundleTally tally;

  /**
   * Creates the function.
   *
   * @param scanned the whole table; null to read it by keys
   */
  LookUpFn(LookupSpec spec, @Nullable ScannedTable scanned) {
    this.spec = spec;
    this.scanned = scanned;
  }

  @Setup
  public void setup(PipelineOptions options) {
    if (scanned == null) {
      // Takes its share of the budget, whether or not tasks arrive here.
      answers = LookupSession.enter(spec, options.as(AwsOptions.class));
    }
  }

  @StartBundle
  public void startBundle() {
    tally = new BundleTally();
  }

  @ProcessElement
  public void processElement(ProcessContext context, BoundedWindow window)
      throws IOException, InterruptedException {
    TaskRun.Ledger ledger =
        new TaskRun.Ledger() {
          @Override
          public void count(Count count, long events) {
            if (events > 0) {
              tally.add(count, events, window);
            }
          }

          @Override
          public void reject(Rejection rejection) {
            tally.add(rejection, window);
            context.output(Outcome.REJECTIONS, rejection);
          }
        };
    context.output(TaskRun.run(context.element(), answers(context), spec, ledger));
  }

  private Answers answers(ProcessContext context) {
    if (answers == null) {
      answers = WholeTable.of(spec, scanned.segments(), () -> context.sideInput(scanned.pages()));
    }
    return answers;
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) {
    tally.emit(context, Outcome.TALLIES);
  }

  @Teardown
  public void teardown() {
    if (answers != null) {
      answers.leave();
    }
  }
}
