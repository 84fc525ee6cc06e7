/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.verify;

import io.sluice.report.ConsumedUnits;
import io.sluice.report.Consumption;
import io.sluice.report.Tally;
import org.apache.beam.sdk.transforms.DoFn;

/** Passes on what the scan of a comparison consumed; reads by keys have counted theirs. */
final class ScannedUnitsFn extends DoFn<Comparison, Tally> {
  private static final long serialVersionUID = 1L;

  @ProcessElement
  public void processElement(@Element Comparison comparison, OutputReceiver<Tally> out) {
    if (comparison.choice().by() == CompareChoice.Way.SCAN) {
      double units = comparison.counts().readUnits();
      out.output(Tally.of(Consumption.ofReads(ConsumedUnits.ofTable(units))));
    }
  }
}
