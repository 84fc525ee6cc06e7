/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.write;

import static io.sluice.bench.harness.MarkdownTable.whole;

import io.sluice.bench.harness.Fork;
import io.sluice.bench.harness.MarkdownTable;
import io.sluice.bench.harness.Run;
import io.sluice.testing.dynamodb.DynamoDbProcess;

/** Shows whether the engine copes with little memory: many items of 4 KB with a heap of 512 MB. */
public final class MemorySection {
  private static final String HEAP = "512m";
  private static final int WORKERS = 25;
  private static final int ITEM_BYTES = 4_000;
  private static final int MEGABYTE = 1 << 20;

  private final Plan plan;

  public MemorySection(Plan plan) {
    this.plan = plan;
  }

  public void print() throws Exception {
    MarkdownTable table =
        MarkdownTable.of(
            "Memory, " + Contender.ENGINE.label() + ", items of " + whole(ITEM_BYTES) + " bytes",
            "heap",
            "items",
            "accepted",
            "seconds",
            "items/s",
            "most heap after a collection");
    try (DynamoDbProcess endpoint = Endpoints.ample(plan)) {
      Task task = new Task(Contender.ENGINE, endpoint.endpoint(), WORKERS, ITEM_BYTES, 1);
      try (Fork fork = new Fork(endpoint, task, HEAP)) {
        Run run = fork.run(plan.memoryItems());
        table.row(
            HEAP,
            whole(run.items()),
            whole(run.books().itemsAccepted()),
            whole(run.seconds()),
            whole(run.itemsPerSecond()),
            whole((double) run.heapPeak() / MEGABYTE) + " MB");
      }
    }
  }
}
