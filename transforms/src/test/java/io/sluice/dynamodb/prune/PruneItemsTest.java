/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.prune;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNs;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNul;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.dynamodb.TestTable;
import io.sluice.item.SourcedItem;
import io.sluice.report.Count;
import io.sluice.report.PagesOfItems;
import io.sluice.report.Tally;
import io.sluice.testing.DirectRun;
import io.sluice.testing.Outcomes;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import io.sluice.testing.dynamodb.Fault;
import io.sluice.testing.dynamodb.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.aws2.common.ClientBuilderFactory;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What is deleted, and what stays because somebody has changed it. */
@Timeout(120)
class PruneItemsTest {
  private final EmbeddedDynamoDb db = EmbeddedDynamoDb.start(TestTable.settings());
  private final DynamoDbClient client =
      ClientBuilderFactory.buildClient(
          PipelineOptionsFactory.create().as(AwsOptions.class),
          DynamoDbClient.builder(),
          TestTable.client(db));
  private final List<SourcedItem> read = new ArrayList<>();

  @AfterEach
  void close() {
    client.close();
    db.close();
  }

  private void put(Map<String, AttributeValue> item) {
    client.putItem(put -> put.tableName(db.settings().table().name()).item(item));
  }

  /** An item of every type, as it is read. */
  private static Map<String, AttributeValue> item(int i) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("id", fromS("item-" + i));
    item.put("n", fromN(i + ".50"));
    item.put("set", fromNs(List.of("2", "1")));
    item.put("list", fromL(List.of(fromS("a"), fromNul(true))));
    item.put("map", fromM(Map.of("x", fromN("1"))));
    item.put("none", fromNul(true));
    item.put("a name, of words", fromS(""));
    return item;
  }

  private void putAndRead(int from, int to) {
    for (int i = from; i < to; i++) {
      put(item(i));
      read.add(SourcedItem.withoutOrigin(item(i)));
    }
  }

  private void run(boolean isAllowed, UnaryOperator<PruneItems> change, Map<Count, Long> counts) {
    TestPipeline pipeline = Outcomes.pipeline();
    PCollectionView<Boolean> allowed =
        pipeline.apply("Allowed", Create.of(isAllowed)).apply("View", View.asSingleton());
    PCollection<Tally> tallies =
        pipeline
            .apply("Items", Create.of(read))
            .apply("Pages", PagesOfItems.inAnyOrder())
            .apply(
                change.apply(
                    PruneItems.of(db.settings().table().name(), TestTable.KEY, allowed)
                        .withClient(TestTable.client(db))));
    Outcomes.assertSum(tallies, new Tally(counts, Map.of(), List.of()));
    DirectRun.of(pipeline);
  }

  private static Set<String> ids(int... numbers) {
    Set<String> ids = new TreeSet<>();
    for (int number : numbers) {
      ids.add("item-" + number);
    }
    return ids;
  }

  @Test
  void whatIsAsItWasReadIsDeleted() {
    putAndRead(0, 400);
    put(item(1000));
    run(true, prune -> prune, Map.of(Count.SURPLUS, 400L, Count.PRUNED, 400L));
    assertThat(TestTable.ids(db), is(ids(1000)));
  }

  @Test
  void whatSomebodyPutAgainOrChangedStays() {
    putAndRead(0, 10);
    Map<String, AttributeValue> changed = item(3);
    changed.put("map", fromM(Map.of("x", fromN("2"))));
    put(changed);
    Map<String, AttributeValue> less = item(4);
    less.remove("none");
    put(less);
    client.deleteItem(
        delete ->
            delete.tableName(db.settings().table().name()).key(Map.of("id", fromS("item-5"))));
    run(true, prune -> prune, Map.of(Count.SURPLUS, 10L, Count.PRUNED, 8L, Count.RETAINED, 2L));
    assertThat(TestTable.ids(db), is(ids(3, 4)));
  }

  @Test
  void aVersionAttributeIsAllThatIsCompared() {
    putAndRead(0, 5);
    Map<String, AttributeValue> sameVersion = item(1);
    sameVersion.put("other", fromS("x"));
    put(sameVersion);
    Map<String, AttributeValue> otherVersion = item(2);
    otherVersion.put("n", fromN("7"));
    put(otherVersion);
    run(
        true,
        prune -> prune.withVersionAttribute("n"),
        Map.of(Count.SURPLUS, 5L, Count.PRUNED, 4L, Count.RETAINED, 1L));
    assertThat(TestTable.ids(db), is(ids(2)));
  }

  @Test
  void anItemThatGotAVersionMeanwhileStays() {
    putAndRead(0, 2);
    Map<String, AttributeValue> versioned = item(1);
    versioned.put("version", fromN("1"));
    put(versioned);
    run(
        true,
        prune -> prune.withVersionAttribute("version"),
        Map.of(Count.SURPLUS, 2L, Count.PRUNED, 1L, Count.RETAINED, 1L));
    assertThat(TestTable.ids(db), is(ids(1)));
  }

  @Test
  void anItemThatNeverHadTheVersionIsComparedAsAWhole() {
    putAndRead(0, 3);
    Map<String, AttributeValue> changed = item(1);
    changed.put("n", fromN("7"));
    put(changed);
    run(
        true,
        prune -> prune.withVersionAttribute("versoin"),
        Map.of(Count.SURPLUS, 3L, Count.PRUNED, 2L, Count.RETAINED, 1L));
    assertThat(TestTable.ids(db), is(ids(1)));
  }

  @Test
  void aKeyIsNoVersion() {
    assertThrows(
        IllegalArgumentException.class,
        () -> run(true, prune -> prune.withVersionAttribute("id"), Map.of()));
  }

  @Test
  void anItemWithTooManyAttributesForAConditionStays() {
    Map<String, AttributeValue> wide = item(0);
    for (int i = 0; i < ConditionalDelete.MOST_ATTRIBUTES - 6; i++) {
      wide.put("attribute-" + i, fromS("x"));
    }
    put(wide);
    read.add(SourcedItem.withoutOrigin(wide));
    Map<String, AttributeValue> wider = new HashMap<>(wide);
    wider.put("id", fromS("item-1"));
    wider.put("one more", fromS("x"));
    put(wider);
    read.add(SourcedItem.withoutOrigin(wider));
    run(true, prune -> prune, Map.of(Count.SURPLUS, 2L, Count.PRUNED, 1L, Count.RETAINED, 1L));
    assertThat(TestTable.ids(db), is(ids(1)));
  }

  @Test
  void nothingIsDeletedThatMayNotBe() {
    putAndRead(0, 3);
    run(false, prune -> prune, Map.of(Count.SURPLUS, 3L, Count.SPARED, 3L));
    run(true, PruneItems::onlyCounting, Map.of(Count.SURPLUS, 3L, Count.PRUNABLE, 3L));
    assertThat(db.books().requests("DeleteItem"), is(0L));
    assertThat(TestTable.ids(db), is(ids(0, 1, 2)));
  }

  @Test
  void everyItemIsDeletedWhateverIsThrottledOrFails() {
    putAndRead(0, 300);
    db.setFaults(
        Faults.none()
            .with(Fault.THROTTLED, 0.1)
            .with(Fault.INTERNAL_ERROR, 0.05)
            .with(Fault.RESET_AFTER, 0.05)
            .of("DeleteItem"));
    run(true, prune -> prune, Map.of(Count.SURPLUS, 300L, Count.PRUNED, 300L));
    assertThat(TestTable.ids(db), is(Set.of()));
    assertThat(db.books().faults(Fault.RESET_AFTER), greaterThan(0L));
  }

  @Test
  void aTableThatCannotBeWrittenForSoLongIsNamed() {
    putAndRead(0, 1);
    db.setFaults(Faults.none().with(Fault.INTERNAL_ERROR, 1).of("DeleteItem"));
    Pipeline.PipelineExecutionException e =
        assertThrows(
            Pipeline.PipelineExecutionException.class,
            () -> run(true, prune -> prune.withRetryFor(Duration.ofSeconds(1)), Map.of()));
    assertThat(
        e.getCause().getMessage(),
        containsString(
            "Items of the table " + db.settings().table().name() + " cannot be deleted: "));
    assertThat(e.getCause().getMessage(), not(containsString("item-0")));
  }
}
