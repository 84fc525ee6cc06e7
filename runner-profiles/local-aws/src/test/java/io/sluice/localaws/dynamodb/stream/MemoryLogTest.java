/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.stream;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.localaws.dynamodb.store.Change;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MemoryLogTest {

  private static StreamRecord record(long sequence, int size) {
    return new StreamRecord(
        sequence,
        0,
        StreamRecord.Event.INSERT,
        Change.Cause.REQUEST,
        size,
        new byte[0],
        Optional.empty(),
        Optional.empty());
  }

  private static List<Long> read(RecordLog log, long from, int limit, long maxBytes) {
    return log.read(from, limit, maxBytes).stream().map(StreamRecord::sequence).toList();
  }

  @Test
  void readsFromASequenceNumberThatNoRecordHas() {
    RecordLog log = new MemoryLog();
    List.of(3L, 5L, 8L).forEach(sequence -> log.append(record(sequence, 1)));
    assertThat(read(log, 0, 10, 100), is(List.of(3L, 5L, 8L)));
    assertThat(read(log, 4, 10, 100), is(List.of(5L, 8L)));
    assertThat(read(log, 5, 1, 100), is(List.of(5L)));
    assertThat(read(log, 9, 10, 100), is(List.of()));
    assertThat(log.hasFrom(8), is(true));
    assertThat(log.hasFrom(9), is(false));
  }

  @Test
  void endsAPageBeforeItIsTooLarge() {
    RecordLog log = new MemoryLog();
    List.of(1L, 2L, 3L).forEach(sequence -> log.append(record(sequence, 10)));
    assertThat(read(log, 0, 10, 20), is(List.of(1L, 2L)));
    assertThat(read(log, 0, 10, 9), is(List.of(1L)));
  }

  @Test
  void keepsWhatAQueueKeeps() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      RecordLog log = new MemoryLog();
      Deque<Long> expected = new ArrayDeque<>();
      long sequence = 0;
      for (int step = 0; step < 2_000; step++) {
        boolean growing = step / 400 % 2 == 0;
        if (random.nextInt(10) < (growing ? 7 : 3)) {
          sequence += 1 + random.nextInt(3);
          log.append(record(sequence, 1));
          expected.add(sequence);
        } else if (!expected.isEmpty()) {
          log.dropOldest();
          expected.remove();
        }
        long from = sequence - random.nextInt(60);
        assertThat("seed " + seed, log.size(), is(expected.size()));
        assertThat(
            "seed " + seed,
            read(log, from, 7, Long.MAX_VALUE),
            is(expected.stream().filter(each -> each >= from).limit(7).toList()));
      }
    }
  }
}
