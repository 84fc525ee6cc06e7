/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.book;

import java.util.List;
import java.util.Map;

/**
 * Says what happened to a table; see {@link Books}.
 *
 * @param requests how many requests that touched its items, by operation and outcome
 * @param itemsPut how many writes left an item: puts, and updates
 * @param itemsDeleted how many deletes were done, of an item or of none
 * @param itemsRead how many items were read, whether or not they were returned
 * @param itemsUnheard how many writes were done in requests that were never answered whole
 * @param itemsUnprocessed how many writes and reads of batches came back as unprocessed
 * @param itemsThrottled how many writes and reads were refused in requests that were refused whole
 * @param distinctKeys how many different items were put, by a hash of 64 bits
 * @param throttles how many writes and reads were refused by throttling reason
 * @param write units of the table itself, with its local indexes
 * @param read units of the table itself, with its local indexes
 * @param indexWrite units of each global index that consumed any
 * @param indexRead units of each global index that consumed any
 */
public record TableBooks(
    Map<String, Map<String, Long>> requests,
    long itemsPut,
    long itemsDeleted,
    long itemsRead,
    long itemsUnheard,
    long itemsUnprocessed,
    long itemsThrottled,
    long distinctKeys,
    Map<String, Long> throttles,
    UnitBooks write,
    UnitBooks read,
    Map<String, UnitBooks> indexWrite,
    Map<String, UnitBooks> indexRead) {

  /** Is of a table that no request touched. */
  static final TableBooks EMPTY =
      new TableBooks(
          Map.of(),
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          Map.of(),
          UnitBooks.EMPTY,
          UnitBooks.EMPTY,
          Map.of(),
          Map.of());

  /**
   * Says what was consumed.
   *
   * @param total all units
   * @param perSecond units in each second since the books begin, up to the last that has any
   */
  public record UnitBooks(double total, List<Double> perSecond) {

    static final UnitBooks EMPTY = new UnitBooks(0, List.of());

    /** Adds up the units of the seconds from {@code from} up to {@code to}, exclusive. */
    public double between(int from, int to) {
      double sum = 0;
      for (int i = from; i < Math.min(to, perSecond.size()); i++) {
        sum += perSecond.get(i);
      }
      return sum;
    }
  }

  /** Counts the requests for an operation of which this came. */
  public long requests(String operation, String outcome) {
    return requests.getOrDefault(operation, Map.of()).getOrDefault(outcome, 0L);
  }
}
