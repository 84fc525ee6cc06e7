/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.lookup;

import io.sluice.lookup.event.EventTarget;
import io.sluice.report.ConsumedUnits;
import io.sluice.report.Consumption;
import io.sluice.report.Count;
import io.sluice.report.Limits;
import io.sluice.report.Outcome;
import io.sluice.report.SectionJson;
import io.sluice.report.Tally;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.PCollectionView;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Ends a lookup when all of its tasks are done: publishes the events, or deletes them when too many
 * are rejected, and adds up what was read. Its element is the most rejections.
 */
final class EndFn extends DoFn<Long, String> {
  private static final long serialVersionUID = 1L;
  private final @Nullable EventTarget target;
  private final PCollectionView<Iterable<TaskResult>> results;
  private final PCollectionView<Tally> soFar;
  private final @Nullable ScannedTable scanned;

  EndFn(
      @Nullable EventTarget target,
      PCollectionView<Iterable<TaskResult>> results,
      PCollectionView<Tally> soFar,
      @Nullable ScannedTable scanned) {
    this.scanned = scanned;
    this.target = target;
    this.results = results;
    this.soFar = soFar;
  }

  @ProcessElement
  public void processElement(ProcessContext context) throws IOException {
    Tally before = context.sideInput(soFar);
    LookupCounts counts =
        scanned == null ? LookupCounts.NONE : WholeTable.counts(context.sideInput(scanned.pages()));
    for (TaskResult result : context.sideInput(results)) {
      counts = counts.plus(result.counts());
    }
    check(before, counts.kept());
    Count became = Count.KEPT;
    if (target != null) {
      PublishEvents publish = new PublishEvents(target, context.sideInput(results));
      if (Limits.ofRejects(context.element()).isRejectedTooMuch(before)) {
        publish.withdraw();
        became = Count.WITHHELD;
      } else if (!publish.publish()) {
        became = Count.WITHHELD;
      }
    }
    context.output(
        Outcome.TALLIES,
        new Tally(
            Map.of(became, counts.kept()),
            Map.of(),
            List.of(),
            Consumption.ofReads(ConsumedUnits.ofTable(counts.readUnits()))));
    context.output(SectionJson.write(counts));
  }

  private static void check(Tally before, long kept) {
    long read = before.count(Count.READ);
    long others = before.count(Count.SKIPPED) + before.count(Count.DROPPED) + before.rejected();
    if (read != kept + others) {
      throw new IllegalStateException(
          "%d events were read and %d kept, %d others: a worker was lost or began again while others went on"
              .formatted(read, kept, others));
    }
  }
}
