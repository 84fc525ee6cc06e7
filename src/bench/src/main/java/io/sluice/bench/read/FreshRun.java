/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.read;

import io.sluice.bench.harness.Fork;
import io.sluice.bench.harness.Run;
import io.sluice.bench.harness.Target;
import io.sluice.testing.dynamodb.DynamoDbProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Reads a table once in a JVM that is started for it. */
final class FreshRun {
  /** The DirectRunner holds the pages of a table while its schema is inferred. */
  private static final String HEAP = "2g";

  /** The launcher's flags for the compiler. */
  private static final List<String> COMPILER =
      List.of(
          "-XX:Tier4InvocationThreshold=50000",
          "-XX:Tier4MinInvocationThreshold=6000",
          "-XX:Tier4CompileThreshold=150000",
          "-XX:Tier4BackEdgeThreshold=400000");

  private static final List<String> ARCHIVES =
      List.of("-Xshare:auto", "-Xlog:disable", "-Xlog:all=error:stderr");

  private FreshRun() {}

  /**
   * Reads a table of this many items.
   *
   * @param flags of the JVM, besides those of Sluice's launcher
   * @throws IOException when the contender fails, or counts another number of items
   * @throws Fork.WrongBooksException when the endpoint returned another number of items
   */
  static Run of(Contender contender, DynamoDbProcess endpoint, long items, String... flags)
      throws IOException {
    Path folder = Files.createTempDirectory("read-benchmark");
    ReadTask task = new ReadTask(contender, new Target(endpoint.endpoint()), folder);
    List<String> all = new ArrayList<>(List.of(flags));
    all.addAll(COMPILER);
    all.addAll(ARCHIVES);
    try (Fork fork = new Fork(endpoint, task, HEAP, all.toArray(String[]::new))) {
      return fork.run(items);
    } finally {
      delete(folder);
    }
  }

  static void delete(Path folder) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(folder)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }
}
