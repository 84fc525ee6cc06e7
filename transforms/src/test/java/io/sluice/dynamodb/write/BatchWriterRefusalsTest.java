/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.write;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.dynamodb.TestTable;
import io.sluice.dynamodb.session.Progress;
import io.sluice.dynamodb.session.TableSession;
import io.sluice.item.SourcedItem;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.TableSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Items that DynamoDB refuses, or does not take in one batch. */
@Timeout(60)
class BatchWriterRefusalsTest {
  private static final String REFUSED = "DynamoDB refused the item (ValidationException)";
  private static final String CONTENTS = "4111-1111";

  private static List<SourcedItem> items(int count) {
    List<SourcedItem> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(TestTable.item("item-" + i));
    }
    return items;
  }

  private static Set<String> idsOf(List<SourcedItem> items) {
    Set<String> ids = new TreeSet<>();
    items.forEach(item -> ids.add(TestTable.idOf(item)));
    return ids;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 12, 24})
  void theOneThatIsRefusedIsFoundAndTheOthersAreWritten(int at) throws Exception {
    List<SourcedItem> items = items(25);
    items.set(at, TestTable.item("bad", "poison"));
    try (TestWriter writer = TestWriter.of(TestTable.settings())) {
      writer.write(items);
      assertThat(writer.refused, is(Map.of("bad", REFUSED)));
      items.remove(at);
      assertThat(writer.written.keySet(), is(idsOf(items)));
      assertThat(TestTable.ids(writer.db), is(idsOf(items)));
      // 25 items, then two parts around each bad one: 13, 7, 4, 2, 1.
      assertThat(writer.db.books().requests("BatchWriteItem"), lessThanOrEqualTo(11L));
      assertThat(writer.db.books().itemsAccepted(), is(24L));
    }
  }

  @Test
  void aBatchOfNothingButRefusedItemsIsRefusedItemByItem() throws Exception {
    List<SourcedItem> items = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      items.add(TestTable.item("item-" + i, "poison"));
    }
    try (TestWriter writer = TestWriter.of(TestTable.settings())) {
      writer.write(items);
      assertThat(writer.refused.keySet(), is(idsOf(items)));
      assertThat(Set.copyOf(writer.refused.values()), is(Set.of(REFUSED)));
      assertThat(writer.written, is(anEmptyMap()));
    }
  }

  @Test
  void twoItemsOfOneKeyAreBothWritten() throws Exception {
    try (TestWriter writer = TestWriter.of(TestTable.settings())) {
      writer.write(List.of(TestTable.item("a", "one"), TestTable.item("a", "two")));
      assertThat(writer.written, is(Map.of("a", 2)));
      assertThat(writer.refused, is(anEmptyMap()));
      assertThat(writer.db.books().itemsAccepted(), is(2L));
      assertThat(TestTable.ids(writer.db), is(Set.of("a")));
    }
  }

  @Test
  void aBatchOfOneKeyIsWrittenItemByItem() throws Exception {
    List<SourcedItem> items = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      items.add(TestTable.item("a", "text " + i));
    }
    try (TestWriter writer = TestWriter.of(TestTable.settings())) {
      writer.write(items);
      assertThat(writer.written, is(Map.of("a", 25)));
      assertThat(writer.refused, is(anEmptyMap()));
      assertThat(writer.db.books().itemsAccepted(), is(25L));
    }
  }

  @Test
  void refusedItemsAndKeysThatComeTwiceInOneBatch() throws Exception {
    List<SourcedItem> items = items(19);
    items.add(3, TestTable.item("bad-1", "poison"));
    items.add(9, TestTable.item("item-2", "the same key"));
    items.add(12, TestTable.item("item-2", "and again"));
    items.add(14, TestTable.item("item-5", "poison"));
    items.add(TestTable.item("bad-2", "poison"));
    items.add(TestTable.item("bad-2", "poison"));
    try (TestWriter writer = TestWriter.of(TestTable.settings())) {
      writer.write(items);
      String twice = REFUSED + "; " + REFUSED;
      assertThat(writer.refused, is(Map.of("bad-1", REFUSED, "item-5", REFUSED, "bad-2", twice)));
      assertThat(writer.written.keySet(), is(idsOf(items(19))));
      assertThat(writer.written.get("item-2"), is(3));
      assertThat(writer.written.values().stream().mapToInt(n -> n).sum(), is(21));
      assertThat(TestTable.ids(writer.db), is(idsOf(items(19))));
    }
  }

  @Test
  void anItemWithoutItsKeyIsRefusedWithoutContents() throws Exception {
    SourcedItem keyless = SourcedItem.withoutOrigin(Map.of("text", fromS(CONTENTS)));
    try (TestWriter writer = TestWriter.of(TestTable.settings())) {
      writer.write(List.of(keyless));
      assertThat(
          writer.refused.get(""),
          is("DynamoDB refused the item: The provided key element does not match the schema"));
      assertThat(writer.refused.get(""), not(containsString(CONTENTS)));
    }
  }

  @Test
  void aTableThatIsNotThereIsSaidAtOnce() throws Exception {
    try (EmbeddedDynamoDb db = EmbeddedDynamoDb.start(TestTable.settings())) {
      WriteSpec spec = new WriteSpec("another", TestTable.KEY);
      spec.setClient(TestTable.client(db));
      IllegalStateException e =
          assertThrows(IllegalStateException.class, () -> TestWriter.sessionOf(spec));
      assertThat(e.getMessage(), is("the table another is not there"));
      assertThat(
          TableSession.moments(Progress.Kind.WRITE).stream()
              .anyMatch(m -> m.table().equals("another")),
          is(false));
    }
  }

  @Test
  void aTableThatWasDeletedEndsTheWriterWithoutContents() throws Exception {
    try (TestWriter writer = TestWriter.of(TestTable.settings())) {
      EndpointSettings other =
          EndpointSettings.of(TableSettings.of("other", "id:S"))
              .withPort(writer.db.endpoint().getPort());
      writer.db.close();
      try (EmbeddedDynamoDb without = EmbeddedDynamoDb.start(other)) {
        IOException e =
            assertThrows(
                IOException.class, () -> writer.write(List.of(TestTable.item("id", CONTENTS))));
        assertThat(
            e.getMessage(),
            allOf(containsString("ResourceNotFoundException"), not(containsString(CONTENTS))));
        assertThat(writer.written.get("id"), is(nullValue()));
        assertThat(without.books().itemsAccepted(), is(0L));
      }
    }
  }
}
