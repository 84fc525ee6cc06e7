/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.feed;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Walks the shards of a stream, parents first, and repeats what their records say. */
final class Replay {

  private final Client client;
  private final String arn;
  private final String name;
  private final Map<Object, Object> items = new HashMap<>();
  private final Map<Object, String> numbers = new HashMap<>();
  private final Map<String, String> iterators = new HashMap<>();
  private final Set<String> done = new HashSet<>();
  private final Set<Object> ids = new HashSet<>();
  private int expired;

  /** Starts with no items; {@code name} says in failures which run it was. */
  Replay(Client client, String arn, String name) {
    this.client = client;
    this.arn = arn;
    this.name = name;
  }

  /** Gives the items by their keys. */
  Map<Object, Object> items() {
    return items;
  }

  /** Counts the deletions that were not asked for. */
  int expired() {
    return expired;
  }

  /** Counts the shards that were read to their ends. */
  int shards() {
    return done.size();
  }

  /** Reads a page of each shard whose parent was read to its end; reports whether any is left. */
  boolean step() {
    List<Map<?, ?>> shards = client.shards(arn);
    Set<Object> listed = new HashSet<>();
    shards.forEach(shard -> listed.add(shard.get("ShardId")));
    boolean left = false;
    for (Map<?, ?> shard : shards) {
      String id = (String) shard.get("ShardId");
      Object parent = shard.get("ParentShardId");
      if (!done.contains(id)) {
        left = true;
        if (parent == null || !listed.contains(parent) || done.contains(parent)) {
          read(id);
        }
      }
    }
    return left;
  }

  private void read(String shard) {
    String iterator =
        iterators.computeIfAbsent(shard, id -> client.iterator(arn, id, "TRIM_HORIZON"));
    Map<String, Object> page = client.page(iterator);
    Client.records(page).forEach(this::apply);
    Optional<String> next = Client.next(page);
    if (next.isPresent()) {
      iterators.put(shard, next.get());
    } else {
      done.add(shard);
    }
  }

  private void apply(Map<?, ?> record) {
    assertThat(name, ids.add(record.get("eventID")), is(true));
    Map<?, ?> change = (Map<?, ?>) record.get("dynamodb");
    Object key = change.get("Keys");
    Object before = change.get("OldImage");
    Object after = change.get("NewImage");
    assertThat(name, before, is(items.get(key)));
    assertThat(
        name,
        record.get("eventName"),
        is(before == null ? "INSERT" : after == null ? "REMOVE" : "MODIFY"));
    String number = (String) change.get("SequenceNumber");
    assertThat(name, number, greaterThan(numbers.getOrDefault(key, "")));
    numbers.put(key, number);
    if (after == null) {
      items.remove(key);
    } else {
      items.put(key, after);
    }
    if (record.containsKey("userIdentity")) {
      assertThat(name, record.get("eventName"), is("REMOVE"));
      expired++;
    }
  }
}
