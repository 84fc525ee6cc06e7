/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.apply;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.change.record.Change;
import io.sluice.change.record.ChangeCoder;
import io.sluice.dynamodb.TestTable;
import io.sluice.dynamodb.write.WriteTable;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemKey;
import io.sluice.item.Origin;
import io.sluice.item.Reason;
import io.sluice.report.Count;
import io.sluice.report.Gate;
import io.sluice.report.Ledger;
import io.sluice.report.Limits;
import io.sluice.report.Outcome;
import io.sluice.report.Tally;
import io.sluice.testing.Outcomes;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import io.sluice.testing.dynamodb.Fault;
import io.sluice.testing.dynamodb.Faults;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Changes that are applied to a table are the table that a model says, whatever goes wrong. */
@Execution(ExecutionMode.SAME_THREAD)
class ApplyChangesTest {
  private static final AtomicReference<Tally> WHOLE = new AtomicReference<>();
  private static final Set<Fault> HANGING = Set.of(Fault.HANG_BEFORE, Fault.HANG_AFTER);

  /** Items by their ids. */
  private final Map<String, Map<String, AttributeValue>> model = new TreeMap<>();

  private final List<Change> changes = new ArrayList<>();

  private static Map<String, AttributeValue> item(String id, int n) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("id", fromS(id));
    item.put("n", fromN(Integer.toString(n)));
    item.put("text", fromS("x".repeat(n * 37 % 3000)));
    return item;
  }

  private static ItemKey keyOf(String id) {
    try {
      return ItemKey.of(Map.of("id", fromS(id)), TestTable.KEY);
    } catch (InvalidItemException e) {
      throw new AssertionError(e);
    }
  }

  private void change(String id, int sequence, @Nullable Map<String, AttributeValue> item) {
    BigInteger order = BigInteger.valueOf(sequence);
    ItemKey key = keyOf(id);
    Map<String, AttributeValue> keys = Map.of("id", fromS(id));
    Change change =
        item == null
            ? Change.delete(key, order, 7, keys, TestTable.KEY)
            : Change.put(key, order, 7, item);
    changes.add(change.from(new Origin("f", sequence)));
    if (item == null) {
      model.remove(id);
    } else {
      model.put(id, item);
    }
  }

  /** Changes items at random, some of them far more often than others. */
  private void changeAtRandom(Random random, int count, int from) {
    for (int i = from; i < from + count; i++) {
      boolean hot = random.nextInt(4) == 0;
      String id = hot ? "hot-" + random.nextInt(3) : "item-" + random.nextInt(count / 3);
      change(id, i, random.nextInt(3) == 0 ? null : item(id, i));
    }
  }

  /** Returns the changes in any order, some of them twice, as several collections. */
  private PCollection<Change> scattered(TestPipeline pipeline, Random random) {
    List<Change> all = new ArrayList<>(changes);
    changes.stream().filter(change -> random.nextInt(5) == 0).forEach(all::add);
    Collections.shuffle(all, random);
    List<PCollection<Change>> files = new ArrayList<>();
    int parts = 1 + random.nextInt(4);
    for (int i = 0; i < parts; i++) {
      List<Change> file = all.subList(all.size() * i / parts, all.size() * (i + 1) / parts);
      files.add(pipeline.apply("File " + i, Create.of(file).withCoder(ChangeCoder.of())));
    }
    return PCollectionList.of(files).apply("Files", Flatten.pCollections());
  }

  private Tally apply(EmbeddedDynamoDb db, Random random, Limits limits) {
    return apply(random, limits, TestTable.write(db));
  }

  private Tally apply(Random random, Limits limits, WriteTable write) {
    TestPipeline pipeline = Outcomes.pipeline();
    PCollection<Change> input = scattered(pipeline, random);
    Ledger ledger = new Ledger();
    ledger.add(input.apply("Count", ParDo.of(new CountFn())));
    Outcome reduced =
        input.apply("Reduce", ReduceChanges.by(TestTable.KEY).intoBuckets(1 + random.nextInt(9)));
    reduced
        .pagesInto(ledger)
        .apply("Gate", Gate.closingAbove(limits, ledger.tallies()).ofPages())
        .pagesInto(ledger)
        .apply("Write", write.withCheckedItems().ofPages())
        .closeInto(ledger);
    ledger
        .talliesWithoutRejections()
        .apply("Whole", Combine.globally(Tally.sum()))
        .apply("Keep", ParDo.of(new KeepFn()));
    pipeline.run().waitUntilFinish();
    return WHOLE.getAndSet(null);
  }

  private static Map<String, Map<String, AttributeValue>> table(EmbeddedDynamoDb db) {
    Map<String, Map<String, AttributeValue>> items = new TreeMap<>();
    db.items().forEach(item -> items.put(item.get("id").s(), item));
    return items;
  }

  private void assertApplied(Tally whole, EmbeddedDynamoDb db, int keys) {
    assertThat(table(db), is(model));
    assertThat(whole.addsUp(), is(true));
    assertThat(whole.rejected(), is(0L));
    assertThat(whole.count(Count.WRITTEN) + whole.count(Count.DELETED), is((long) keys));
    assertThat(whole.count(Count.DELETED), is(whole.count(Count.DELETES)));
    assertThat(whole.count(Count.SUPERSEDED), is(whole.count(Count.READ) - keys));
  }

  private int keys() {
    return (int) changes.stream().map(Change::key).distinct().count();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theTableIsTheModelsHoweverManyRequestsFail(long seed) {
    Random random = new Random(seed);
    Faults faults = Faults.none().of("BatchWriteItem");
    for (Fault fault : Fault.values()) {
      faults = faults.with(fault, HANGING.contains(fault) ? 0 : 0.03);
    }
    try (EmbeddedDynamoDb db =
        EmbeddedDynamoDb.start(TestTable.settings().withTrickleMillis(50).withFaults(faults))) {
      changeAtRandom(random, 600 + random.nextInt(900), 0);
      db.failNext(1, Fault.UNPROCESSED);
      db.failNext(1, Fault.RESET_AFTER);
      assertApplied(apply(db, random, new Limits(0, Long.MAX_VALUE)), db, keys());
      assertThat(db.books().itemsUnprocessed(), greaterThan(0L));

      // The same again changes nothing.
      assertApplied(apply(db, random, new Limits(0, Long.MAX_VALUE)), db, keys());

      // A later window overlaps with the one before.
      List<Change> before = new ArrayList<>(changes);
      changes.clear();
      changes.addAll(before.subList(before.size() / 2, before.size()));
      changeAtRandom(random, 300, before.size());
      assertApplied(apply(db, random, new Limits(0, Long.MAX_VALUE)), db, keys());
    }
  }

  @Test
  void moreDeletesThanAllowedAreNotAppliedAndNeitherArePuts() {
    try (EmbeddedDynamoDb db = EmbeddedDynamoDb.start(TestTable.settings())) {
      for (int i = 0; i < 50; i++) {
        change("item-" + i, i, item("item-" + i, i));
      }
      for (int i = 0; i < 12; i++) {
        change("item-" + i, 100 + i, null);
      }
      Tally held = apply(db, new Random(1), new Limits(0, 11));
      assertThat(table(db), is(Map.of()));
      assertThat(db.books().requests("BatchWriteItem"), is(0L));
      assertThat(held.addsUp(), is(true));
      assertThat(held.count(Count.DELETES), is(12L));
      assertThat(held.count(Count.WITHHELD), is(50L));
      assertThat(held.count(Count.DELETED), is(0L));

      assertApplied(apply(db, new Random(1), new Limits(0, 12)), db, 50);
    }
  }

  @Test
  void whatWasStoppedHalfWayIsExactWhenItIsAppliedAgain() {
    try (EmbeddedDynamoDb db =
        EmbeddedDynamoDb.start(TestTable.settings(TestTable.table().withProvisioned(40, 40)))) {
      changeAtRandom(new Random(3), 1500, 0);
      Limits limits = new Limits(0, Long.MAX_VALUE);
      WriteTable stopped = TestTable.write(db).stoppingAt(Instant.now().plusSeconds(15));
      Tally part = apply(new Random(3), limits, stopped);
      assertThat(part.addsUp(), is(true));
      assertThat(part.count(Count.LEFT), greaterThan(0L));
      assertThat(part.count(Count.WRITTEN), greaterThan(0L));
      assertThat(table(db).equals(model), is(false));
      db.setProvisioned(40_000, 40_000);
      assertApplied(apply(db, new Random(4), limits), db, keys());
    }
  }

  @Test
  void aHotKeyIsWrittenOnce() {
    try (EmbeddedDynamoDb db = EmbeddedDynamoDb.start(TestTable.settings())) {
      for (int i = 0; i < 30_000; i++) {
        change("hot", i, i % 7 == 0 ? null : item("hot", i % 10));
      }
      assertApplied(apply(db, new Random(1), new Limits(0, 1)), db, 1);
      assertThat(db.books().itemsAccepted(), is(1L));
    }
  }

  @Test
  void whatDynamoDbRefusesIsCountedByItself() {
    try (EmbeddedDynamoDb db = EmbeddedDynamoDb.start(TestTable.settings())) {
      for (int i = 0; i < 30; i++) {
        change("item-" + i, i, i % 3 == 0 ? null : item("item-" + i, i));
      }
      Map<String, AttributeValue> poisoned = item("bad", 1);
      poisoned.put("poison", fromS("secret"));
      change("bad", 99, poisoned);
      model.remove("bad");
      Tally whole = apply(db, new Random(1), new Limits(0, 10));
      assertThat(table(db), is(model));
      assertThat(whole.addsUp(), is(true));
      assertThat(whole.rejections(), is(Map.of(Reason.REFUSED, 1L)));
      assertThat(whole.examples().get(0).origin(), is(new Origin("f", 99)));
      assertThat(whole.count(Count.WRITTEN), is(20L));
      assertThat(whole.count(Count.DELETED), is(10L));
    }
  }

  private static final class CountFn extends DoFn<Change, Tally> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void processElement(OutputReceiver<Tally> out) {
      out.output(new Tally(Map.of(Count.READ, 1L), Map.of(), List.of()));
    }
  }

  private static final class KeepFn extends DoFn<Tally, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void processElement(@Element Tally whole) {
      WHOLE.set(whole);
    }
  }
}
