/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.verify;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.capacity.Budget;
import io.sluice.dynamodb.TestTable;
import io.sluice.failure.Rejection;
import io.sluice.item.ContentHash;
import io.sluice.item.KeySchema;
import io.sluice.item.Reason;
import io.sluice.item.SourcedItem;
import io.sluice.report.Count;
import io.sluice.report.Outcome;
import io.sluice.report.Tally;
import io.sluice.testing.DirectRun;
import io.sluice.testing.Outcomes;
import io.sluice.testing.dynamodb.Books;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.Fault;
import io.sluice.testing.dynamodb.Faults;
import io.sluice.testing.dynamodb.GeneratedItems;
import io.sluice.testing.dynamodb.Throughput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The comparison with a table, as the table sees it: which keys are read, and how fast. */
@Timeout(120)
class CompareTableTest {
  private static final int CAPACITY = 1000;
  private static final double RATIO = 0.5;
  private static final int ITEMS = 4000;

  /** The seconds that a step may save up while it reads nothing. */
  private static final double SAVED_SECONDS = 5;

  private static final GeneratedItems GENERATED = new GeneratedItems(ITEMS, 300);

  private static EndpointSettings settings() {
    return TestTable.settings(TestTable.table().withProvisioned(10, CAPACITY))
        .withGenerated(GENERATED)
        .withThroughput(Throughput.unlimited().withRead(CAPACITY).withBurstSeconds(SAVED_SECONDS));
  }

  /** Every 500th item has another attribute, and three are missing in the table. */
  private static List<SourcedItem> planted(KeySchema schema, List<Rejection> rejections) {
    List<SourcedItem> items = new ArrayList<>();
    for (int i = 0; i < ITEMS + 3; i++) {
      Map<String, AttributeValue> item = new HashMap<>(GENERATED.item(i, schema));
      boolean differs = i % 500 == 7;
      if (differs) {
        item.put("planted", fromS("other"));
      }
      SourcedItem sourced = SourcedItem.withoutOrigin(item);
      items.add(sourced);
      if (i >= ITEMS) {
        rejections.add(rejection(sourced, Reason.MISSING, "the table has no item of this key"));
      } else if (differs) {
        rejections.add(
            rejection(sourced, Reason.DIFFERENT, "the table's item differs in 'planted'"));
      }
    }
    return items;
  }

  private static Rejection rejection(SourcedItem item, Reason reason, String message) {
    return Rejection.ofItem(Rejection.Stage.VERIFY, item, reason, message);
  }

  private static void assertMatched(Outcome outcome, long items) {
    PAssert.thatSingleton(outcome.tallies().apply(Combine.globally(Tally.sum())))
        .satisfies(
            tally -> {
              assertThat(tally.count(Count.MATCHED), is(items));
              return null;
            });
  }

  private static ContentHash hash(List<Map<String, AttributeValue>> items) {
    return items.stream().map(ContentHash::of).reduce(ContentHash.NONE, ContentHash::plus);
  }

  private static CompareTable compare(EmbeddedDynamoDb db) {
    return CompareTable.with(db.settings().table().name(), db.settings().table().keySchema())
        .withClient(TestTable.client(db))
        .withBudget(Budget.ofRatio(RATIO));
  }

