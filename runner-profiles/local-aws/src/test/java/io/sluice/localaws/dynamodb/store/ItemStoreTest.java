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
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ItemStoreTest {

  private static final KeyAttribute ID = new KeyAttribute("id", KeyAttribute.Type.S);
  private static final KeyAttribute NR = new KeyAttribute("nr", KeyAttribute.Type.N);
  private static final KeyAttribute X = new KeyAttribute("x", KeyAttribute.Type.S);
  private static final KeyAttribute Y = new KeyAttribute("y", KeyAttribute.Type.S);
  private static final KeySchema KEY = new KeySchema(List.of(ID), List.of(NR));

  private final ItemStore store = new ItemStore(KEY, List.of());

  @Test
  void putsGetsAndDeletes() {
    assertThat(store.get(key(1)), is(Optional.empty()));
    assertThat(store.put(item(1, "x", "one")).before(), is(Optional.empty()));
    assertThat(store.get(key(1)), is(Optional.of(item(1, "x", "one"))));
    assertThat(store.put(item(1, "x", "two")).before(), is(Optional.of(item(1, "x", "one"))));
    assertThat(store.items().count(), is(1L));
    // p, 1 in two bytes, two, and the three names.
    assertThat(store.items().bytes(), is(1L + 2 + 3 + 2 + 2 + 1));
    assertThat(store.delete(key(1)).before(), is(Optional.of(item(1, "x", "two"))));
    assertThat(store.delete(key(1)).before(), is(Optional.empty()));
    assertThat(store.get(key(1)), is(Optional.empty()));
    assertThat(store.items().count(), is(0L));
    assertThat(store.items().bytes(), is(0L));
  }

  @Test
  void checksKeysAndItems() {
    Map<String, Value> wrong = Map.of("id", HASH);
    assertThat(
        message(() -> store.get(wrong)), is("The provided key element does not match the schema"));
    assertThat(
        message(() -> store.delete(wrong)),
        is("The provided key element does not match the schema"));
    assertThat(
        message(() -> store.put(wrong)),
        is("One or more parameter values were invalid: Missing the key nr in the item"));
  }

  @Test
  void updatesFromWhatIsThere() {
    Change created = store.update(key(1), before -> Optional.of(item(1, "x", "one")));
    assertThat(created.before(), is(Optional.empty()));
    assertThat(created.after(), is(Optional.of(item(1, "x", "one"))));

    Change changed =
        store.update(
            key(1),
            before -> {
              Map<String, Value> more = new HashMap<>(before.get());
              more.put("y", new Value.S("two"));
              return Optional.of(more);
            });
    assertThat(changed.before(), is(Optional.of(item(1, "x", "one"))));
    assertThat(changed.after(), is(store.get(key(1))));
    assertThat(store.get(key(1)).get().get("y"), is(new Value.S("two")));

    assertThat(store.update(key(1), before -> Optional.empty()).after(), is(Optional.empty()));
    assertThat(store.items().count(), is(0L));
  }

  @Test
  void changesNothingWhenAnUpdateFails() {
    store.put(item(1, "x", "one"));

    assertThrows(
        DynamoDbException.class,
        () ->
            store.update(
                key(1),
                before -> {
                  throw DynamoDbException.conditionalCheckFailed();
                }));
    assertThat(
        assertThrows(
                IllegalArgumentException.class,
                () -> store.update(key(1), before -> Optional.of(item(2, "x", "one"))))
            .getMessage(),
        is("the item must keep its key " + key(1)));
    assertThat(store.get(key(1)), is(Optional.of(item(1, "x", "one"))));
    assertThat(store.get(key(2)), is(Optional.empty()));
  }

  @Test
  void writesSeveralPartitionsExclusively() {
    List<Map<String, Value>> keys =
        List.of(key(1), key(2), Map.of("id", new Value.S("q"), "nr", number(1)));
    String result =
        store.exclusively(
            keys,
            () -> {
              keys.forEach(store::put);
              return "done";
            });

    assertThat(result, is("done"));
    assertThat(store.items().count(), is(3L));
  }

  @Test
  void keepsOnlyItemsWithItsKeyInAnIndex() {
    store.addIndex(index("by x", List.of(X), List.of(Y), IndexDefinition.Projection.ALL));
    store.put(item(1, "x", "one"));
    assertThat(store.index("by x").get().count(), is(0L));

    store.put(item(1, "x", "one", "y", "two", "z", "three"));
    assertThat(scan("by x"), is(List.of(item(1, "x", "one", "y", "two", "z", "three"))));

    store.put(item(1, "y", "two"));
    assertThat(scan("by x"), is(List.of()));
    assertThat(store.index("by x").get().count(), is(0L));
    assertThat(store.index("by x").get().bytes(), is(0L));
  }

  @Test
  void keepsWhatAnIndexProjects() {
    store.addIndex(index("keys", List.of(X), List.of(), IndexDefinition.Projection.KEYS_ONLY));
    store.addIndex(index("some", List.of(X), List.of(), IndexDefinition.Projection.INCLUDE));
    store.put(item(1, "x", "one", "y", "two", "z", "three"));

    assertThat(scan("keys"), is(List.of(item(1, "x", "one"))));
    assertThat(scan("some"), is(List.of(item(1, "x", "one", "z", "three"))));
    // p, 1 in two bytes, one, and the three names.
    assertThat(store.index("keys").get().bytes(), is(1L + 2 + 3 + 2 + 2 + 1));
  }

  @Test
  void fillsANewIndexAndForgetsARemovedOne() {
    store.put(item(1, "x", "b"));
    store.put(item(2, "x", "a"));
    store.put(item(3, "y", "a"));
    store.put(Map.of("id", HASH, "nr", number(4), "x", number(5)));
    store.addIndex(index("by x", List.of(X), List.of(), IndexDefinition.Projection.ALL));

    assertThat(store.index("by x").get().count(), is(2L));
    assertThat(
        message(() -> store.put(Map.of("id", HASH, "nr", number(4), "x", number(5)))),
        is(
            "One or more parameter values were invalid: Type mismatch for Index Key x Expected: S "
                + "Actual: N IndexName: by x"));

    store.removeIndex("by x");
    assertThat(store.index("by x"), is(Optional.empty()));
    store.put(Map.of("id", HASH, "nr", number(4), "x", number(6)));
    assertThat(store.items().count(), is(4L));
  }

  @Test
  void keepsItemsWithTheSameKeyOfAnIndexApart() {
    store.addIndex(index("by x", List.of(X), List.of(), IndexDefinition.Projection.ALL));
    for (int i = 0; i < 5; i++) {
      store.put(item(i, "x", "same"));
    }

    assertThat(store.index("by x").get().count(), is(5L));
    store.delete(key(2));
    assertThat(
        numbers(
            store
                .index("by x")
                .get()
                .query(
                    List.of(new Value.S("same")),
                    SortRange.ALL,
                    Direction.FORWARD,
                    Optional.empty())),
        is(List.of(0, 1, 3, 4)));
  }

  private List<Map<String, Value>> scan(String index) {
    List<Map<String, Value>> found = new ArrayList<>();
    store
        .index(index)
        .get()
        .scan(Segment.WHOLE, Optional.empty())
        .forEachRemaining(item -> found.add(item.item()));
    return found;
  }
}
