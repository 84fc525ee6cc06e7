/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.ledger;

import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.snapshot.Folder;
import io.sluice.storage.Storage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The right to run a night, which one JVM has at a time. It is an object with a number that is
 * created only if there is none, so of two that want the next number one gets it. Its owner writes
 * a sign of life every {@value #BEAT_SECONDS} seconds, and stops when it could write none for
 * {@value #GIVE_UP_SECONDS}; after {@value #STALE_SECONDS} without one, by the clock of the store,
 * another may take the next number. Where the owner was a process of the same machine that has
 * ended, it may at once.
 */
public final class Lease implements AutoCloseable {
  static final int BEAT_SECONDS = 10;
  static final int GIVE_UP_SECONDS = 40;
  static final int STALE_SECONDS = 60;

  private static final String OWNER = ".json";
  private static final String ALIVE = ".alive";
  private static final String ENDED = ".ended";

  private final Folder folder;
  private final long number;
  private final Instant taken;
  private final Consumer<String> lost;
  private final AtomicBoolean isOver = new AtomicBoolean();
  private final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(
          2,
          task -> {
            Thread thread = new Thread(task, "lease");
            thread.setDaemon(true);
            return thread;
          });

  /** When the last sign of life that was written began to be written. */
  private volatile long beat = System.nanoTime();

  private Lease(Folder folder, long number, Instant taken, Consumer<String> lost) {
    this.folder = folder;
    this.number = number;
    this.taken = taken;
    this.lost = lost;
  }

  /**
   * Takes the lease of a night.
   *
   * @param lost is told, at most once, why the lease is lost while it is open
   * @throws JobException when another has it
   * @throws IOException when the store fails
   */
  public static Lease take(NightLedger ledger, Consumer<String> lost) throws IOException {
    Lease lease = take(ledger.lease(), LeaseOwner.self(), STALE_SECONDS, lost);
    lease.timer.scheduleWithFixedDelay(lease::beat, BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
    lease.timer.scheduleWithFixedDelay(lease::watch, 1, 1, TimeUnit.SECONDS);
    return lease;
  }

  /** Takes a lease without writing signs of life. */
  static Lease take(Folder folder, LeaseOwner self, int staleSeconds, Consumer<String> lost)
      throws IOException {
    TreeMap<String, Long> there = folder.list("*");
    long latest = latest(there);
    Instant now = now(folder);
    if (latest > 0 && !there.containsKey(name(latest, ENDED))) {
      checkOwner(folder, latest, now, staleSeconds);
    }
    String next = folder.path() + name(latest + 1, OWNER);
    if (!Storage.createNew(next, LedgerJson.write(self), LedgerJson.TYPE)) {
      throw new JobException("this night was just started by another");
    }
    if (latest(folder.list("*")) != latest + 1) {
      folder.delete(Set.of(name(latest + 1, OWNER)));
      throw new JobException("this night was just started by another");
    }
    for (long old = latest; old > 0 && there.containsKey(name(old, OWNER)); old--) {
      folder.delete(Set.of(name(old, ALIVE), name(old, ENDED), name(old, OWNER)));
    }
    return new Lease(folder, latest + 1, now, lost);
  }

  private static void checkOwner(Folder folder, long number, Instant now, int staleSeconds)
      throws IOException {
    String file = name(number, OWNER);
    byte[] json =
        folder.read(file).orElseThrow(() -> new JobException("this night has just ended"));
    LeaseOwner owner = LedgerJson.read(json, LeaseOwner.class, folder.path() + file);
    Instant sign = modified(folder, file);
    Instant alive = modified(folder, name(number, ALIVE));
    sign = alive.isAfter(sign) ? alive : sign;
    long silent = Math.max(0, Duration.between(sign, now).toSeconds());
    if (silent < staleSeconds && !owner.hasEnded()) {
      throw new JobException(
          "this night is being run by %s, whose last sign of life is %d s old; after %d s without one it may be started here"
              .formatted(owner, silent, staleSeconds));
    }
  }

  /** Returns when a file was written; the beginning of time when it does not exist. */
  private static Instant modified(Folder folder, String name) throws IOException {
    return Storage.find(folder.path() + name)
        .map(file -> Instant.ofEpochMilli(file.lastModifiedMillis()))
        .orElse(Instant.EPOCH);
  }

  /** Returns the time by the clock of the store. */
  private static Instant now(Folder folder) throws IOException {
    String probe = ".now-" + UUID.randomUUID();
    folder.write(probe, new byte[0], "text/plain");
    try {
      return modified(folder, probe);
    } finally {
      folder.delete(Set.of(probe));
    }
  }

  private static long latest(Map<String, Long> there) {
    return there.keySet().stream()
        .filter(name -> name.matches("[0-9]{12}\\" + OWNER))
        .mapToLong(name -> Long.parseLong(name.substring(0, name.length() - OWNER.length())))
        .max()
        .orElse(0);
  }

  private static String name(long number, String suffix) {
    return String.format(Locale.ROOT, "%012d%s", number, suffix);
  }

  /** Returns when it was taken, by the clock of the store. */
  public Instant taken() {
    return taken;
  }

  /** Writes a sign of life, and finds out whether another has the lease now. */
  void beat() {
    long begin = System.nanoTime();
    try {
      folder.write(name(number, ALIVE), new byte[0], "text/plain");
      if (latest(folder.list("*")) != number) {
        lose("another start of this night has taken over");
      }
      beat = begin;
    } catch (IOException | RuntimeException e) {
      if (isSilent()) {
        lose("no sign of life can be written to the ledger: " + UserMessages.oneLine(e));
      }
    }
  }

  private void watch() {
    if (isSilent()) {
      lose("no sign of life could be written to the ledger for " + GIVE_UP_SECONDS + " s");
    }
  }

  private boolean isSilent() {
    return System.nanoTime() - beat > TimeUnit.SECONDS.toNanos(GIVE_UP_SECONDS);
  }

  private void lose(String why) {
    if (isOver.compareAndSet(false, true)) {
      lost.accept(why);
    }
  }

  /** Gives the lease back, so that the night can be started again at once. */
  @Override
  public void close() {
    timer.shutdownNow();
    if (isOver.compareAndSet(false, true)) {
      try {
        Storage.createNew(folder.path() + name(number, ENDED), new byte[0], LedgerJson.TYPE);
      } catch (IOException | RuntimeException e) {
        // It becomes stale.
        return;
      }
    }
  }
}
