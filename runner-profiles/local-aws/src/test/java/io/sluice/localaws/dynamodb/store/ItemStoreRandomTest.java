/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.store;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.localaws.dynamodb.schema.IndexDefinition;
import io.sluice.localaws.dynamodb.schema.KeyAttribute;
import io.sluice.localaws.dynamodb.schema.KeySchema;
import io.sluice.localaws.dynamodb.schema.Throughput;
import io.sluice.localaws.dynamodb.storage.MemoryStorage;
import io.sluice.localaws.dynamodb.storage.Storage;
import io.sluice.localaws.dynamodb.store.SortedItems.Direction;
import io.sluice.localaws.dynamodb.value.Sizes;
import io.sluice.localaws.dynamodb.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares a store, after many random writes, with a sorted map that is filtered. */
class ItemStoreRandomTest {

  private static final KeySchema KEY =
      new KeySchema(
          List.of(new KeyAttribute("h", KeyAttribute.Type.S)),
          List.of(new KeyAttribute("r", KeyAttribute.Type.N)));

  private static final List<IndexDefinition> INDEXES =
      List.of(
          index(
              "local",
              IndexDefinition.Kind.LOCAL,
              List.of(new KeyAttribute("h", KeyAttribute.Type.S)),
              List.of(new KeyAttribute("n", KeyAttribute.Type.N)),
              IndexDefinition.Projection.KEYS_ONLY),
          index(
              "global",
              IndexDefinition.Kind.GLOBAL,
              List.of(
                  new KeyAttribute("s", KeyAttribute.Type.S),
                  new KeyAttribute("n", KeyAttribute.Type.N)),
              List.of(),
              IndexDefinition.Projection.ALL),
          index(
              "turned",
              IndexDefinition.Kind.GLOBAL,
              List.of(new KeyAttribute("s", KeyAttribute.Type.S)),
              List.of(
                  new KeyAttribute("r", KeyAttribute.Type.N),
                  new KeyAttribute("n", KeyAttribute.Type.N)),
              IndexDefinition.Projection.INCLUDE));

  private static final List<String> WORDS = List.of("a", "ab", "b", "b\0", "é", "zz");

  private ItemStore store;

  /** Has the items by their keys: partition key, then sort key. */
  private final TreeMap<Map<String, Value>, Map<String, Value>> model =
      new TreeMap<>(
          Comparator.<Map<String, Value>, String>comparing(key -> text(key, "h"))
              .thenComparing(key -> number(key, "r")));

