/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs tasks concurrently, on threads that end with them. */
final class Parallel {

  /** A task, which may fail. */
  interface Task {
    void run() throws IOException;
  }

  private Parallel() {}

  /**
   * Runs all tasks; the first failure, in their order, ends the run once tasks that have begun are
   * done.
   *
   * @param mostThreads the maximum number of threads, 1 or more
   */
  static void run(List<Task> tasks, int mostThreads) throws IOException {
    if (tasks.size() == 1) {
      tasks.get(0).run();
    }
    if (tasks.size() <= 1) {
      return;
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.min(tasks.size(), mostThreads),
            work -> {
              Thread thread = new Thread(work, "sluice-s3");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<?>> running = new ArrayList<>();
      for (Task task : tasks) {
        running.add(
            threads.submit(
                () -> {
                  task.run();
                  return null;
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while S3 was busy", e);
    } finally {
      threads.shutdownNow();
    }
  }
}
