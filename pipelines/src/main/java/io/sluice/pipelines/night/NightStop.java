/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night;

import io.sluice.pipelines.cli.JobException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Ends the steps of a night when it must not go on. Thread-safe. */
final class NightStop {
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Set<StepProcess> running = new HashSet<>();
  private final List<Runnable> whenStopped = new ArrayList<>();
  private @Nullable String reason;

  /** Starts a process. */
  interface Start {
    StepProcess process() throws IOException;
  }

  /**
   * Stops the night: asks all steps that are running to end, which put back what they have raised,
   * and kills those that do not. Returns when they have ended, and it was told.
   */
  void because(String why) {
    List<Runnable> tell;
    List<StepProcess> steps;
    synchronized (this) {
      if (reason != null) {
        return;
      }
      reason = why;
      steps = List.copyOf(running);
      steps.forEach(StepProcess::end);
      stopped.countDown();
      tell = List.copyOf(whenStopped);
    }
    tell.forEach(Runnable::run);
    steps.forEach(StepProcess::awaitEnd);
  }

  /** Has this run when the night is stopped, by whoever stops it. */
  synchronized void whenStopped(Runnable tell) {
    whenStopped.add(tell);
  }

  /** Returns why it is stopped; empty when it is not. */
  synchronized Optional<String> reason() {
    return Optional.ofNullable(reason);
  }

  /**
   * Runs a process to its end, or until the night is stopped; returns its exit code.
   *
   * @throws JobException when the night is stopped, or the process cannot be started
   */
  int run(Start start) throws InterruptedException {
    StepProcess process;
    synchronized (this) {
      check();
      try {
        process = start.process();
      } catch (IOException e) {
        throw new JobException("a step cannot be started: " + e.getMessage(), e);
      }
      running.add(process);
    }
    try {
      int code = process.waitFor();
      check();
      return code;
    } finally {
      synchronized (this) {
        running.remove(process);
      }
    }
  }

  /**
   * Waits, unless the night is stopped meanwhile.
   *
   * @throws JobException when it is stopped
   */
  void pause(Duration time) throws InterruptedException {
    if (stopped.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
      check();
    }
  }

  /**
   * Checks that the night may go on.
   *
   * @throws JobException when it is stopped
   */
  synchronized void check() {
    if (reason != null) {
      throw new JobException("the night is stopped: " + reason);
    }
  }
}
