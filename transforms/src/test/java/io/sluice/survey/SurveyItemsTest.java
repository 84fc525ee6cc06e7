/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.survey;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.capacity.Index;
import io.sluice.capacity.WriteCost;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.Origin;
import io.sluice.item.SourcedItem;
import io.sluice.item.json.ItemJson;
import io.sluice.item.page.Pager;
import io.sluice.item.page.SourcedPage;
import io.sluice.item.page.SourcedPageCoder;
import io.sluice.report.Count;
import io.sluice.report.Outcome;
import io.sluice.report.Tally;
import io.sluice.testing.Outcomes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class SurveyItemsTest {
  private static final WriteCost COST =
      new WriteCost(
          KeySchema.of(KeyAttribute.parse("id:S")),
          List.of(
              new Index(
                  "by_n",
                  List.of(KeyAttribute.parse("n:N")),
                  Index.Projection.KEYS_ONLY,
                  Set.of(),
                  0,
                  0)));

  /** An item of a size that DynamoDB's rules give: names and texts by their bytes. */
  private static SourcedItem item(String id, int bytes, boolean indexed, long offset) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("id", fromS(id));
    if (indexed) {
      // 1 for the name, 1 for a digit or two, 1 for the number.
      item.put("n", fromN("7"));
    }
    int rest = bytes - "id".length() - id.length() - (indexed ? 3 : 0) - "t".length();
    item.put("t", fromS("x".repeat(rest)));
    return SourcedItem.of(new Origin("f.csv", offset), item);
  }

  @Test
  void saysWhatTheItemsComeToHoweverTheyAreBundled() {
    List<SourcedItem> items = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      items.add(item("k" + (i % 3), 100, i % 2 == 0, i));
    }
    items.add(item("k0", 1024, false, 100));
    items.add(item("k0", 1025, false, 101));
    items.add(item("k0", 5000, true, 102));
    int jsonBytes =
        items.stream()
            .mapToInt(item -> ("{\"Item\":" + ItemJson.toJson(item.item()) + "}\n").length())
            .sum();
    TestPipeline pipeline = Outcomes.pipeline();
    PCollectionTuple surveyed = pipeline.apply(Create.of(items)).apply(SurveyItems.withCost(COST));
    PAssert.thatSingleton(surveyed.get(SurveyItems.SURVEY))
        .satisfies(
            survey -> {
              String largest =
                  "{'bytes':5000,'file':'f.csv','offset':102},"
                      + "{'bytes':1025,'file':'f.csv','offset':101},"
                      + "{'bytes':1024,'file':'f.csv','offset':100}";
              for (int i = 0; i < 7; i++) {
                largest += ",{'bytes':100,'file':'f.csv','offset':" + i + "}";
              }
              assertThat(
                  survey.section().toJson().replace('"', '\''),
                  is(
                      "{'items':15,'deletes':0,'bytes':8249,'jsonBytes':"
                          + jsonBytes
                          + ","
                          + "'writeUnits':{'table':20,'indexes':7,'ofIndex':{'by_n':7}},"
                          + "'itemsUpToBytes':{'128':12,'1024':1,'2048':1,'8192':1},"
                          + "'largest':["
                          + largest
                          + "],"
                          + "'hottestPartitionKeys':{'countsTooSmallByAtMost':0,"
                          + "'items':{'k0':7,'k1':4,'k2':4}}}"));
              return null;
            });
    Outcomes.assertSum(
        surveyed.get(Outcome.TALLIES), new Tally(Map.of(Count.WRITABLE, 15L), Map.of(), List.of()));
    pipeline.run();
  }

  @Test
  void deletesTakeAUnitEach() {
    List<SourcedPage> pages = new ArrayList<>();
    Pager puts = new Pager(pages::add);
    Pager deletes = new Pager(page -> pages.add(page.asDeletes()));
    puts.add(0, new byte[0], item("k0", 100, false, 1));
    for (String id : List.of("k1", "k2", "k3".repeat(700))) {
      deletes.add(0, new byte[0], SourcedItem.withoutOrigin(Map.of("id", fromS(id))));
    }
    puts.flush();
    deletes.flush();
    TestPipeline pipeline = Outcomes.pipeline();
    PCollectionTuple surveyed =
        pipeline
            .apply(Create.of(pages).withCoder(SourcedPageCoder.of()))
            .apply(SurveyItems.withCost(COST).ofPages());
    PAssert.thatSingleton(surveyed.get(SurveyItems.SURVEY))
        .satisfies(
            survey -> {
              SurveySection section = survey.section();
              assertThat(section.items(), is(1L));
              assertThat(section.deletes(), is(3L));
              assertThat(section.bytes(), is(100L));
              assertThat(section.writeUnits().table(), is(1L + 1 + 1 + 2));
              assertThat(section.hottestPartitionKeys().items().size(), is(4));
              return null;
            });
    Outcomes.assertSum(
        surveyed.get(Outcome.TALLIES),
        new Tally(Map.of(Count.WRITABLE, 1L, Count.DELETABLE, 3L), Map.of(), List.of()));
    pipeline.run();
  }
}
