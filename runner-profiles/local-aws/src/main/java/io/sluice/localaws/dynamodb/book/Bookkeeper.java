/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.book;

import io.sluice.localaws.dynamodb.service.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

/** Keeps the {@link Books}. */
public final class Bookkeeper implements Traffic {

  private final InstantSource clock;
  private final Map<String, Map<String, Long>> requests = new TreeMap<>();
  private final Map<String, Long> faults = new TreeMap<>();
  private final Map<String, TableBook> tables = new TreeMap<>();
  private Instant since;
  private int requestsNow;
  private int requestsAtOnce;
  private int connectionsNow;
  private long connections;

  /** Starts the books now, by {@code clock}. */
  public Bookkeeper(InstantSource clock) {
    this.clock = clock;
    this.since = clock.instant();
  }

  /**
   * Says what came of a request.
   *
   * @param name {@link Books#OK}, {@link Books#PARTLY}, or what hindered it
   * @param hearing whether the client hears of it
   */
  public record Outcome(String name, Hearing hearing) {

    /** Tells whether a client gets an answer, whole. */
    public enum Hearing {
      HEARD,
      UNHEARD
    }

    boolean isDone() {
      return name.equals(Books.OK) || name.equals(Books.PARTLY);
    }

    boolean isHeard() {
      return hearing == Hearing.HEARD;
    }
  }

  @Override
  public synchronized void connected() {
    connections++;
    connectionsNow++;
  }

  @Override
  public synchronized void disconnected() {
    connectionsNow--;
  }

  @Override
  public synchronized void began() {
    requestsNow++;
    requestsAtOnce = Math.max(requestsAtOnce, requestsNow);
  }

  @Override
  public synchronized void ended() {
    requestsNow--;
  }

  /** Enters a request, before it is answered. */
  public synchronized void enter(Entry entry, Outcome outcome) {
    count(requests, entry.operation(), outcome.name());
    int second = (int) Duration.between(since, clock.instant()).toSeconds();
    entry
        .tables()
        .forEach(
            (name, did) ->
                tables
                    .computeIfAbsent(name, unknown -> new TableBook())
                    .enter(did, entry.operation(), outcome, Math.max(0, second)));
  }

  /** Counts a request that a fault hits. */
  public synchronized void fault(String kind) {
    faults.merge(kind, 1L, Long::sum);
  }

  /** Begins anew; what is open or under way stays so. */
  public synchronized void reset() {
    requests.clear();
    faults.clear();
    tables.clear();
    since = clock.instant();
    requestsAtOnce = requestsNow;
    connections = connectionsNow;
  }

  /** Gives the books as they are now. */
  public synchronized Books books() {
    Map<String, TableBooks> tableBooks = new TreeMap<>();
    tables.forEach((name, book) -> tableBooks.put(name, book.books()));
    return new Books(
        since,
        Duration.between(since, clock.instant()).toNanos() / 1e9,
        copy(requests),
        Map.copyOf(faults),
        tableBooks,
        requestsNow,
        requestsAtOnce,
        connectionsNow,
        connections);
  }

  static void count(Map<String, Map<String, Long>> counts, String operation, String outcome) {
    counts.computeIfAbsent(operation, unknown -> new TreeMap<>()).merge(outcome, 1L, Long::sum);
  }

  static Map<String, Map<String, Long>> copy(Map<String, Map<String, Long>> counts) {
    Map<String, Map<String, Long>> copy = new TreeMap<>();
    counts.forEach((operation, outcomes) -> copy.put(operation, Map.copyOf(outcomes)));
    return copy;
  }
}
