/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.write;

import static io.sluice.testing.Outcomes.assertLast;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import io.sluice.capacity.Budget;
import io.sluice.dynamodb.TestTable;
import io.sluice.item.SourcedItem;
import io.sluice.report.Count;
import io.sluice.report.Tally;
import io.sluice.testing.Outcomes;
import io.sluice.testing.dynamodb.Books;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.Fault;
import io.sluice.testing.dynamodb.TableSettings;
import io.sluice.testing.dynamodb.Throughput;
import java.util.List;
import java.util.Map;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The rate at which a table is written, as the table sees it. A test of the throttle on virtual
 * time shows that the whole share is used, whatever the machine does meanwhile. The tests wait,
 * each for a table of its own, so they wait at the same time.
 */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class WriteBudgetTest {
  private static final int CAPACITY = 400;

  /** The seconds that a writer may save up while nothing is written. */
  private static final double SAVED_SECONDS = 5;

  /** The units of a batch of these items. */
  private static final double BATCH_UNITS = 25;

  private static final String KILOBYTE = "x".repeat(1000);

  private static TableSettings table() {
    return TestTable.table().withProvisioned(CAPACITY, 10);
  }

  private static EndpointSettings settings() {
    return TestTable.settings(table());
  }

  private static SourcedItem item(long i) {
    return TestTable.item("item-" + i, KILOBYTE);
  }

  @ParameterizedTest
  @EnumSource(WriteEngine.class)
  void usesNoMoreThanItsShareOfTheCapacity(WriteEngine engine) {
    long items = 1800;
    double allowed = CAPACITY * 0.5;
    // With a burst that absorbs what a writer saves up while the machine stands still, and more.
    EndpointSettings limited =
        settings().withThroughput(Throughput.unlimited().withWrite(CAPACITY).withBurstSeconds(7));
    try (EmbeddedDynamoDb db = EmbeddedDynamoDb.start(limited)) {
      TestPipeline pipeline = Outcomes.pipeline();
      pipeline.getOptions().as(DirectOptions.class).setTargetParallelism(4);
      assertLast(
          pipeline
              .apply(GenerateSequence.from(0).to(items))
              .apply(
                  MapElements.into(TypeDescriptor.of(SourcedItem.class)).via(WriteBudgetTest::item))
              .apply(Reshuffle.<SourcedItem>viaRandomKey().withNumBuckets(8))
              .apply(TestTable.write(db).withEngine(engine).withBudget(Budget.ofRatio(0.5))),
          List.of(),
          new Tally(Map.of(Count.WRITTEN, items), Map.of(), List.of()));
      long began = System.nanoTime();
      pipeline.run().waitUntilFinish();
      double seconds = (System.nanoTime() - began) / 1e9;
      Books books = db.books();
      assertThat(books.writeUnits(), is((double) items));
      // It begins with nothing saved, and the last batch may be a debt.
      assertThat(books.writeUnits(), lessThanOrEqualTo(allowed * seconds + BATCH_UNITS));
      assertThat(books.throttled("BatchWriteItem"), is(0L));
      assertThat(books.itemsUnprocessed(), is(0L));
    }
  }

  @Test
  void aCapacityThatIsHalvedIsObeyed() throws Exception {
    try (TestWriter writer = TestWriter.of(settings())) {
      assertThat(writer.session.throttle().usage().allowed(), is(200.0));
      writer.db.change(
          settings -> settings.withTable(settings.table().withProvisioned(CAPACITY / 2, 10)));
      // Longer than the 5 s after which a throttled request triggers a description of the table.
      int items = 0;
      while (items < 1200) {
        writer.put(item(items++));
      }
      writer.db.failNext(1, Fault.THROTTLED);
      while (writer.session.throttle().usage().allowed() > 100) {
        writer.put(item(items++));
      }
      writer.writer.finish();
      assertThat(writer.session.throttle().usage().allowed(), is(100.0));
      assertThat(writer.db.books().itemsStored(), is((long) items));
      writer.db.reset();
      for (int i = 0; i < 1300; i++) {
        writer.put(item(i));
      }
      writer.writer.finish();
      Books books = writer.db.books();
      assertThat(books.writeUnits(), is(1300.0));
      assertThat(
          books.writeUnits(),
          lessThanOrEqualTo(100 * (books.seconds() + SAVED_SECONDS) + BATCH_UNITS));
    }
  }

  @Test
  void aTableThatIsSmallerThanItSaysSlowsTheWriterDown() throws Exception {
    EndpointSettings smaller = settings().withThroughput(Throughput.unlimited().withWrite(50));
    try (TestWriter writer = TestWriter.of(smaller)) {
      for (int i = 0; i < 400; i++) {
        writer.put(item(i));
      }
      writer.writer.finish();
      assertThat(writer.session.throttle().usage().factor(), lessThan(1.0));
      assertThat(writer.db.books().itemsStored(), is(400L));
    }
  }
}
