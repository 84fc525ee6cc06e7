/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing;

import io.sluice.failure.Rejection;
import io.sluice.item.SourcedItem;
import io.sluice.report.Outcome;
import io.sluice.report.Tally;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;

/** Pipelines for tests, and what a step gives. */
public final class Outcomes {
  private Outcomes() {}

  /** A pipeline on the DirectRunner, with all the checks that it has. */
  public static TestPipeline pipeline() {
    return TestPipeline.create().enableAbandonedNodeEnforcement(false);
  }

  /**
   * Asserts all that a step gives: items and rejections in any order, and the sum of its counts.
   */
  public static void assertOutcome(
      Outcome outcome, List<SourcedItem> items, List<Rejection> rejections, Tally sum) {
    PAssert.that(outcome.items()).containsInAnyOrder(items);
    assertLast(outcome, rejections, sum);
  }

  /** Asserts all that a last step gives. */
  public static void assertLast(Outcome outcome, List<Rejection> rejections, Tally sum) {
    PAssert.that(outcome.rejections()).containsInAnyOrder(rejections);
    assertSum(outcome.tallies(), sum);
  }

  /** Asserts the sum of counts, whatever units were consumed. */
  public static void assertSum(PCollection<Tally> tallies, Tally sum) {
    PAssert.that(
            tallies
                .apply("Sum for the test", Combine.globally(Tally.sum()))
                .apply(
                    "Counts for the test",
                    MapElements.into(TypeDescriptor.of(Tally.class))
                        .via(all -> new Tally(all.counts(), all.rejections(), all.examples()))))
        .containsInAnyOrder(sum);
  }
}