  /** Gives a storage with what the one before has, if there is one. */
  Storage storage(Optional<Storage> before) {
    return before.orElseGet(MemoryStorage::new);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void agreesWithASortedMap(long seed) {
    Random random = new Random(seed);
    Optional<Storage> storage = Optional.empty();
    for (int round = 0; round < 10; round++) {
      storage = Optional.of(storage(storage));
      store = new ItemStore(storage.get(), "items", KEY, INDEXES);
      for (int i = 0; i < 200; i++) {
        write(random);
      }
      checkTable(random);
      for (IndexDefinition index : INDEXES) {
        checkIndex(index, random);
      }
    }
    storage.orElseThrow().close();
  }

  private void write(Random random) {
    Map<String, Value> item = randomItem(random);
    Map<String, Value> key = KEY.keyOf(item);
    Optional<Map<String, Value>> before = Optional.ofNullable(model.get(key));
    assertThat(store.get(key), is(before));
    if (random.nextInt(3) == 0) {
      assertThat(store.delete(key).before(), is(before));
      model.remove(key);
    } else if (random.nextBoolean()) {
      assertThat(store.put(item).before(), is(before));
      model.put(key, item);
    } else {
      Change change = store.update(key, present -> Optional.of(item));
      assertThat(change.before(), is(before));
      assertThat(change.after(), is(Optional.of(item)));
      assertThat((long) change.sizeBefore(), is(before.map(Sizes::of).orElse(0L)));
      assertThat((long) change.sizeAfter(), is(Sizes.of(item)));
      model.put(key, item);
    }
  }

  private void checkTable(Random random) {
    SortedItems items = store.items();
    assertThat(items.count(), is((long) model.size()));
    assertThat(items.bytes(), is(size(model.values())));
    assertSame(scan(items, random), model.values());
    for (String word : WORDS) {
      Value hash = new Value.S(word);
      checkQuery(items, List.of(hash), "r", item -> item.get("h").equals(hash), random);
    }
  }

  private void checkIndex(IndexDefinition definition, Random random) {
    SortedItems items = store.index(definition.name()).get();
    List<Map<String, Value>> expected = new ArrayList<>();
    for (Map<String, Value> item : model.values()) {
      if (item.keySet().containsAll(definition.key().names())) {
        Map<String, Value> kept = new LinkedHashMap<>(item);
        if (definition.projection() != IndexDefinition.Projection.ALL) {
          kept.keySet()
              .removeIf(
                  name ->
                      !KEY.names().contains(name)
                          && !definition.key().names().contains(name)
                          && !definition.projected().contains(name));
        }
        expected.add(kept);
      }
    }
    assertThat(items.count(), is((long) expected.size()));
    assertThat(items.bytes(), is(size(expected)));
    assertSame(scan(items, random), expected);

    for (String word : WORDS) {
      Value hash = new Value.S(word);
      if (definition.name().equals("global")) {
        Value number = new Value.N(BigDecimal.valueOf(random.nextInt(5)));
        assertSame(
            pages(
                start ->
                    items.query(List.of(hash, number), SortRange.ALL, Direction.FORWARD, start),
                items,
                random),
            expected.stream()
                .filter(item -> item.get("s").equals(hash) && item.get("n").equals(number))
                .toList());
      } else {
        String name = definition.key().hash().get(0).name();
        String sort = definition.key().range().get(0).name();
        checkIndexQuery(items, expected, hash, name, sort, random);
      }
    }
  }

  private void checkIndexQuery(
      SortedItems items,
      Collection<Map<String, Value>> expected,
      Value hash,
      String name,
      String sort,
      Random random) {
    int low = random.nextInt(10) - 5;
    SortRange range =
        SortRange.of(SortRange.Operator.AT_LEAST, new Value.N(BigDecimal.valueOf(low)));
    List<Map<String, Value>> found =
        pages(start -> items.query(List.of(hash), range, Direction.FORWARD, start), items, random);
    assertSame(
        found,
        expected.stream()
            .filter(item -> item.get(name).equals(hash) && number(item, sort).intValue() >= low)
            .toList());
    assertSorted(found, sort);
    List<Map<String, Value>> backward =
        pages(start -> items.query(List.of(hash), range, Direction.BACKWARD, start), items, random);
    Collections.reverse(backward);
    assertThat(backward, is(found));
  }

  private void checkQuery(
      SortedItems items,
      List<Value> hash,
      String sort,
      Predicate<Map<String, Value>> filter,
      Random random) {
    int a = random.nextInt(60) - 30;
    int b = a + random.nextInt(30);
    Value low = new Value.N(BigDecimal.valueOf(a));
    Value high = new Value.N(BigDecimal.valueOf(b));
    Map<SortRange, Predicate<Integer>> ranges =
        Map.of(
            SortRange.ALL,
            n -> true,
            SortRange.equalTo(low),
            n -> n == a,
            SortRange.of(SortRange.Operator.LESS, low),
            n -> n < a,
            SortRange.of(SortRange.Operator.AT_MOST, low),
            n -> n <= a,
            SortRange.of(SortRange.Operator.MORE, low),
            n -> n > a,
            SortRange.of(SortRange.Operator.AT_LEAST, low),
            n -> n >= a,
            SortRange.of(SortRange.Operator.BETWEEN, low, high),
            n -> n >= a && n <= b);
    ranges.forEach(
        (range, wanted) -> {
          List<Map<String, Value>> expected = new ArrayList<>();
          model
              .values()
              .forEach(
                  item -> {
                    if (filter.test(item) && wanted.test(number(item, sort).intValue())) {
                      expected.add(item);
                    }
                  });
          assertThat(
              pages(start -> items.query(hash, range, Direction.FORWARD, start), items, random),
              is(expected));
          Collections.reverse(expected);
          assertThat(
              pages(start -> items.query(hash, range, Direction.BACKWARD, start), items, random),
              is(expected));
        });
  }

  /** Scans all segments, page by page. */
  private static List<Map<String, Value>> scan(SortedItems items, Random random) {
    int total = 1 + random.nextInt(6);
    List<Map<String, Value>> found = new ArrayList<>();
    for (int index = 0; index < total; index++) {
      Segment segment = new Segment(index, total);
      found.addAll(pages(start -> items.scan(segment, start), items, random));
    }
    return found;
  }

  private static List<Map<String, Value>> pages(
      Function<Optional<Map<String, Value>>, Iterator<StoredItem>> read,
      SortedItems items,
      Random random) {
    List<Map<String, Value>> found = new ArrayList<>();
    Optional<Map<String, Value>> start = Optional.empty();
    while (true) {
      Iterator<StoredItem> page = read.apply(start);
      int limit = 1 + random.nextInt(20);
      for (int i = 0; i < limit && page.hasNext(); i++) {
        StoredItem next = page.next();
        assertThat((long) next.size(), is(Sizes.of(next.item())));
        found.add(next.item());
      }
      if (!page.hasNext()) {
        return found;
      }
      start = Optional.of(items.startKeyAfter(found.get(found.size() - 1)));
    }
  }

  private static void assertSame(
      List<Map<String, Value>> found, Collection<Map<String, Value>> expected) {
    assertThat(found.size(), is(expected.size()));
    assertThat(new HashSet<>(found), is(new HashSet<>(expected)));
  }

  private static void assertSorted(List<Map<String, Value>> found, String sort) {
    List<BigDecimal> numbers = found.stream().map(item -> number(item, sort)).toList();
    assertThat(numbers, is(numbers.stream().sorted().toList()));
  }

  private static Map<String, Value> randomItem(Random random) {
    Map<String, Value> item = new LinkedHashMap<>();
    item.put("h", new Value.S(WORDS.get(random.nextInt(WORDS.size()))));
    item.put("r", new Value.N(BigDecimal.valueOf(random.nextInt(60) - 30)));
    if (random.nextBoolean()) {
      item.put("s", new Value.S(WORDS.get(random.nextInt(WORDS.size()))));
    }
    if (random.nextBoolean()) {
      item.put("n", new Value.N(BigDecimal.valueOf(random.nextInt(5))));
    }
    if (random.nextBoolean()) {
      item.put("x", new Value.S("x".repeat(random.nextInt(50))));
    }
    item.put("z", Value.Bool.of(random.nextBoolean()));
    return item;
  }

  private static long size(Collection<Map<String, Value>> items) {
    return items.stream().mapToLong(Sizes::of).sum();
  }

  private static String text(Map<String, Value> item, String name) {
    return ((Value.S) item.get(name)).text();
  }

  private static BigDecimal number(Map<String, Value> item, String name) {
    return ((Value.N) item.get(name)).number();
  }

  private static IndexDefinition index(
      String name,
      IndexDefinition.Kind kind,
      List<KeyAttribute> hash,
      List<KeyAttribute> range,
      IndexDefinition.Projection projection) {
    return new IndexDefinition(
        name,
        kind,
        new KeySchema(hash, range),
        projection,
        projection == IndexDefinition.Projection.INCLUDE ? List.of("x") : List.of(),
        Throughput.ON_DEMAND);
  }
}
