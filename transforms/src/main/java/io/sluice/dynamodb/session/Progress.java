/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.session;

import io.sluice.capacity.Throttle;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Progress of this JVM's readers or writers of a table: telemetry, not a count to rely on. */
public final class Progress {
  private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
  private static final Map<String, Expected> EXPECTED = new ConcurrentHashMap<>();

  /**
   * Items written and deleted by table, over all sessions, because sessions that have ended are
   * forgotten.
   */
  private static final Map<String, LongAdder> WRITTEN = new ConcurrentHashMap<>();

  private static volatile boolean logged = true;

  /** The kind of work on a table. */
  public enum Kind {
    READ("read", " of about %,d") {
      @Override
      String wrong(Moment now) {
        return String.format(Locale.ROOT, "%,d failed", now.failed);
      }
    },
    COMPARE("compared", " of %,d") {
      @Override
      String wrong(Moment now) {
        return String.format(Locale.ROOT, "%,d failed", now.failed);
      }
    },
    LOOK_UP("looked up", " of %,d") {
      @Override
      String wrong(Moment now) {
        return String.format(Locale.ROOT, "%,d failed", now.failed);
      }
    },
    WRITE("written", " of %,d") {
      @Override
      String wrong(Moment now) {
        return String.format(Locale.ROOT, "%,d items rejected", now.rejected);
      }
    };

    private final String done;
    private final String ofTotal;

    Kind(String done, String ofTotal) {
      this.done = done;
      this.ofTotal = ofTotal;
    }

    abstract String wrong(Moment now);

    /** The past participle for items: "read", "compared", "looked up" or "written". */
    public String done() {
      return done;
    }
  }

  /**
   * The expected work.
   *
   * @param items how many, -1 if not known
   * @param rejected how many were rejected before
   */
  public record Expected(long items, long rejected) {
    static final Expected UNKNOWN = new Expected(-1, 0);
  }

  private final LongAdder done = new LongAdder();
  private final LongAdder deleted = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder failed = new LongAdder();

  Progress() {}

  /**
   * A snapshot of the progress.
   *
   * @param kind the kind of work
   * @param table the table's name
   * @param nanos when it was taken, by the clock of the JVM
   * @param done items that DynamoDB took or deleted, or evaluated for a scan; a filter keeps fewer
   * @param deleted how many of them it deleted
   * @param rejected items that were rejected before, or that DynamoDB refused
   * @param total items to read or write, -1 if not known; for a scan, the number that DynamoDB last
   *     counted, of which this JVM may read only a part
   * @param usage units, and how requests were throttled
   * @param failed requests that failed, including throttled ones
   * @param inFlight requests in flight
   * @param throttledBy the last reason that DynamoDB gave for throttling; empty for none
   */
  public record Moment(
      Kind kind,
      String table,
      long nanos,
      long done,
      long deleted,
      long rejected,
      long total,
      Throttle.Usage usage,
      long failed,
      int inFlight,
      String throttledBy) {

    /** Prints in one line what happened since an earlier moment. */
    public String since(Moment earlier) {
      return String.format(
          Locale.ROOT,
          "%s: %,d%s items %s, %s",
          table,
          done,
          total < 0 ? "" : String.format(Locale.ROOT, kind.ofTotal, total),
          kind.done,
          ratesSince(earlier));
    }

    /** Prints the rates since an earlier moment, and the state: items, units, requests. */
    public String ratesSince(Moment earlier) {
      double seconds = Math.max(1, nanos - earlier.nanos) / (double) TimeUnit.SECONDS.toNanos(1);
      return String.format(
          Locale.ROOT,
          "%,.0f/s, %,.0f of %,.0f units/s, %d in flight, %,d requests throttled%s, %s%s",
          (done - earlier.done) / seconds,
          (usage.consumedTable() - earlier.usage.consumedTable()) / seconds,
          usage.allowed(),
          inFlight,
          usage.throttled(),
          throttledBy.isEmpty() ? "" : " by " + throttledBy,
          deleted == 0 ? "" : String.format(Locale.ROOT, "%,d of the items deleted, ", deleted),
          kind.wrong(this));
    }
  }

  /**
   * Returns how many items this JVM has written to a table or deleted from it, whether or not a job
   * is running; items that were written again count again. Empty when it has not begun to write.
   */
  public static OptionalLong written(String table) {
    LongAdder items = WRITTEN.get(table);
    return items == null ? OptionalLong.empty() : OptionalLong.of(items.sum());
  }

  /** Starts counting the items that are written to a table. */
  public static void countWrites(String table) {
    WRITTEN.computeIfAbsent(table, name -> new LongAdder());
  }

  /**
   * Sets the expected work, so that the progress shows how far it is.
   *
   * @param table the table's name
   * @param items items to write, 0 or more
   * @param rejected how many were rejected before
   */
  public static void expect(String table, long items, long rejected) {
    EXPECTED.put(table, new Expected(items, rejected));
  }

  public static Expected expected(String table) {
    return EXPECTED.getOrDefault(table, Expected.UNKNOWN);
  }

  /** Sets whether each session logs a line every 10 seconds: not when a person sees a live one. */
  public static void setLogged(boolean wanted) {
    logged = wanted;
  }

  /**
   * Logs a line.
   *
   * @param isPart whether other JVMs work on the same table for the same job
   */
  static void log(Moment now, Moment before, boolean isPart) {
    if (logged && LOG.isInfoEnabled()) {
      LOG.info("{}{}", isPart ? "this JVM's part of " : "", now.since(before));
    }
  }

  public void did(long items) {
    done.add(items);
  }

  /** Counts items as {@link #did} does, and also in the sum of the items written to the table. */
  public void wrote(String table, long items) {
    did(items);
    WRITTEN.computeIfAbsent(table, name -> new LongAdder()).add(items);
  }

  /** Counts deletes as {@link #wrote} does, and also by themselves. */
  public void deleted(String table, long items) {
    deleted.add(items);
    wrote(table, items);
  }

  public void refusedOne() {
    refused.increment();
  }

  public void failedOne() {
    failed.increment();
  }

  Moment moment(Kind kind, Expected expected, Watched session) {
    return new Moment(
        kind,
        session.table(),
        session.time().nanos(),
        done.sum(),
        deleted.sum(),
        expected.rejected + refused.sum(),
        expected.items,
        session.throttle().usage(),
        failed.sum(),
        session.permits().inFlight(),
        Objects.toString(session.reasons().last(), ""));
  }
}
