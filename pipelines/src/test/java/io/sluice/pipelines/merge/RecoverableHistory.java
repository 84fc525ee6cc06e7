/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.merge;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemDiff;
import io.sluice.item.ItemKey;
import io.sluice.pipelines.table.WholeSnapshot;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.Snapshots;
import io.sluice.testing.AlikeItems;
import io.sluice.testing.RecoverableTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A table that is changed at random, with exports of it, and what it was at some times. */
final class RecoverableHistory {
  private static final int KEYS = 25;

  private final RecoverableTable table;
  private final Random random;
  private final Map<String, Map<String, AttributeValue>> items = new HashMap<>();
  private final TreeMap<Instant, Map<String, Map<String, AttributeValue>>> states = new TreeMap<>();

  RecoverableHistory(Path root, Random random) {
    this.table = new RecoverableTable(root);
    this.random = random;
  }

  RecoverableTable table() {
    return table;
  }

  Instant now() {
    return table.now();
  }

  /** Puts and deletes items, over a quarter of an hour at least, and returns the time after it. */
  Instant live() {
    for (int change = 0; change < 40; change++) {
      table.passes(Duration.ofSeconds(23 + random.nextInt(60)));
      String key = "k" + random.nextInt(KEYS);
      if (random.nextInt(5) < 2) {
        delete(key);
      } else {
        List<Map<String, AttributeValue>> some = AlikeItems.of(random);
        put(key, some.isEmpty() ? Map.of() : some.get(0));
      }
    }
    table.passes(Duration.ofSeconds(1));
    states.put(now(), Map.copyOf(items));
    return now();
  }

  void put(String key, Map<String, AttributeValue> attributes) {
    Map<String, AttributeValue> item = new HashMap<>(attributes);
    item.put("pk", AttributeValue.fromS(key));
    table.put(item);
    items.put(key, item);
  }

  void delete(String key) {
    table.delete("{'pk':{'S':'" + key + "'}}");
    items.remove(key);
  }

  /** Checks that the latest snapshot is the table as it was at that time, and that it says so. */
  Manifest assertLatestIs(Path lake, Instant time) throws IOException {
    Snapshots.Snapshot latest = Snapshots.under(lake.toString()).latest("trips").orElseThrow();
    Manifest manifest = latest.manifest();
    Map<String, Map<String, AttributeValue>> expected = states.get(time);
    for (int number = 0; number < KEYS; number++) {
      String key = "k" + number;
      Map<String, AttributeValue> found = find(latest.place(), manifest, key);
      assertThat(key, found.isEmpty(), is(!expected.containsKey(key)));
      if (!found.isEmpty()) {
        assertThat(key, ItemDiff.differing(expected.get(key), found), is(empty()));
      }
    }
    assertThat(manifest.items(), is((long) expected.size()));
    assertThat(manifest.scan().start(), is(time));
    assertThat(manifest.scan().end(), is(time));
    return manifest;
  }

  /** Whether the latest snapshot has an item. */
  static boolean latestHas(Path lake, String key) throws IOException {
    Snapshots.Snapshot latest = Snapshots.under(lake.toString()).latest("trips").orElseThrow();
    return !find(latest.place(), latest.manifest(), key).isEmpty();
  }

  private static Map<String, AttributeValue> find(String place, Manifest manifest, String key)
      throws IOException {
    try {
      ItemKey wanted = ItemKey.of(Map.of("pk", AttributeValue.fromS(key)), manifest.keySchema());
      return new WholeSnapshot(place, manifest)
          .search()
          .find(wanted, 1)
          .map(found -> found.item())
          .orElse(Map.of());
    } catch (InvalidItemException e) {
      throw new AssertionError(e);
    }
  }
}
