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
import io.sluice.localaws.dynamodb.storage.SteppingStorage;
import io.sluice.localaws.dynamodb.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ItemIndexTest {

  private static final KeySchema KEY = schema("id");

  private static final IndexDefinition INDEX =
      new IndexDefinition(
          "index",
          IndexDefinition.Kind.GLOBAL,
          schema("place"),
          IndexDefinition.Projection.INCLUDE,
          List.of("shown"),
          Throughput.ON_DEMAND);

  private final SteppingStorage storage = new SteppingStorage();
  private final ItemStore store = new ItemStore(storage, "items", KEY, List.of(INDEX));

  private static KeySchema schema(String name) {
    return new KeySchema(List.of(new KeyAttribute(name, KeyAttribute.Type.S)), List.of());
  }

  private static Map<String, Value> item(String place, String shown, String hidden) {
    return Map.of(
        "id",
        new Value.S("one"),
        "place",
        new Value.S(place),
        "shown",
        new Value.S(shown),
        "hidden",
        new Value.S(hidden));
  }

  private List<String> places() {
    List<String> places = new ArrayList<>();
    store
        .index("index")
        .orElseThrow()
        .scan(Segment.WHOLE, Optional.empty())
        .forEachRemaining(stored -> places.add(((Value.S) stored.item().get("place")).text()));
    return places;
  }

  @Test
  void hasAnItemAtEachMomentOfItsMove() {
    store.put(item("here", "a", "a"));
    List<Boolean> there = new ArrayList<>();
    storage.onStep(() -> there.add(!places().isEmpty()));
    store.put(item("there", "a", "a"));

    assertThat(there, is(List.of(true, true, true)));
    assertThat(places(), is(List.of("there")));
    assertThat(store.index("index").orElseThrow().count(), is(1L));
  }

  @Test
  void writesOnlyWhatChangesOfIt() {
    store.put(item("here", "a", "a"));
    List<String> changes = new ArrayList<>();
    storage.onStep(() -> changes.add("change"));
    store.put(item("here", "a", "b"));
    assertThat(changes.size(), is(1));

    store.put(item("here", "b", "b"));
    assertThat(changes.size(), is(3));
  }
}
