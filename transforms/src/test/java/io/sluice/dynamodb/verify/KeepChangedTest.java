/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.verify;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromSs;

import io.sluice.dynamodb.TestTable;
import io.sluice.dynamodb.scan.ScanTable;
import io.sluice.dynamodb.table.DescribeTable;
import io.sluice.dynamodb.table.TableInfo;
import io.sluice.dynamodb.verify.CompareChoice.Way;
import io.sluice.item.SourcedItem;
import io.sluice.item.page.Buckets;
import io.sluice.item.page.SourcedPage;
import io.sluice.report.Count;
import io.sluice.report.Outcome;
import io.sluice.report.PagesOfItems;
import io.sluice.report.Tally;
import io.sluice.testing.Outcomes;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.Fault;
import io.sluice.testing.dynamodb.Faults;
import io.sluice.testing.dynamodb.GeneratedItems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.aws2.common.ClientBuilderFactory;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Which items go on to be written, and how the table is read to know it. */
@Timeout(120)
class KeepChangedTest {
  private static final int ITEMS = 3000;
  private static final GeneratedItems GENERATED = new GeneratedItems(ITEMS, 300);
  private static final int BUCKETS = 7;

  private static EndpointSettings settings() {
    return TestTable.settings().withGenerated(GENERATED);
  }

  private static DynamoDbClient client(EmbeddedDynamoDb db) {
    return ClientBuilderFactory.buildClient(
        PipelineOptionsFactory.create().as(AwsOptions.class),
        DynamoDbClient.builder(),
        TestTable.client(db));
  }

  private static KeepChanged keep(EmbeddedDynamoDb db, PCollection<Tally> soFar) {
    try (DynamoDbClient client = client(db)) {
      TableInfo table = DescribeTable.named(db.settings().table().name(), client).orElseThrow();
      ScanTable scan = ScanTable.of(table).withClient(TestTable.client(db));
      return KeepChanged.by(scan, table.keySchema(), BUCKETS, soFar);
    }
  }

  private static PCollection<Tally> read(TestPipeline pipeline, int items) {
    return pipeline.apply(
        "So far",
        Create.of(
            new Tally(Map.of(Count.READ, items + 4L, Count.SKIPPED, 4L), Map.of(), List.of())));
  }

  private static PCollection<SourcedPage> pages(TestPipeline pipeline, List<SourcedItem> items) {
    return pipeline
        .apply("Items", Create.of(items))
        .apply("Pages", PagesOfItems.by(TestTable.KEY, Buckets.byKey(BUCKETS)));
  }

  private static PCollection<SourcedItem> items(String name, PCollection<SourcedPage> pages) {
    return pages.apply(
        name, FlatMapElements.into(TypeDescriptor.of(SourcedItem.class)).via(page -> page));
  }

  private static void assertUnchanged(PCollectionTuple kept, long unchanged) {
    Outcomes.assertSum(
        kept.get(Outcome.TALLIES),
        new Tally(Map.of(Count.UNCHANGED, unchanged), Map.of(), List.of()));
  }

  /** Asserts what the one comparison is, but for the units, which {@code units} are. */
  private static void assertComparison(
      PCollectionTuple kept, Way by, CompareCounts counts, double units) {
    PAssert.thatSingleton(kept.get(KeepChanged.COMPARISON))
        .satisfies(
            found -> {
              CompareCounts all = found.counts();
              assertThat(found.choice().by(), is(by));
              assertThat(found.choice().keys(), is(counts.compared()));
              assertThat(all.added(), is(counts.added()));
              assertThat(all.changed(), is(counts.changed()));
              assertThat(all.unchanged(), is(counts.unchanged()));
              assertThat(all.surplus(), is(counts.surplus()));
              assertThat(all.scanned(), is(counts.scanned()));
              assertThat(all.savedUnits(), is(counts.savedUnits()));
              assertThat(all.readUnits(), closeTo(units, 0.01 + units / 4));
              return null;
            });
  }

  /**
   * Returns some items of the table, of which every 500th has another attribute, and three that are
   * not there.
   *
   * @param differing receives those that the table does not have as they are
   */
  private static List<SourcedItem> planted(int count, List<SourcedItem> differing) {
    List<SourcedItem> items = new ArrayList<>();
    for (int i = 0; i < count + 3; i++) {
      int number = i < count ? i : ITEMS + i;
      Map<String, AttributeValue> item = new HashMap<>(GENERATED.item(number, TestTable.KEY));
      boolean differs = i % 500 == 7;
      if (differs) {
        item.put("planted", fromS("other"));
      }
      SourcedItem sourced = SourcedItem.withoutOrigin(item);
      items.add(sourced);
      if (differs || i >= count) {
        differing.add(sourced);
      }
    }
    return items;
  }

  @Test
  void manyItemsAreComparedByOneScan() {
    try (EmbeddedDynamoDb db = EmbeddedDynamoDb.start(settings())) {
      List<SourcedItem> differing = new ArrayList<>();
      List<SourcedItem> items = planted(ITEMS - 1, differing);
      TestPipeline pipeline = Outcomes.pipeline();
      PCollectionTuple kept = pages(pipeline, items).apply(keep(db, read(pipeline, items.size())));
      PAssert.that(items("Kept", kept.get(Outcome.PAGES))).containsInAnyOrder(differing);
      int changed = differing.size() - 3;
      assertUnchanged(kept, ITEMS - 1 - changed);
      assertComparison(
          kept,
          Way.SCAN,
          new CompareCounts(3, changed, ITEMS - 1 - changed, 0, ITEMS, 0, ITEMS - 1 - changed),
          ITEMS * 300 / 4096.0 / 2);
      pipeline.run();
      assertThat(db.books().requests("BatchGetItem"), is(0L));
      assertThat(db.books().requests("Scan"), greaterThan(0L));
    }
  }

