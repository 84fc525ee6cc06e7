/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb;

import io.sluice.capacity.Throttle;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the readers of this JVM have read of a table so far: telemetry, not a count to rely on. */
public final class ReadProgress {
  private static final Logger LOG = LoggerFactory.getLogger(ReadProgress.class);
  private static volatile boolean logged = true;

  private final LongAdder read = new LongAdder();
  private final LongAdder evaluated = new LongAdder();
  private final LongAdder failed = new LongAdder();

  ReadProgress() {}

  /**
   * A moment of it.
   *
   * @param table the table's name
   * @param nanos when this was, by the clock of the JVM
   * @param read items that DynamoDB gave
   * @param evaluated items that it looked at; a filter keeps fewer
   * @param total items that DynamoDB counted in the table within the last six hours or so, -1 when
   *     that is not known; this JVM may read only a part of them
   * @param usage units, and how requests were throttled
   * @param failed requests that failed, throttled ones included
   * @param inFlight requests on their way
   */
  public record Moment(
      String table,
      long nanos,
      long read,
      long evaluated,
      long total,
      Throttle.Usage usage,
      long failed,
      int inFlight) {

    /** One line of what happened since an earlier moment. */
    public String since(Moment earlier) {
      return String.format(
          Locale.ROOT,
          "%s: %,d%s items read, %s",
          table,
          evaluated,
          total < 0 ? "" : String.format(Locale.ROOT, " of about %,d", total),
          ratesSince(earlier));
    }

    /** The rates since an earlier moment, and the state: items, units, requests. */
    public String ratesSince(Moment earlier) {
      double seconds = Math.max(1, nanos - earlier.nanos) / (double) TimeUnit.SECONDS.toNanos(1);
      return String.format(
          Locale.ROOT,
          "%,.0f/s, %,.0f of %,.0f units/s, %d in flight, %,d requests throttled, %,d failed",
          (evaluated - earlier.evaluated) / seconds,
          (usage.consumedTable() - earlier.usage.consumedTable()) / seconds,
          usage.allowed(),
          inFlight,
          usage.throttled(),
          failed);
    }
  }

  /** A moment of each table that this JVM reads. */
  public static List<Moment> inThisJvm() {
    return ScanSession.moments();
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

  void readPage(int items, long looked) {
    read.add(items);
    evaluated.add(looked);
  }

  void failedOne() {
    failed.increment();
  }

  Moment moment(ScanSession session) {
    return new Moment(
        session.table(),
        session.time().nanos(),
        read.sum(),
        evaluated.sum(),
        session.spec().items() > 0 ? session.spec().items() : -1,
        session.throttle().usage(),
        failed.sum(),
        session.places().inFlight());
  }
}
