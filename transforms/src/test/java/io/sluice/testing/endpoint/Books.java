/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import java.util.List;
import java.util.Map;

/**
 * What happened since the start, or since the books were reset. Exact: what a client was answered
 * is in it.
 *
 * @param seconds how long that is
 * @param requests how many requests by operation and outcome: OK, PARTLY (some items unprocessed),
 *     the code of an error, or RESET_BEFORE or HANG_BEFORE when nothing was done
 * @param faults how many requests each fault of the settings hit
 * @param itemsAccepted how many puts were done
 * @param itemsAcceptedUnheard how many of these the client never heard of
 * @param itemsStored how many items there are; -1 when that is not known
 * @param itemsUnprocessed how many puts came back as unprocessed
 * @param itemsThrottled how many puts were in batches of which nothing was taken
 * @param itemsRefused how many puts were in requests that were refused as invalid
 * @param itemsRead how many items were read
 * @param writeUnits write units of the table itself
 * @param indexUnits write units of each index
 * @param readUnits read units
 * @param writeUnitsPerSecond write units of the table itself in each second, from the first
 * @param readUnitsPerSecond read units in each second, from the first
 * @param requestsNow how many requests have begun to come and are not answered yet
 * @param requestsAtOnce the most that there were of these
 * @param connectionsNow how many connections are open
 * @param connections how many were opened
 */
public record Books(
    double seconds,
    Map<String, Map<String, Long>> requests,
    Map<Fault, Long> faults,
    long itemsAccepted,
    long itemsAcceptedUnheard,
    long itemsStored,
    long itemsUnprocessed,
    long itemsThrottled,
    long itemsRefused,
    long itemsRead,
    double writeUnits,
    Map<String, Double> indexUnits,
    double readUnits,
    List<Double> writeUnitsPerSecond,
    List<Double> readUnitsPerSecond,
    int requestsNow,
    int requestsAtOnce,
    int connectionsNow,
    long connections) {

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
    return requests(operation, ServiceError.provisionedThroughputExceeded().code());
  }

  public long faults(Fault fault) {
    return faults.getOrDefault(fault, 0L);
  }

  /**
   * The mean of the write units in whole seconds, without the first ones and without the last one,
   * which is not over.
   */
  public double steadyWriteUnitsPerSecond(int firstSeconds) {
    int end = writeUnitsPerSecond.size() - 1;
    if (end <= firstSeconds) {
      throw new IllegalArgumentException(
          "only " + end + " whole seconds, must be more than " + firstSeconds);
    }
    return writeUnitsPerSecond.subList(firstSeconds, end).stream()
        .mapToDouble(Double::doubleValue)
        .average()
        .orElseThrow();
  }
}
