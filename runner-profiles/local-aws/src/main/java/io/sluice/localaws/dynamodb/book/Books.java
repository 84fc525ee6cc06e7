/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.book;

import java.time.Instant;
import java.util.Map;

/**
 * Says what happened since the server started, or since the books were reset. They are exact: what
 * a client has been answered is in them.
 *
 * @param since when they begin
 * @param seconds how long that is ago
 * @param requests how many requests by operation and outcome: {@code OK}, {@code PARTLY} (a batch
 *     of which something was not processed), the type of an error, or the name of a fault that left
 *     the request undone and unanswered
 * @param faults how many requests each kind of fault hit, by its name
 * @param tables what happened to each table that a request touched, by its name
 * @param requestsNow how many requests are neither answered nor given up
 * @param requestsAtOnce the most that there were of these at the same time
 * @param connectionsNow how many connections are open
 * @param connections how many connections were opened, with those that were open at the reset
 */
public record Books(
    Instant since,
    double seconds,
    Map<String, Map<String, Long>> requests,
    Map<String, Long> faults,
    Map<String, TableBooks> tables,
    int requestsNow,
    int requestsAtOnce,
    int connectionsNow,
    long connections) {

  /** Names the outcome of a request that was done. */
  public static final String OK = "OK";

  /** Names the outcome of a batch of which something was not processed. */
  public static final String PARTLY = "PARTLY";

  /** Counts the requests for an operation, whatever came of them. */
  public long requests(String operation) {
    return sum(requests.getOrDefault(operation, Map.of()));
  }

  /** Counts the requests for an operation of which this came. */
  public long requests(String operation, String outcome) {
    return requests.getOrDefault(operation, Map.of()).getOrDefault(outcome, 0L);
  }

  /** Counts the requests that a kind of fault hit. */
  public long faults(String kind) {
    return faults.getOrDefault(kind, 0L);
  }

  /** Gives the books of a table, which are empty if no request touched it. */
  public TableBooks table(String name) {
    return tables.getOrDefault(name, TableBooks.EMPTY);
  }

  static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
