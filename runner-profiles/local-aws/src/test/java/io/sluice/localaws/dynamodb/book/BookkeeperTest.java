/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.book;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.localaws.dynamodb.book.Bookkeeper.Outcome;
import io.sluice.localaws.dynamodb.book.Bookkeeper.Outcome.Hearing;
import io.sluice.localaws.dynamodb.capacity.Consumed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BookkeeperTest {

  private static final Outcome OK = new Outcome(Books.OK, Hearing.HEARD);

  private Instant now = Instant.ofEpochSecond(1_700_000_000);
  private final Bookkeeper books = new Bookkeeper(() -> now);

  private void after(long millis) {
    now = now.plus(Duration.ofMillis(millis));
  }

  private static Consumed units(double table, double index) {
    return new Consumed("t", table, Map.of("local", 1.0), Map.of("g", index));
  }

  @Test
  void countsUnitsBySecond() {
    Entry first = new Entry("BatchWriteItem");
    first.put("t", 1, units(2, 3));
    first.delete("t", units(4, 5));
    first.read("t", 7, Consumed.ofTable("t", 0.5));
    books.enter(first, OK);
    after(2999);
    Entry second = new Entry("BatchWriteItem");
    second.put("t", 1, units(10, 20));
    books.enter(second, OK);
    TableBooks table = books.books().table("t");
    assertThat(table.write().perSecond(), is(List.of(8.0, 0.0, 11.0)));
    assertThat(table.write().total(), is(19.0));
    assertThat(table.write().between(0, 2), is(8.0));
    assertThat(table.indexWrite().get("g").perSecond(), is(List.of(8.0, 0.0, 20.0)));
    assertThat(table.read().perSecond(), is(List.of(0.5)));
    assertThat(table.itemsPut(), is(2L));
    assertThat(table.itemsDeleted(), is(1L));
    assertThat(table.itemsRead(), is(7L));
    assertThat(table.distinctKeys(), is(1L));
    assertThat(books.books().seconds(), is(2.999));
  }

  @Test
  void tellsWhatWasRefusedFromWhatWasLeft() {
    Entry partly = new Entry("BatchWriteItem");
    partly.put("t", 1, units(1, 1));
    partly.refused("t", "Why");
    partly.refused("t", "");
    books.enter(partly, new Outcome(Books.PARTLY, Hearing.UNHEARD));
    Entry refused = new Entry("BatchWriteItem");
    refused.refused("t", "Why");
    books.enter(refused, new Outcome("ThrottlingException", Hearing.HEARD));
    TableBooks table = books.books().table("t");
    assertThat(table.itemsUnprocessed(), is(2L));
    assertThat(table.itemsThrottled(), is(1L));
    assertThat(table.itemsUnheard(), is(1L));
    assertThat(table.throttles(), is(Map.of("Why", 2L)));
    assertThat(
        table.requests(),
        is(Map.of("BatchWriteItem", Map.of("PARTLY", 1L, "ThrottlingException", 1L))));
    assertThat(books.books().requests("BatchWriteItem"), is(2L));
  }

  @Test
  void countsRequestsAndConnectionsAtTheSameTime() {
    books.connected();
    books.connected();
    books.began();
    books.began();
    books.ended();
    books.disconnected();
    books.began();
    Books open = books.books();
    assertThat(open.requestsNow(), is(2));
    assertThat(open.requestsAtOnce(), is(2));
    assertThat(open.connectionsNow(), is(1));
    assertThat(open.connections(), is(2L));
  }

  @Test
  void beginsAnew() {
    Entry entry = new Entry("PutItem");
    entry.put("t", 1, units(1, 1));
    books.enter(entry, OK);
    books.fault("CUT");
    books.connected();
    books.began();
    after(5000);
    books.reset();
    after(1500);
    books.enter(entry, OK);
    Books anew = books.books();
    assertThat(anew.faults(), is(Map.of()));
    assertThat(anew.requests(), is(Map.of("PutItem", Map.of("OK", 1L))));
    assertThat(anew.table("t").write().perSecond(), is(List.of(0.0, 2.0)));
    assertThat(anew.table("other").write().total(), is(0.0));
    assertThat(anew.seconds(), is(1.5));
    assertThat(anew.requestsAtOnce(), is(1));
    assertThat(anew.connections(), is(1L));
  }

  @Test
  void countsDifferentNumbers() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    LongSet set = new LongSet();
    Set<Long> expected = new TreeSet<>();
    for (int i = 0; i < 20_000; i++) {
      long number = random.nextInt(4) == 0 ? random.nextInt(3000) : random.nextLong();
      set.add(number);
      expected.add(number);
    }
    assertThat("seed " + seed, set.size(), is(expected.size()));
  }
}
