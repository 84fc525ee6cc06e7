/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night;

import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.night.file.NightTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;

/**
 * Works on some tables at once, each after those that it needs. A table that fails does not keep
 * others from being done, except those that need it.
 *
 * @param parallel how many at once, 1 or more
 */
record TablePool(int parallel) {

  /** Works on one table; returns whether it is done. */
  interface Work {
    boolean on(NightTable table) throws InterruptedException;
  }

  private record Ended(NightTable table, boolean isDone) {}

  /**
   * Works on all tables.
   *
   * @param leftOut is told of each table that is not begun, and of one that it would need
   * @return the tables that are not done
   * @throws JobException the first that the work throws, when all work has ended
   */
  Set<String> run(List<NightTable> tables, Work work, BiConsumer<NightTable, String> leftOut) {
    Set<String> done = new HashSet<>();
    Set<String> failed = new LinkedHashSet<>();
    List<NightTable> open = new ArrayList<>(tables);
    JobException stopped = null;
    int running = 0;
    ExecutorService threads = Executors.newFixedThreadPool(parallel);
    try {
      CompletionService<Ended> ends = new ExecutorCompletionService<>(threads);
      while (true) {
        List<NightTable> ready = stopped != null ? List.of() : ready(open, done, failed, leftOut);
        for (NightTable table : ready) {
          ends.submit(() -> new Ended(table, work.on(table)));
          running++;
        }
        if (running == 0) {
          break;
        }
        try {
          Ended ended = ends.take().get();
          (ended.isDone ? done : failed).add(ended.table.name());
        } catch (ExecutionException e) {
          stopped = stopped == null ? failure(e) : stopped;
        }
        running--;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JobException("the night was interrupted", e);
    } finally {
      threads.shutdownNow();
    }
    if (stopped != null) {
      throw stopped;
    }
    return failed;
  }

  /** Takes the tables that can begin, and those that never can, out of the open ones. */
  private static List<NightTable> ready(
      List<NightTable> open,
      Set<String> done,
      Set<String> failed,
      BiConsumer<NightTable, String> leftOut) {
    // In their order, so that one that is left out is known to those that need it.
    for (NightTable table : List.copyOf(open)) {
      table.after().stream()
          .filter(failed::contains)
          .findFirst()
          .ifPresent(
              other -> {
                failed.add(table.name());
                open.remove(table);
                leftOut.accept(table, other);
              });
    }
    List<NightTable> ready =
        open.stream().filter(table -> done.containsAll(table.after())).toList();
    open.removeAll(ready);
    return ready;
  }

  private static JobException failure(ExecutionException e) {
    return e.getCause() instanceof JobException known
        ? known
        : new JobException("a table cannot be worked on: " + e.getCause(), e.getCause());
  }
}
