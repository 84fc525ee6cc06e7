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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

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
    Path folder = Files.createTempDirectory("sluice-bench");
    try (DynamoDbProcess endpoint = Endpoints.ampleOnDisk(folder, plan)) {
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
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    }
  }
}