  @Test
  void fewItemsAreComparedByTheirKeysWhateverIsThrottledOrLeftUnprocessed() {
    Faults faults =
        Faults.none().with(Fault.THROTTLED, 0.2).with(Fault.UNPROCESSED, 0.2).of("BatchGetItem");
    try (EmbeddedDynamoDb db = EmbeddedDynamoDb.start(settings().withFaults(faults))) {
      List<SourcedItem> differing = new ArrayList<>();
      List<SourcedItem> items = planted(150, differing);
      TestPipeline pipeline = Outcomes.pipeline();
      PCollectionTuple kept = pages(pipeline, items).apply(keep(db, read(pipeline, items.size())));
      PAssert.that(items("Kept", kept.get(Outcome.PAGES))).containsInAnyOrder(differing);
      assertUnchanged(kept, 149);
      assertComparison(
          kept, Way.KEYS, new CompareCounts(3, 1, 149, 0, 0, 0, 149), items.size() / 2.0);
      pipeline.run();
      assertThat(db.books().requests("Scan"), is(0L));
      assertThat("each item is read once", db.books().itemsRead(), is(150L));
    }
  }

  @Test
  void whatOnlyTheTableHasIsFoundByAScan() {
    try (EmbeddedDynamoDb db = EmbeddedDynamoDb.start(settings())) {
      List<SourcedItem> items = planted(20, new ArrayList<>());
      List<SourcedItem> others = new ArrayList<>();
      for (int i = 20; i < ITEMS; i++) {
        others.add(SourcedItem.withoutOrigin(GENERATED.item(i, TestTable.KEY)));
      }
      TestPipeline pipeline = Outcomes.pipeline();
      PCollectionTuple kept =
          pages(pipeline, items)
              .apply(
                  keep(db, read(pipeline, items.size()))
                      .withSurplus(SurplusScope.all(TestTable.KEY)));
      PAssert.that(items("Surplus", kept.get(KeepChanged.SURPLUS))).containsInAnyOrder(others);
      assertComparison(
          kept,
          Way.SCAN,
          new CompareCounts(3, 1, 19, ITEMS - 20, ITEMS, 0, 19),
          ITEMS * 300 / 4096.0 / 2);
      pipeline.run();
    }
  }

  @Test
  void itemsThatAreTheSameToDynamoDbAreNotWritten() {
    try (EmbeddedDynamoDb db = EmbeddedDynamoDb.start(TestTable.settings());
        DynamoDbClient client = client(db)) {
      put(db, client, item("1", fromN("1"), fromSs(List.of("a", "b"))));
      put(db, client, item("2", fromN("2"), fromSs(List.of("a", "b"))));
      SourcedItem same =
          SourcedItem.withoutOrigin(item("1", fromN("1.00"), fromSs(List.of("b", "a"))));
      SourcedItem other =
          SourcedItem.withoutOrigin(item("2", fromN("2.01"), fromSs(List.of("b", "a"))));
      TestPipeline pipeline = Outcomes.pipeline();
      PCollectionTuple kept =
          pages(pipeline, List.of(same, other)).apply(keep(db, read(pipeline, 2)));
      PAssert.that(items("Kept", kept.get(Outcome.PAGES))).containsInAnyOrder(other);
      pipeline.run();
    }
  }

  private static Map<String, AttributeValue> item(String id, AttributeValue n, AttributeValue set) {
    return Map.of("id", fromS(id), "n", n, "set", set);
  }

  private static void put(
      EmbeddedDynamoDb db, DynamoDbClient client, Map<String, AttributeValue> item) {
    client.putItem(put -> put.tableName(db.settings().table().name()).item(item));
  }

  @Test
  void aTableThatIsKnownToBeEmptyIsScanned() {
    try (EmbeddedDynamoDb db = EmbeddedDynamoDb.start(TestTable.settings())) {
      List<SourcedItem> items = planted(400, new ArrayList<>());
      TestPipeline pipeline = Outcomes.pipeline();
      PCollectionTuple kept =
          pages(pipeline, items).apply(keep(db, read(pipeline, items.size())).ofEmptyTable(true));
      PAssert.that(items("Kept", kept.get(Outcome.PAGES))).containsInAnyOrder(items);
      pipeline.run();
      assertThat(db.books().requests("BatchGetItem"), is(0L));
    }
  }

  @Test
  void aTableOfWhichNothingIsKnownIsReadByKeys() {
    try (EmbeddedDynamoDb db = EmbeddedDynamoDb.start(TestTable.settings())) {
      List<SourcedItem> items = planted(400, new ArrayList<>());
      TestPipeline pipeline = Outcomes.pipeline();
      PCollectionTuple kept = pages(pipeline, items).apply(keep(db, read(pipeline, items.size())));
      PAssert.that(items("Kept", kept.get(Outcome.PAGES))).containsInAnyOrder(items);
      pipeline.run();
      assertThat(db.books().requests("Scan"), is(0L));
    }
  }
}
