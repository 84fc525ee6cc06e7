/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.recovery;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.core.JsonFactory;
import io.sluice.localaws.dynamodb.request.JsonTree;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.table.Tables;
import io.sluice.localaws.dynamodb.value.Value;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Writes at random, and asks what the table was like at all times. */
class TableRecoveryRandomTest {

  private static final int STEPS = 400;
  private static final int PARTS = 7;
  private static final String TABLE =
      "{\"TableName\":\"abc\",\"BillingMode\":\"PAY_PER_REQUEST\",\"KeySchema\":"
          + "[{\"AttributeName\":\"h\",\"KeyType\":\"HASH\"}],\"AttributeDefinitions\":"
          + "[{\"AttributeName\":\"h\",\"AttributeType\":\"N\"}]}";

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private Instant now = Instant.parse("2026-01-02T03:04:05Z");
  private Table table;
  private TableRecovery recovery;

  @BeforeEach
  void create() throws IOException {
    table =
        new Tables(() -> now)
            .create(JsonTree.read(new JsonFactory().createParser(TABLE)), "eu-west-1");
    recovery = new TableRecovery(table.store(), () -> now, 35, Long.MAX_VALUE);
  }

  private static Value number(int number) {
    return new Value.N(BigDecimal.valueOf(number));
  }

  private void write() {
    Value key = number(random.nextInt(20));
    if (random.nextInt(3) == 0) {
      table.store().delete(Map.of("h", key));
    } else {
      table.store().put(Map.of("h", key, "v", number(random.nextInt(3))));
    }
  }

  private Map<Value, Map<String, Value>> items(Snapshot snapshot) {
    Map<Value, Map<String, Value>> items = new HashMap<>();
    for (int part = 0; part < snapshot.parts(); part++) {
      for (Map<String, Value> item : snapshot.read(part)) {
        assertThat("seed " + seed, items.put(item.get("h"), item) == null, is(true));
      }
    }
    return items;
  }

  @Test
  void tellsTheItemsOfEveryTimeAndWhatChangedBetweenAnyTwo() {
    List<Instant> times = new ArrayList<>();
    List<Map<Value, Map<String, Value>>> states = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      times.add(now);
      states.add(items(recovery.at(table, Optional.empty(), PARTS)));
      write();
      now = now.plus(Duration.ofNanos(1_000L * (1 + random.nextInt(1000))));
    }
    for (int step = 0; step < STEPS; step++) {
      assertThat(
          "seed " + seed + " step " + step,
          items(recovery.at(table, Optional.of(times.get(step)), PARTS)),
          is(states.get(step)));
      int later = step + random.nextInt(STEPS - step);
      Map<Value, Map<String, Value>> replayed = new HashMap<>(states.get(step));
      for (NetChange change : recovery.between(times.get(step), times.get(later))) {
        Value key = change.key().get("h");
        assertThat(
            "seed " + seed, change.before(), is(Optional.ofNullable(states.get(step).get(key))));
        replayed.remove(key);
        change.after().ifPresent(item -> replayed.put(key, item));
      }
      assertThat("seed " + seed + " step " + step, replayed, is(states.get(later)));
    }
  }

  @Test
  void readsOneStateWhileOthersWrite() throws InterruptedException {
    for (int i = 0; i < 20; i++) {
      table.store().put(Map.of("h", number(i), "v", number(-1)));
    }
    AtomicBoolean stop = new AtomicBoolean();
    Thread writer =
        new Thread(
            () -> {
              while (!stop.get()) {
                write();
              }
            });
    Snapshot first = recovery.at(table, Optional.empty(), PARTS);
    Map<Value, Map<String, Value>> expected = items(recovery.at(table, Optional.empty(), PARTS));
    writer.start();
    Map<Value, Map<String, Value>> read;
    try {
      while (recovery.between(now, now.plusSeconds(1)).size() < 5) {
        Thread.onSpinWait();
      }
      read = items(first);
    } finally {
      stop.set(true);
      writer.join();
    }
    assertThat("seed " + seed, read, is(expected));
  }
}
