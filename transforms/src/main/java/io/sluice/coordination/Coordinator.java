/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.coordination;

import io.sluice.capacity.TimeSource;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Divides the budget of a step of a job among the JVMs that work on it, by need: what one does not
 * use, another may. There is one per JVM and step, with a thread of its own.
 *
 * <p>All of them publish their states in a folder, four times a second when they are few, and at
 * least every four seconds. A JVM that runs out of work says so at once, and one that dies loses
 * its share after ten seconds. While the folder cannot be reached, each uses a fixed share.
 */
public final class Coordinator implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);

  private static final long CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** A JVM that sends nothing for this long has no work, although it has workers. */
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** The same for a JVM without workers; Spark makes new ones for each task. */
  private static final long UNUSED_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private static final long WARN_EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final int ID_BYTES = 8;

  private final String folder;
  private final Participant work;
  private final TimeSource time;
  private final Negotiator negotiator;
  private final NeedGauge gauge = new NeedGauge();
  private final Thread thread;
  private volatile boolean closed;

  // Used by the thread only.
  private boolean isMember;
  private boolean hasJoined;
  private long granted;
  private long waited;
  private long waitedLastRound;
  private long busyAt;
  private long roundAt;
  private long nextRound;
  private boolean failing;
  private long warnedAt;

  private Coordinator(String folder, Board board, Participant work, TimeSource time) {
    this.folder = folder;
    this.work = work;
    this.time = time;
    this.negotiator = new Negotiator(newId(), board, time, work::applyShare);
    this.thread = new Thread(this::run, "sluice-coordination");
    thread.setDaemon(true);
  }

  /**
   * Returns a coordinator that is not started yet, and whose share is 0.
   *
   * @param folder of the step, in S3 or on a disk that all JVMs have
   */
  public static Coordinator in(String folder, Participant work) {
    return new Coordinator(folder, new FolderBoard(folder), work, TimeSource.system());
  }

  private static String newId() {
    byte[] id = new byte[ID_BYTES];
    new SecureRandom().nextBytes(id);
    return HexFormat.of().formatHex(id);
  }

  /** Starts to negotiate. */
  public void start() {
    thread.start();
  }

  /** Returns the share of the budget that this JVM may use now. */
  public Allowance allowance() {
    double fixed = work.fixedShare();
    return negotiator.allowance(fixed < 0 ? 1.0 / negotiator.members() : fixed);
  }

  /** Ends it, without waiting. If there still was work, the others take this JVM for dead. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  private void run() {
    while (!closed) {
      try {
        check();
      } catch (IOException | RuntimeException | Error e) {
        failed(e);
      }
      try {
        TimeUnit.NANOSECONDS.sleep(CHECK_NANOS);
      } catch (InterruptedException e) {
        // Only close does that.
        return;
      }
    }
  }

  private void check() throws IOException {
    // Without a request, the share changes when the lease ends.
    work.applyShare();
    long now = time.nanos();
    boolean busy = work.granted() != granted || work.waited() != waited;
    granted = work.granted();
    waited = work.waited();
    if (busy) {
      busyAt = now;
    }
    if (!isMember && busy) {
      join();
    } else if (isMember && now - busyAt > (work.isUsed() ? IDLE_NANOS : UNUSED_NANOS)) {
      leave();
    } else if (isMember && busyAt - roundAt >= 0 && now - nextRound >= 0) {
      // Without a request since the last one there is nothing to say: the job may have ended.
      round();
    }
  }

  private void join() throws IOException {
    if (!hasJoined) {
      LOG.info("The budget is divided among all JVMs by need, through {}", folder);
    }
    hasJoined = true;
    isMember = true;
    gauge.clear();
    negotiator.join();
    round();
  }

  private void leave() throws IOException {
    isMember = false;
    negotiator.leave(demand(0));
  }

  private void round() throws IOException {
    roundAt = time.nanos();
    boolean hadToWait = work.waited() != waitedLastRound;
    waitedLastRound = work.waited();
    try {
      negotiator.round(demand(gauge.next(allowance().share(), work.takeUsed(), hadToWait)));
      failing = false;
    } finally {
      nextRound = time.nanos() + jittered(negotiator.pauseNanos());
      work.applyShare();
    }
  }

  private Demand demand(int need) {
    return new Demand(need, work.weight(), work.items(), work.units(), work.total());
  }

  /** Keeps the members from coming all at the same time. */
  private static long jittered(long nanos) {
    return nanos - nanos / 20 + ThreadLocalRandom.current().nextLong(nanos / 10);
  }

  private void failed(Throwable e) {
    long now = time.nanos();
    if (closed || (failing && now - warnedAt < WARN_EVERY_NANOS)) {
      return;
    }
    failing = true;
    warnedAt = now;
    LOG.warn(
        "{} cannot be used: the budget is divided by fixed shares if that lasts: {}",
        folder,
        e.toString());
  }
}
