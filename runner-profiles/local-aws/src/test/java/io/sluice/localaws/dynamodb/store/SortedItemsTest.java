/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.store;

import static io.sluice.localaws.dynamodb.store.NumberedItems.HASH;
import static io.sluice.localaws.dynamodb.store.NumberedItems.index;
import static io.sluice.localaws.dynamodb.store.NumberedItems.item;
import static io.sluice.localaws.dynamodb.store.NumberedItems.key;
import static io.sluice.localaws.dynamodb.store.NumberedItems.message;
import static io.sluice.localaws.dynamodb.store.NumberedItems.number;
import static io.sluice.localaws.dynamodb.store.NumberedItems.numbers;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.localaws.dynamodb.schema.IndexDefinition;
import io.sluice.localaws.dynamodb.schema.KeyAttribute;
import io.sluice.localaws.dynamodb.schema.KeySchema;
import io.sluice.localaws.dynamodb.store.SortedItems.Direction;
import io.sluice.localaws.dynamodb.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SortedItemsTest {

  private static final KeyAttribute ID = new KeyAttribute("id", KeyAttribute.Type.S);
  private static final KeyAttribute NR = new KeyAttribute("nr", KeyAttribute.Type.N);
  private static final KeyAttribute X = new KeyAttribute("x", KeyAttribute.Type.S);
  private static final KeyAttribute Y = new KeyAttribute("y", KeyAttribute.Type.S);
  private static final KeySchema KEY = new KeySchema(List.of(ID), List.of(NR));

  private final ItemStore store = new ItemStore(KEY, List.of());

  @Test
  void queriesRanges() {
    for (int i : new int[] {-12, -1, 0, 2, 10, 100}) {
      store.put(item(i));
      store.put(Map.of("id", new Value.S("other"), "nr", number(i)));
    }

    assertThat(query(SortRange.ALL), is(List.of(-12, -1, 0, 2, 10, 100)));
    assertThat(query(SortRange.equalTo(number(2))), is(List.of(2)));
    assertThat(query(SortRange.equalTo(number(3))), is(List.of()));
    assertThat(range(SortRange.Operator.LESS, 2), is(List.of(-12, -1, 0)));
    assertThat(range(SortRange.Operator.AT_MOST, 2), is(List.of(-12, -1, 0, 2)));
    assertThat(range(SortRange.Operator.MORE, -1), is(List.of(0, 2, 10, 100)));
    assertThat(range(SortRange.Operator.AT_LEAST, -1), is(List.of(-1, 0, 2, 10, 100)));
    assertThat(range(SortRange.Operator.BETWEEN, -5, 10), is(List.of(-1, 0, 2, 10)));
    assertThat(range(SortRange.Operator.BETWEEN, 10, -5), is(List.of()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 1000, 1024, 5000})
  void meetsEachItemInOnePageOfOneSegment(int total) {
    for (int i = 0; i < 3000; i++) {
      store.put(Map.of("id", new Value.S("p" + i / 2), "nr", number(i)));
    }
    List<Integer> met = new ArrayList<>();
    for (int index = 0; index < total; index++) {
      Segment segment = new Segment(index, total);
      Iterator<StoredItem> page = store.items().scan(segment, Optional.empty());
      while (page.hasNext()) {
        Map<String, Value> item = page.next().item();
        met.add(((Value.N) item.get("nr")).number().intValueExact());
        if (met.size() % 7 == 0) {
          page = store.items().scan(segment, Optional.of(store.items().startKeyAfter(item)));
        }
      }
    }

    assertThat(met.stream().sorted().toList(), is(IntStream.range(0, 3000).boxed().toList()));
  }

  @Test
  void queriesWhatBeginsWith() {
    ItemStore texts = new ItemStore(new KeySchema(List.of(ID), List.of(X)), List.of());
    for (String text : List.of("a", "ab", "ab\0", "abc", "ac", "b")) {
      texts.put(Map.of("id", HASH, "x", new Value.S(text)));
    }
    List<String> found = new ArrayList<>();
    texts
        .items()
        .query(
            List.of(HASH),
            SortRange.of(SortRange.Operator.BEGINS_WITH, new Value.S("ab")),
            Direction.BACKWARD,
            Optional.empty())
        .forEachRemaining(item -> found.add(((Value.S) item.item().get("x")).text()));

    assertThat(found, is(List.of("abc", "ab\0", "ab")));
  }

  @Test
  void queriesAnIndexWithSeveralAttributes() {
    store.addIndex(index("by all", List.of(X, Y), List.of(ID, NR), IndexDefinition.Projection.ALL));
    store.put(item(1, "x", "a", "y", "bc"));
    store.put(item(2, "x", "ab", "y", "c"));
    store.put(item(3, "x", "a", "y", "bc"));
    Map<String, Value> other = new HashMap<>(item(2, "x", "a", "y", "bc"));
    other.put("id", new Value.S("q"));
    store.put(other);
    SortedItems index = store.index("by all").get();
    List<Value> hash = List.of(new Value.S("a"), new Value.S("bc"));

    assertThat(
        numbers(index.query(hash, SortRange.ALL, Direction.FORWARD, Optional.empty())),
        is(List.of(1, 3, 2)));
    assertThat(
        numbers(index.query(hash, SortRange.equalTo(HASH), Direction.BACKWARD, Optional.empty())),
        is(List.of(3, 1)));
    assertThat(
        numbers(
            index.query(
                hash,
                new SortRange(List.of(HASH), SortRange.Operator.MORE, List.of(number(1))),
                Direction.FORWARD,
                Optional.empty())),
        is(List.of(3)));
    assertThat(
        numbers(
            index.query(
                hash,
                SortRange.of(SortRange.Operator.MORE, HASH),
                Direction.FORWARD,
                Optional.empty())),
        is(List.of(2)));
  }

  @Test
  void goesOnAfterAKeyThatIsGone() {
    for (int i = 0; i < 6; i++) {
      store.put(item(i));
    }
    store.delete(key(3));

    assertThat(
        numbers(
            store
                .items()
                .query(List.of(HASH), SortRange.ALL, Direction.FORWARD, Optional.of(key(3)))),
        is(List.of(4, 5)));
    assertThat(
        numbers(
            store
                .items()
                .query(List.of(HASH), SortRange.ALL, Direction.BACKWARD, Optional.of(key(3)))),
        is(List.of(2, 1, 0)));
    assertThat(numbers(store.items().scan(Segment.WHOLE, Optional.of(key(3)))), is(List.of(4, 5)));
  }

  @Test
  void checksTheKeyToGoOnAfter() {
    store.addIndex(index("by x", List.of(X), List.of(), IndexDefinition.Projection.ALL));
    store.put(item(1, "x", "a"));
    SortedItems items = store.items();
    SortedItems index = store.index("by x").get();
    String invalid = "The provided starting key is invalid";
    String mismatch = invalid + ": The provided key element does not match the schema";
    Map<String, Value> indexKey = index.startKeyAfter(item(1, "x", "a", "z", "b"));

    assertThat(indexKey, is(item(1, "x", "a")));
    assertThat(scanMessage(items, Map.of("id", HASH)), is(mismatch));
    assertThat(scanMessage(items, Map.of("id", HASH, "nr", HASH)), is(mismatch));
    assertThat(scanMessage(index, key(1)), is(invalid));
    assertThat(scanMessage(index, Map.of("id", HASH, "nr", HASH, "x", HASH)), is(mismatch));
    assertThat(numbers(index.scan(Segment.WHOLE, Optional.of(indexKey))), is(List.of()));
    int segment = (KeyBytes.hash(KeyBytes.of(KEY, key(1))) >>> 31) == 0 ? 1 : 0;
    assertThat(
        message(() -> items.scan(new Segment(segment, 2), Optional.of(key(1)))),
        is(
            invalid
                + ": Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment."
                + " TotalSegments: 2 Segment: "
                + segment));
    assertThat(
        message(
            () ->
                items.query(
                    List.of(new Value.S("q")),
                    SortRange.ALL,
                    Direction.FORWARD,
                    Optional.of(key(1)))),
        is("The provided starting key is outside query boundaries based on provided conditions"));
    assertThat(
        message(
            () ->
                items.query(
                    List.of(HASH),
                    SortRange.of(SortRange.Operator.LESS, number(1)),
                    Direction.FORWARD,
                    Optional.of(key(1)))),
        is("The provided starting key does not match the range key predicate"));
  }

  @Test
  void rejectsRangesWithAnotherNumberOfOperands() {
    assertThat(
        assertThrows(
                IllegalArgumentException.class,
                () -> SortRange.of(SortRange.Operator.BETWEEN, number(1)))
            .getMessage(),
        is("BETWEEN has 1 operands, must have 2"));
  }

  private List<Integer> range(SortRange.Operator operator, int... operands) {
    Value[] values = new Value[operands.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = number(operands[i]);
    }
    return query(SortRange.of(operator, values));
  }

  private List<Integer> query(SortRange range) {
    return numbers(store.items().query(List.of(HASH), range, Direction.FORWARD, Optional.empty()));
  }

  private static String scanMessage(SortedItems items, Map<String, Value> start) {
    return message(() -> items.scan(Segment.WHOLE, Optional.of(start)));
  }
}
