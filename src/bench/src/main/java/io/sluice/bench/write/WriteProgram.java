/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.write;

import io.sluice.bench.harness.Child;

/** The JVM of a contender. */
final class WriteProgram {
  private WriteProgram() {}

  public static void main(String[] args) {
    Child.serve(
        () -> {
          Task task = Task.parse(args);
          return task.contender().writer(task)::write;
        });
  }
}
