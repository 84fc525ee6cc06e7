/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.stream;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.localaws.dynamodb.schema.KeyAttribute;
import io.sluice.localaws.dynamodb.schema.KeySchema;
import io.sluice.localaws.dynamodb.schema.TableDefinition.StreamView;
import io.sluice.localaws.dynamodb.store.ItemStore;
import io.sluice.localaws.dynamodb.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StreamsTest {

  private static final String TABLE_ARN = "arn:aws:dynamodb:eu-west-1:000000000000:table/t1t";
  private static final KeySchema KEY =
      new KeySchema(List.of(new KeyAttribute("h", KeyAttribute.Type.S)), List.of());
  private static final TableStream.Source SOURCE =
      new TableStream.Source("t1t", TABLE_ARN, "eu-west-1", KEY);

  private final MovableClock clock = MovableClock.standing();
  private final Streams streams = new Streams(clock, StreamSettings.SERVICE);

  private static TableStream.Page put(Streams streams, TableStream stream) {
    ItemStore store = new ItemStore(KEY, List.of());
    store.listen(stream);
    store.put(Map.of("h", new Value.S("a")));
    String shard = stream.shards(Optional.empty(), Optional.empty(), 1).page().get(0).id();
    String iterator = stream.iterator(shard, IteratorType.TRIM_HORIZON, Optional.empty()).text();
    return streams.read(iterator, 10).page();
  }

  @Test
  void givesEachStreamOfATableATimeOfItsOwn() {
    Instant first = streams.beginning(TABLE_ARN);
    streams.open(SOURCE, StreamView.KEYS_ONLY, first);
    assertThrows(
        IllegalStateException.class, () -> streams.open(SOURCE, StreamView.KEYS_ONLY, first));
    assertThat(streams.beginning(TABLE_ARN), is(first.plusMillis(1)));
  }

  @Test
  void staysWithinItsMemoryWhileManyWrite() throws Exception {
    long max = 50_000;
    Streams bounded = new Streams(clock, StreamSettings.SERVICE.withMaxBytes(max).withShards(3));
    List<TableStream> open = new ArrayList<>();
    List<Callable<Void>> writers = new ArrayList<>();
    for (int table = 0; table < 3; table++) {
      TableStream stream =
          bounded.open(SOURCE, StreamView.NEW_AND_OLD_IMAGES, bounded.beginning(TABLE_ARN));
      open.add(stream);
      ItemStore store = new ItemStore(KEY, List.of());
      store.listen(stream);
      for (int writer = 0; writer < 2; writer++) {
        int number = writer;
        writers.add(() -> write(store, number));
      }
    }
    ExecutorService threads = Executors.newFixedThreadPool(writers.size());
    try {
      for (Future<Void> done : threads.invokeAll(writers, 1, TimeUnit.MINUTES)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
    long bytes = open.stream().mapToLong(TableStream::heapBytes).sum();
    assertThat(bytes, is(both(greaterThan(max / 2)).and(lessThanOrEqualTo(max))));
  }

  private static Void write(ItemStore store, int writer) {
    for (int i = 0; i < 1_000; i++) {
      String hash = writer + "-" + i % 50;
      store.put(Map.of("h", new Value.S(hash), "v", new Value.S("x".repeat(i % 300))));
    }
    return null;
  }

  @Test
  void goesOnWithAStreamOfAnotherProcess() {
    TableStream before = streams.open(SOURCE, StreamView.KEYS_ONLY, streams.beginning(TABLE_ARN));
    StreamRecord old = put(streams, before).records().get(0);
    clock.move(Duration.ofMillis(1));
    Streams restarted = new Streams(clock, StreamSettings.SERVICE);
    TableStream after = restarted.open(SOURCE, StreamView.KEYS_ONLY, before.created());
    assertThat(after.arn(), is(before.arn()));
    StreamRecord next = put(restarted, after).records().get(0);
    assertThat(next.sequence(), is(greaterThan(old.sequence())));
  }
}
