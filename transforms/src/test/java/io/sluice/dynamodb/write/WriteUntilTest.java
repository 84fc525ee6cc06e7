/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.write;

import static io.sluice.testing.Outcomes.assertLast;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import io.sluice.dynamodb.TestTable;
import io.sluice.item.SourcedItem;
import io.sluice.report.Count;
import io.sluice.report.Outcome;
import io.sluice.report.Tally;
import io.sluice.testing.Outcomes;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Writing that stops at a given moment. */
class WriteUntilTest {
  private static final long ITEMS = 500;

  /** The sum of the last run, whose steps are in this JVM. */
  private static final AtomicReference<Tally> SUM = new AtomicReference<>();

  private static EmbeddedDynamoDb tinyTable() {
    return EmbeddedDynamoDb.start(TestTable.settings(TestTable.table().withProvisioned(100, 10)));
  }

  private static PCollection<SourcedItem> items(TestPipeline pipeline) {
    return pipeline
        .apply(GenerateSequence.from(0).to(ITEMS))
        .apply(
            MapElements.into(TypeDescriptor.of(SourcedItem.class))
                .via(i -> TestTable.item("item-" + i)));
  }

  @ParameterizedTest
  @EnumSource(WriteEngine.class)
  void aMomentThatIsPastLeavesAll(WriteEngine engine) {
    try (EmbeddedDynamoDb db = tinyTable()) {
      TestPipeline pipeline = Outcomes.pipeline();
      assertLast(
          items(pipeline)
              .apply(
                  TestTable.write(db).withEngine(engine).stoppingAt(Instant.now().minusSeconds(1))),
          List.of(),
          new Tally(Map.of(Count.LEFT, ITEMS), Map.of(), List.of()));
      pipeline.run().waitUntilFinish();
      assertThat(db.books().requests("BatchWriteItem"), is(0L));
    }
  }

  @ParameterizedTest
  @EnumSource(WriteEngine.class)
  void whatWasBegunIsWrittenAndTheRestIsLeft(WriteEngine engine) {
    try (EmbeddedDynamoDb db = tinyTable()) {
      TestPipeline pipeline = Outcomes.pipeline();
      // At 50 units a second, at most half of the items are written by then.
      Outcome outcome =
          items(pipeline)
              .apply(
                  TestTable.write(db).withEngine(engine).stoppingAt(Instant.now().plusSeconds(5)));
      PAssert.thatSingleton(outcome.tallies().apply(Combine.globally(Tally.sum())))
          .satisfies(
              sum -> {
                SUM.set(sum);
                return null;
              });
      pipeline.run().waitUntilFinish();
      Tally sum = SUM.get();
      assertThat(sum.count(Count.WRITTEN), greaterThan(0L));
      assertThat(sum.count(Count.WRITTEN) + sum.count(Count.LEFT), is(ITEMS));
      assertThat(sum.rejected(), is(0L));
      assertThat(db.books().itemsStored(), is(sum.count(Count.WRITTEN)));
      assertThat(db.books().itemsAccepted(), is(sum.count(Count.WRITTEN)));
      if (engine == WriteEngine.ASYNC) {
        // With the other engine, the DirectRunner counts all items before it writes the first.
        assertThat(sum.count(Count.LEFT), greaterThan(0L));
      }
    }
  }
}
