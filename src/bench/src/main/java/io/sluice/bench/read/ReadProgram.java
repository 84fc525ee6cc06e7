/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.read;

import io.sluice.bench.harness.Child;
import io.sluice.bench.harness.Stopwatch;

/** The JVM of a contender. */
final class ReadProgram {
  private ReadProgram() {}

  public static void main(String[] args) {
    Child.serve(
        () -> {
          ReadTask task = ReadTask.parse(args);
          Contender.Reader reader = task.contender().reader(task);
          return (first, count) -> read(reader, count);
        });
  }

  private static void read(Contender.Reader reader, long expected) throws Exception {
    // A reader's time begins before its first item: constructing a pipeline is part of it.
    Stopwatch.begin();
    long items = reader.read();
    if (items != expected) {
      throw new IllegalStateException("counted " + items + " items of " + expected);
    }
  }
}
