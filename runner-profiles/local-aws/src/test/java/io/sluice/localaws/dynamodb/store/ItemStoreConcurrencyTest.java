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
import io.sluice.localaws.dynamodb.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ItemStoreConcurrencyTest {

  private static final int THREADS = 4;
  private static final int WRITES = 4000;

  private static final KeySchema KEY =
      new KeySchema(List.of(new KeyAttribute("id", KeyAttribute.Type.N)), List.of());

  private static final IndexDefinition INDEX =
      new IndexDefinition(
          "by value",
          IndexDefinition.Kind.GLOBAL,
          new KeySchema(
              List.of(new KeyAttribute("value", KeyAttribute.Type.N)),
              List.of(new KeyAttribute("id", KeyAttribute.Type.N))),
          IndexDefinition.Projection.ALL,
          List.of(),
          Throughput.ON_DEMAND);

  private final ItemStore store = new ItemStore(KEY, List.of(INDEX));

  @Test
  void keepsTheIndexInStepWithPutsAndDeletesOfManyThreads() throws Exception {
    run(
        thread -> {
          Random random = new Random(thread);
          for (int i = 0; i < WRITES; i++) {
            int id = random.nextInt(50);
            if (random.nextInt(3) == 0) {
              store.delete(key(id));
            } else {
              store.put(item(id, random.nextInt(10)));
            }
          }
        });

    Set<Map<String, Value>> items = new HashSet<>(all(store.items()));
    List<Map<String, Value>> indexed = all(store.index("by value").get());
    assertThat(new HashSet<>(indexed), is(items));
    assertThat(indexed.size(), is(items.size()));
    assertThat(store.items().count(), is((long) items.size()));
    assertThat(store.index("by value").get().count(), is((long) items.size()));
    assertThat(store.index("by value").get().bytes(), is(store.items().bytes()));
  }

  @Test
  void losesNoUpdate() throws Exception {
    run(
        thread -> {
          for (int i = 0; i < WRITES; i++) {
            int id = i % 3;
            store.update(
                key(id),
                before ->
                    Optional.of(
                        item(id, before.map(ItemStoreConcurrencyTest::value).orElse(0) + 1)));
          }
        });

    assertThat(
        all(store.items()).stream().mapToInt(ItemStoreConcurrencyTest::value).sum(),
        is(THREADS * WRITES));
  }

  @Test
  void movesAmountsBetweenPartitionsExclusively() throws Exception {
    for (int id = 0; id < 20; id++) {
      store.put(item(id, 100));
    }
    run(
        thread -> {
          Random random = new Random(thread);
          for (int i = 0; i < WRITES; i++) {
            int from = random.nextInt(20);
            int to = random.nextInt(20);
            store.exclusively(
                List.of(key(from), key(to)),
                () -> {
                  add(from, -1);
                  return add(to, 1);
                });
          }
        });

    assertThat(
        all(store.items()).stream().mapToInt(ItemStoreConcurrencyTest::value).sum(), is(2000));
  }

  @Test
  void meetsEachItemThatStaysOnceWhileOthersComeAndGo() throws Exception {
    for (int id = 0; id < 500; id++) {
      store.put(item(id, id % 10));
    }
    AtomicInteger scans = new AtomicInteger();
    run(
        thread -> {
          if (thread == 0) {
            for (int i = 0; i < 40; i++) {
              assertMeetsAll(store.items(), 1 + i % 4);
              assertMeetsAll(store.index("by value").get(), 1 + i % 4);
              scans.incrementAndGet();
            }
          } else {
            Random random = new Random(thread);
            for (int i = 0; i < WRITES; i++) {
              int id = 500 + random.nextInt(1000);
              store.put(item(id, random.nextInt(10)));
              store.delete(key(id));
            }
          }
        });

    assertThat(scans.get(), is(40));
  }

  @Test
  void fillsAnIndexWhileOthersWrite() throws Exception {
    store.removeIndex("by value");
    run(
        thread -> {
          if (thread == 0) {
            store.addIndex(INDEX);
          } else {
            for (int i = 0; i < WRITES; i++) {
              store.put(item(thread * WRITES + i, i % 7));
            }
          }
        });

    assertThat(store.items().count(), is((THREADS - 1L) * WRITES));
    assertThat(
        new HashSet<>(all(store.index("by value").get())), is(new HashSet<>(all(store.items()))));
  }

  private Map<String, Value> add(int id, int amount) {
    Map<String, Value> item = item(id, value(store.get(key(id)).get()) + amount);
    store.put(item);
    return item;
  }

  private static void assertMeetsAll(SortedItems items, int total) {
    List<Integer> met = new ArrayList<>();
    for (int index = 0; index < total; index++) {
      Iterator<StoredItem> segment = items.scan(new Segment(index, total), Optional.empty());
      while (segment.hasNext()) {
        int id = ((Value.N) segment.next().item().get("id")).number().intValueExact();
        if (id < 500) {
          met.add(id);
        }
      }
    }
    assertThat(met.size(), is(500));
    assertThat(new HashSet<>(met).size(), is(500));
  }

  private static void run(Work work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int number = thread;
        tasks.add(
            () -> {
              work.run(number);
              return null;
            });
      }
      for (Future<Void> future : threads.invokeAll(tasks)) {
        future.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private interface Work {
    void run(int thread);
  }

  private static List<Map<String, Value>> all(SortedItems items) {
    List<Map<String, Value>> found = new ArrayList<>();
    items.scan(Segment.WHOLE, Optional.empty()).forEachRemaining(item -> found.add(item.item()));
    return found;
  }

  private static int value(Map<String, Value> item) {
    return ((Value.N) item.get("value")).number().intValueExact();
  }

  private static Map<String, Value> key(int id) {
    return Map.of("id", number(id));
  }

  private static Map<String, Value> item(int id, int value) {
    return Map.of("id", number(id), "value", number(value));
  }

  private static Value number(int number) {
    return new Value.N(BigDecimal.valueOf(number));
  }
}
