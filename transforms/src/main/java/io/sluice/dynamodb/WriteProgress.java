/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb;

import io.sluice.capacity.Throttle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the writers of this JVM have done for a table so far: telemetry, not a count to rely on. */
public final class WriteProgress {
  private static final Logger LOG = LoggerFactory.getLogger(WriteProgress.class);
  private static final Map<String, Expected> EXPECTED = new ConcurrentHashMap<>();
  private static volatile boolean logged = true;

  private record Expected(long items, long rejected) {
    static final Expected UNKNOWN = new Expected(-1, 0);
  }

  private final LongAdder written = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder failed = new LongAdder();

  WriteProgress() {}

  /**
   * A moment of it.
   *
   * @param table the table's name
   * @param nanos when this was, by the clock of the JVM
   * @param written items that DynamoDB took
   * @param rejected items that were rejected before, or that it refused
   * @param total items there are to write, -1 when that is not known
   * @param usage units, and how requests were throttled
   * @param failed requests that failed, throttled ones included
   * @param inFlight requests on their way
   */
  public record Moment(
      String table,
      long nanos,
      long written,
      long rejected,
      long total,
      Throttle.Usage usage,
      long failed,
      int inFlight) {

    /** One line of what happened since an earlier moment. */
    public String since(Moment earlier) {
      return String.format(
          Locale.ROOT,
          "%s: %,d%s items written, %s",
          table,
          written,
          total < 0 ? "" : String.format(Locale.ROOT, " of %,d", total),
          ratesSince(earlier));
    }

    /** The rates since an earlier moment, and the state: items, units, requests. */
    public String ratesSince(Moment earlier) {
      double seconds = Math.max(1, nanos - earlier.nanos) / (double) TimeUnit.SECONDS.toNanos(1);
      return String.format(
          Locale.ROOT,
          "%,.0f/s, %,.0f of %,.0f units/s, %d in flight, %,d requests throttled, %,d items rejected",
          (written - earlier.written) / seconds,
          (usage.consumedTable() - earlier.usage.consumedTable()) / seconds,
          usage.allowed(),
          inFlight,
          usage.throttled(),
          rejected);
    }
  }

  /** A moment of each table that this JVM writes to. */
  public static List<Moment> inThisJvm() {
    return WriteSession.moments();
  }

  /**
   * Says what is to come, so that the progress tells how far it is.
   *
   * @param table the table's name
   * @param items items to write, 0 or more
   * @param rejected what was rejected before
   */
  public static void expect(String table, long items, long rejected) {
    EXPECTED.put(table, new Expected(items, rejected));
  }

  /** Whether each session logs a line every 10 seconds: not when a person sees a live one. */
  public static void setLogged(boolean wanted) {
    logged = wanted;
  }

  static void log(Moment now, Moment before) {
    if (logged && LOG.isInfoEnabled()) {
      LOG.info("{}", now.since(before));
    }
  }

  void wrote(int items) {
    written.add(items);
  }

  void refusedOne() {
    refused.increment();
  }

  void failedOne() {
    failed.increment();
  }

  Moment moment(WriteSession session) {
    Expected expected = EXPECTED.getOrDefault(session.table(), Expected.UNKNOWN);
    return new Moment(
        session.table(),
        session.time().nanos(),
        written.sum(),
        expected.rejected + refused.sum(),
        expected.items,
        session.throttle().usage(),
        failed.sum(),
        session.places().inFlight());
  }
}
