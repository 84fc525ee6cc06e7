/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.dynamodb;

import java.util.List;
import java.util.Map;

/**
 * What happened since the start, or since the books were reset. Exact: what a client was answered
 * is in it.
 *
 * @param seconds how long that is
 * @param requests how many requests by operation and outcome: OK, PARTLY (some items unprocessed),
 *     the code of an error, or what else hindered it
 * @param faults how many requests each fault hit, as the server calls it
 * @param itemsAccepted how many puts to the table were done
 * @param itemsAcceptedUnheard how many puts, and reads, were done that the client never heard of
 * @param itemsStored how many different items were put
 * @param itemsUnprocessed how many puts and reads came back as unprocessed
 * @param itemsRead how many items were read
 * @param writeUnitsPerSecond write units of the table itself in each second, from the first
 * @param readUnits read units of the table itself
 * @param writeUnits write units of the table itself
 * @param requestsNow how many requests have begun to come and are not answered yet
 * @param requestsAtOnce the most that there were of these
 */
public record Books(
    double seconds,
    Map<String, Map<String, Long>> requests,
    Map<String, Long> faults,
    long itemsAccepted,
    long itemsAcceptedUnheard,
    long itemsStored,
    long itemsUnprocessed,
    long itemsRead,
    List<Double> writeUnitsPerSecond,
    double readUnits,
    double writeUnits,
    int requestsNow,
    int requestsAtOnce) {

  /** Requests for an operation, whatever came of them. */
  public long requests(String operation) {
    return requests.getOrDefault(operation, Map.of()).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  public long requests(String operation, String outcome) {
    return requests.getOrDefault(operation, Map.of()).getOrDefault(outcome, 0L);
  }

  /** Requests for an operation of which nothing was done for want of capacity. */
  public long throttled(String operation) {
    return requests(operation, Fault.THROTTLED.inBooks())
        + requests(operation, Fault.THROTTLING.inBooks());
  }

  public long faults(Fault fault) {
    return faults.getOrDefault(fault.inBooks(), 0L);
  }
}
