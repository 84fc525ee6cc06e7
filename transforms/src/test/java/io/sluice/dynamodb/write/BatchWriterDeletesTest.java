/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.write;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.dynamodb.TestTable;
import io.sluice.item.SourcedItem;
import io.sluice.testing.dynamodb.Fault;
import io.sluice.testing.dynamodb.TableSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Puts and deletes in the same batches, whatever happens to requests. */
@Timeout(60)
class BatchWriterDeletesTest {
  private static final int ITEMS = 110;
  private static final int FAULTS = 3;

  private static SourcedItem key(String id) {
    return SourcedItem.withoutOrigin(Map.of("id", fromS(id)));
  }

  private static String id(int i) {
    return "item-" + i;
  }

  private static TestWriter writerOfATable(String text) throws Exception {
    return writerOfATable(TestTable.table(), text);
  }

  /** Writes all items, and forgets that. */
  private static TestWriter writerOfATable(TableSettings table, String text) throws Exception {
    TestWriter writer = TestWriter.of(TestTable.settings(table).withTrickleMillis(200));
    for (int i = 0; i < ITEMS; i++) {
      writer.put(TestTable.item(id(i), text));
    }
    writer.writer.finish();
    writer.written.clear();
    return writer;
  }

  /** Deletes each third item, and those of some keys without one, and puts the others anew. */
  private static void putAndDelete(TestWriter writer) throws Exception {
    for (int i = 0; i < ITEMS; i++) {
      if (i % 3 == 0) {
        writer.delete(key(id(i)));
      } else {
        writer.put(TestTable.item(id(i), "new"));
      }
      if (i % 10 == 0) {
        writer.delete(key("none-" + i));
      }
    }
    writer.writer.finish();
  }

  private static void assertAllDone(TestWriter writer) {
    Map<String, Integer> written = new TreeMap<>();
    Map<String, Integer> deleted = new TreeMap<>();
    for (int i = 0; i < ITEMS; i++) {
      (i % 3 == 0 ? deleted : written).put(id(i), 1);
      if (i % 10 == 0) {
        deleted.put("none-" + i, 1);
      }
    }
    assertThat(writer.written, is(written));
    assertThat(writer.deleted, is(deleted));
    assertThat(writer.refused, is(anEmptyMap()));
    assertThat(TestTable.ids(writer.db), is(written.keySet()));
    writer.db.items().forEach(item -> assertThat(item.get("text"), is(fromS("new"))));
  }

  @Test
  void eachIsDoneAndReportedOnceInFullBatches() throws Exception {
    try (TestWriter writer = writerOfATable("old")) {
      long before = writer.db.books().requests("BatchWriteItem");
      putAndDelete(writer);
      assertAllDone(writer);
      assertThat(writer.db.books().requests("BatchWriteItem") - before, is(5L));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"HANG_BEFORE", "HANG_AFTER"})
  void aFaultIsSurvived(Fault fault) throws Exception {
    try (TestWriter writer = writerOfATable("old")) {
      writer.db.failNext(FAULTS, fault);
      putAndDelete(writer);
      assertThat(writer.db.books().faults(fault), is((long) FAULTS));
      assertAllDone(writer);
    }
  }

  @Test
  void whatIsLeftUnprocessedIsSentAgainAndNothingElse() throws Exception {
    try (TestWriter writer = writerOfATable("old")) {
      long before = writer.db.books().itemsAccepted();
      writer.db.failNext(FAULTS, Fault.UNPROCESSED);
      putAndDelete(writer);
      assertAllDone(writer);
      assertThat(writer.unprocessed, greaterThan(0));
      assertThat(writer.db.books().itemsUnprocessed(), is((long) writer.unprocessed));
      assertThat(writer.db.books().itemsAccepted() - before, is((long) writer.written.size()));
    }
  }

  @Test
  void anItemThatIsRefusedHoldsNoDeleteBack() throws Exception {
    try (TestWriter writer = writerOfATable("old")) {
      for (int i = 0; i < 24; i++) {
        writer.delete(key(id(i)));
        if (i == 12) {
          writer.put(TestTable.item("bad", "poison"));
        }
      }
      writer.writer.finish();
      assertThat(writer.refused.keySet(), is(Set.of("bad")));
      assertThat(writer.deleted.size(), is(24));
      Set<String> left = new TreeSet<>();
      IntStream.range(24, ITEMS).forEach(i -> left.add(id(i)));
      assertThat(TestTable.ids(writer.db), is(left));
    }
  }

  @Test
  void whatIsMoreThanAKeyIsRefused() throws Exception {
    try (TestWriter writer = writerOfATable("old")) {
      writer.delete(TestTable.item(id(7), "old"));
      writer.delete(key(id(8)));
      writer.writer.finish();
      assertThat(writer.refused.keySet(), is(Set.of(id(7))));
      assertThat(writer.deleted, is(Map.of(id(8), 1)));
      assertThat(TestTable.ids(writer.db).contains(id(7)), is(true));
    }
  }

  @Test
  void theThrottleLearnsWhatDeletesOfLargeItemsTake() throws Exception {
    try (TestWriter writer = writerOfATable("x".repeat(9_500))) {
      double before = writer.session.throttle().usage().consumedTable();
      for (int i = 0; i < ITEMS; i++) {
        writer.delete(key(id(i)));
      }
      writer.writer.finish();
      double taken = writer.session.throttle().usage().consumedTable() - before;
      assertThat(taken, closeTo(10.0 * ITEMS, 0.01));
      assertThat(TestTable.ids(writer.db), is(Set.of()));
    }
  }

  @Test
  void deletesOfLargeItemsKeepToTheBudget() throws Exception {
    long began = System.nanoTime();
    TableSettings table = TestTable.table().withProvisioned(400, 400);
    try (TestWriter writer = writerOfATable(table, "x".repeat(9_500))) {
      for (int i = 0; i < ITEMS; i++) {
        writer.delete(key(id(i)));
      }
      writer.writer.finish();
      double seconds = (System.nanoTime() - began) / 1e9;
      // 1,100 units for the puts and as many for the deletes, at 200 a second; five seconds of that
      // may be saved up. Deletes of a unit each would end after a second.
      assertThat(seconds, greaterThan(5.5));
      assertThat(writer.session.throttle().usage().consumedTable(), closeTo(20.0 * ITEMS, 0.01));
    }
  }

  @Test
  void twoWritersThatDeleteTheSameAreBothDone() throws Exception {
    try (TestWriter writer = writerOfATable("old")) {
      for (int i = 0; i < 2; i++) {
        for (String id : List.of(id(1), id(2))) {
          writer.delete(key(id));
        }
        writer.writer.finish();
      }
      assertThat(writer.deleted, is(Map.of(id(1), 2, id(2), 2)));
      assertThat(TestTable.ids(writer.db).size(), is(ITEMS - 2));
    }
  }
}
