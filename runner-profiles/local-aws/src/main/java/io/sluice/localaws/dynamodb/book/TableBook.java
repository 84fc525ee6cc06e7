/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.book;

import io.sluice.localaws.dynamodb.capacity.Consumed;
import java.util.Map;
import java.util.TreeMap;

/** Keeps the books of one table. Not safe for several threads at once. */
final class TableBook {

  private final Map<String, Map<String, Long>> requests = new TreeMap<>();
  private final Map<String, Long> throttles = new TreeMap<>();
  private final LongSet keys = new LongSet();
  private final Series write = new Series();
  private final Series read = new Series();
  private final Map<String, Series> indexWrite = new TreeMap<>();
  private final Map<String, Series> indexRead = new TreeMap<>();
  private long put;
  private long deleted;
  private long itemsRead;
  private long unheard;
  private long unprocessed;
  private long throttled;

  /** Enters what a request did of which {@code outcome} came. */
  void enter(Entry.TableEntry entry, String operation, Bookkeeper.Outcome outcome, int second) {
    Bookkeeper.count(requests, operation, outcome.name());
    for (Entry.Line line : entry.lines()) {
      enter(line, outcome, second);
    }
    for (String reason : entry.refused()) {
      if (!reason.isEmpty()) {
        throttles.merge(reason, 1L, Long::sum);
      }
    }
    if (outcome.isDone()) {
      unprocessed += entry.refused().size();
    } else {
      throttled += entry.refused().size();
    }
  }

  private void enter(Entry.Line line, Bookkeeper.Outcome outcome, int second) {
    switch (line.kind()) {
      case PUT -> {
        put++;
        keys.add(line.key());
      }
      case DELETE -> deleted++;
      case READ -> itemsRead += line.items();
      case UNCHANGED -> {}
    }
    if (line.kind() == Entry.Kind.READ) {
      add(read, indexRead, line.consumed(), second);
    } else {
      add(write, indexWrite, line.consumed(), second);
      unheard += outcome.isHeard() ? 0 : line.items();
    }
  }

  private static void add(Series own, Map<String, Series> indexes, Consumed consumed, int second) {
    double units = consumed.units();
    for (double local : consumed.local().values()) {
      units += local;
    }
    own.add(second, units);
    consumed
        .global()
        .forEach(
            (name, more) ->
                indexes.computeIfAbsent(name, unknown -> new Series()).add(second, more));
  }

  TableBooks books() {
    return new TableBooks(
        Bookkeeper.copy(requests),
        put,
        deleted,
        itemsRead,
        unheard,
        unprocessed,
        throttled,
        keys.size(),
        Map.copyOf(throttles),
        write.books(),
        read.books(),
        books(indexWrite),
        books(indexRead));
  }

  private static Map<String, TableBooks.UnitBooks> books(Map<String, Series> indexes) {
    Map<String, TableBooks.UnitBooks> books = new TreeMap<>();
    indexes.forEach((name, series) -> books.put(name, series.books()));
    return books;
  }
}
