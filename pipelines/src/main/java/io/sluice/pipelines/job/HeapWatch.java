/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.failure.Errors;
import io.sluice.pipelines.cli.ExitCode;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/**
 * Ends the program with one line when its heap only thrashes: the JVM throws nothing in that case,
 * and the job would go on forever.
 *
 * <p>A thread of its own polls the time spent in collections and the bytes in use. When collections
 * take most of the time, it mostly wakes just after one, and so sees what that one left. The JVM's
 * notifications of collections would report this directly, but they take memory, and a heap that
 * was really full sent none that counted for twenty seconds.
 */
final class HeapWatch implements AutoCloseable {
  private static final String CONCURRENT = ".*(Cycles|Concurrent.*)";

  /**
   * The number of checks in a window: a tight heap, too, is sometimes full, but not at every check.
   */
  private static final int LOOKS = 40;

  // Everything that the thread needs is allocated beforehand: there is no memory when it acts.
  private final Runtime runtime = Runtime.getRuntime();
  private final GarbageCollectorMXBean[] collectors;
  private final byte[] line =
      ("sluice: the job failed: " + line() + System.lineSeparator()).getBytes(UTF_8);
  // Not closed: it is the program's standard error.
  private final FileOutputStream err = new FileOutputStream(FileDescriptor.err);
  private final long pause;
  private final Thrashing thrashing;
  private final Thread thread = new Thread(this::watch, "heap-watch");
  private long collectedBefore;

  private HeapWatch(long window) {
    this.pause = window / LOOKS;
    this.thrashing = new Thrashing(runtime.maxMemory(), window);
    this.collectors =
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            // Concurrent collectors do not take the threads' time.
            .filter(collector -> !collector.getName().matches(CONCURRENT))
            .toArray(GarbageCollectorMXBean[]::new);
    collectedBefore = collected();
    // Called once now, so that its classes are loaded. Removing a hook that is not registered loads
    // the classes for ending.
    thrashes();
    runtime.removeShutdownHook(thread);
    thread.setDaemon(true);
    thread.start();
  }

  /** Watches the heap of a job; until it is closed it may end the program. */
  static HeapWatch begin() {
    return begin(Thrashing.WINDOW_MILLIS);
  }

  /**
   * Watches the heap; until it is closed it may end the program.
   *
   * @param window for how many milliseconds without pause the heap thrashes before the program is
   *     ended, 40 or more
   */
  static HeapWatch begin(long window) {
    return new HeapWatch(window);
  }

  /** Returns the message for the user. */
  static String line() {
    return "the heap is full, and the JVM does nothing but collect it: "
        + Errors.outOfMemory("Java heap space");
  }

  private void watch() {
    while (true) {
      try {
        TimeUnit.MILLISECONDS.sleep(pause);
        if (thrashes()) {
          end();
        }
      } catch (InterruptedException e) {
        return;
      } catch (OutOfMemoryError e) {
        // Not expected. It checks again.
      }
    }
  }

  private boolean thrashes() {
    // First, before the threads fill what a collection left.
    long used = runtime.totalMemory() - runtime.freeMemory();
    long collected = collected();
    long now = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    long time = collected - collectedBefore;
    collectedBefore = collected;
    return thrashing.after(now - time, now, used);
  }

  /** Returns how many milliseconds collections have taken since the JVM began. */
  private long collected() {
    long millis = 0;
    for (GarbageCollectorMXBean collector : collectors) {
      millis += collector.getCollectionTime();
    }
    return millis;
  }

  /** Not an orderly exit, which would need memory for what it runs. */
  private void end() {
    try {
      err.write(line);
    } catch (IOException e) {
      // Nobody reads it. The exit code shows the failure.
    } finally {
      runtime.halt(ExitCode.FAILED);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
