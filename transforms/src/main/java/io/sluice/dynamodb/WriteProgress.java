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

/** What the writers of this JVM have done for a table so far: telemetry, not a count to rely on. */
public final class WriteProgress {
  private final LongAdder written = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder unprocessed = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private volatile long total = -1;

  WriteProgress() {}

  /**
   * A moment of it.
   *
   * @param table the table's name
   * @param nanos when this was, by the clock of the JVM
   * @param written items that DynamoDB took
   * @param refused items that it refused
   * @param total items there are to write, -1 when that is not known
   * @param usage units, and how requests were throttled
   * @param failed requests that failed and were sent again, throttled ones included
   * @param inFlight requests on their way
   */
  public record Moment(
      String table,
      long nanos,
      long written,
      long refused,
      long total,
      Throttle.Usage usage,
      long failed,
      int inFlight) {

    /** One line of what happened since an earlier moment. */
    public String since(Moment earlier) {
      double seconds = Math.max(1, nanos - earlier.nanos) / (double) TimeUnit.SECONDS.toNanos(1);
      return String.format(
          Locale.ROOT,
          "%s: %,d items written, %,.0f items/s, %,.0f of %,.0f units/s, %d in flight,"
              + " %,d throttled, %,d rejected",
          table,
          written,
          (written - earlier.written) / seconds,
          (usage.consumedTable() - earlier.usage.consumedTable()) / seconds,
          usage.allowed(),
          inFlight,
          usage.throttled(),
          refused);
    }
  }

  /** A moment of each table that this JVM writes to. */
  public static List<Moment> inThisJvm() {
    return TableSession.moments();
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

  void leftUnprocessed(int items) {
    unprocessed.add(items);
  }

  void expect(long items) {
    total = items;
  }

  Moment moment(TableSession session) {
    return new Moment(
        session.table(),
        session.time().nanos(),
        written.sum(),
        refused.sum(),
        total,
        session.throttle().usage(),
        failed.sum(),
        session.places().inFlight());
  }
}