  @Test
  void findsJustWhatDiffersWithinItsBudgetWhateverIsThrottledOrLeftUnprocessed() {
    Faults faults =
        Faults.none().with(Fault.THROTTLED, 0.05).with(Fault.UNPROCESSED, 0.05).of("BatchGetItem");
    try (EmbeddedDynamoDb db = EmbeddedDynamoDb.start(settings().withFaults(faults))) {
      List<Rejection> expected = new ArrayList<>();
      List<SourcedItem> items = planted(db.settings().table().keySchema(), expected);
      TestPipeline pipeline = Outcomes.pipeline();
      Outcome outcome = pipeline.apply(Create.of(items)).apply(compare(db));
      PAssert.that(outcome.rejections()).containsInAnyOrder(expected);
      assertMatched(outcome, items.size() - expected.size());
      Receipt receipt =
          new Receipt(
              ITEMS + 3,
              ITEMS,
              hash(items.stream().map(SourcedItem::item).toList()),
              hash(db.items()));
      PAssert.that(outcome.get(CompareTable.RECEIPT)).containsInAnyOrder(receipt);
      long began = System.nanoTime();
      pipeline.run();
      double seconds = (System.nanoTime() - began) / 1e9;

      Books books = db.books();
      double allowed = CAPACITY * RATIO;
      // Nothing is saved up at the beginning; the last batch may be a debt.
      assertThat(books.readUnits(), lessThanOrEqualTo(allowed * seconds + allowed));
      assertThat("each item is read once", books.itemsRead(), is((long) ITEMS));
      assertThat(books.faults(Fault.THROTTLED), greaterThan(0L));
      assertThat(books.faults(Fault.UNPROCESSED), greaterThan(0L));
    }
  }

  @Test
  void noRequestAsksForMoreThanASecondHas() {
    EndpointSettings small =
        TestTable.settings(TestTable.table().withProvisioned(10, 40))
            .withGenerated(new GeneratedItems(100, 300));
    try (EmbeddedDynamoDb db = EmbeddedDynamoDb.start(small)) {
      KeySchema schema = db.settings().table().keySchema();
      List<SourcedItem> items = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        items.add(SourcedItem.withoutOrigin(small.generated().item(i, schema)));
      }
      TestPipeline pipeline = Outcomes.pipeline();
      Outcome outcome = pipeline.apply(Create.of(items)).apply(compare(db));
      assertMatched(outcome, 100);
      PAssert.thatSingleton(outcome.get(CompareTable.RECEIPT))
          .satisfies(
              receipt -> {
                assertThat(receipt.tableItems(), is(100L));
                assertThat(receipt.tableHash(), is(receipt.sourceHash()));
                return null;
              });
      pipeline.run();
      assertThat(db.books().itemsRead(), is(100L));
      assertThat(db.books().requests("BatchGetItem"), greaterThan(4L));
    }
  }

  @Test
  void waitingForASlowBudgetIsNoFailing() {
    // At one unit a second, with an item that takes six, each attempt comes 6 s after the one
    // before, and may keep failing for 5 s.
    EndpointSettings slow =
        TestTable.settings(TestTable.table().withProvisioned(10, 2))
            .withGenerated(new GeneratedItems(1, 24_000));
    try (EmbeddedDynamoDb db = EmbeddedDynamoDb.start(slow)) {
      db.setFaults(Faults.none().of("BatchGetItem"));
      db.failNext(2, Fault.INTERNAL_ERROR);
      Map<String, AttributeValue> item =
          slow.generated().item(0, db.settings().table().keySchema());
      TestPipeline pipeline = Outcomes.pipeline();
      assertMatched(
          pipeline
              .apply(Create.of(SourcedItem.withoutOrigin(item)))
              .apply(compare(db).withRetryFor(Duration.ofSeconds(5))),
          1);
      pipeline.run();
      assertThat(db.books().faults(Fault.INTERNAL_ERROR), is(2L));
    }
  }

  @Test
  void aTableThatCannotBeReadForSoLongIsNamed() {
    try (EmbeddedDynamoDb db = EmbeddedDynamoDb.start(settings())) {
      db.setFaults(Faults.none().with(Fault.INTERNAL_ERROR, 1).of("BatchGetItem"));
      TestPipeline pipeline = Outcomes.pipeline();
      Map<String, AttributeValue> item = GENERATED.item(0, db.settings().table().keySchema());
      pipeline
          .apply(Create.of(SourcedItem.withoutOrigin(item)))
          .apply(compare(db).withRetryFor(Duration.ofSeconds(1)));
      Pipeline.PipelineExecutionException e =
          assertThrows(Pipeline.PipelineExecutionException.class, () -> DirectRun.of(pipeline));
      assertThat(
          e.getCause().getMessage(),
          containsString("The table " + db.settings().table().name() + " cannot be read: "));
    }
  }
}
