/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench;

import io.sluice.bench.harness.Launcher;
import io.sluice.bench.harness.Options;
import io.sluice.bench.harness.Target;
import io.sluice.bench.harness.WholeProcess;
import io.sluice.bench.read.CountingRead;
import io.sluice.testing.dynamodb.DynamoDbProcess;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.GeneratedItems;
import io.sluice.testing.dynamodb.TableSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Measures whole exports, each a process from its start to its end: a table of generated items,
 * from the embedded DynamoDB in another process to a snapshot on a disk. Beam's DynamoDBIO, which
 * only counts the items, is measured beside them.
 *
 * <pre>
 *   [--items=1000000] [--itemBytes=200] [--attributes=9] [--rounds=5] [--latency=5] [--heap=1g]
 *   [--format=PARQUET] [--profiles=direct,flink,spark] [--baseline=FOLDER]
 * </pre>
 *
 * The latency of the endpoint is in ms. The baseline is a checkout of another version, whose jars
 * have been built. Each contender has an archive of its classes, as the launcher has for the
 * DirectRunner; on Flink and Spark there is none. The contenders take turns, and the medians of all
 * rounds are printed.
 */
public final class ExportBenchmark {
  /** Units a second that nobody comes close to. */
  private static final long AMPLE = 10_000_000;

  /** A table of this size is enough to load the classes. */
  private static final int FEW_ITEMS = 1_000;

  private final Path folder;
  private final Map<String, List<String>> contenders = new LinkedHashMap<>();

  private ExportBenchmark(Path folder) {
    this.folder = folder;
  }

  /** Measures, and prints a table. */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("export-benchmark");
    ExportBenchmark benchmark = new ExportBenchmark(folder);
    benchmark.addContenders(args);
    int items = number("items", "1000000", args);
    Map<String, List<WholeProcess>> runs = new LinkedHashMap<>();
    try (DynamoDbProcess few = endpoint(FEW_ITEMS, args);
        DynamoDbProcess all = endpoint(items, args)) {
      for (Map.Entry<String, List<String>> contender : benchmark.contenders.entrySet()) {
        if (benchmark.hasArchive(contender.getKey())) {
          String flag = "-XX:ArchiveClassesAtExit=" + benchmark.archive(contender.getKey());
          benchmark.run(contender.getValue(), few, FEW_ITEMS, flag);
        }
        // The first one also warms up the endpoint.
        benchmark.run(contender.getValue(), all, items, "-Xshare:auto");
      }
      for (int round = number("rounds", "5", args); round > 0; round--) {
        for (Map.Entry<String, List<String>> contender : benchmark.contenders.entrySet()) {
          String name = contender.getKey();
          String flag =
              benchmark.hasArchive(name)
                  ? "-XX:SharedArchiveFile=" + benchmark.archive(name)
                  : "-Xshare:auto";
          runs.computeIfAbsent(name, unused -> new ArrayList<>())
              .add(benchmark.run(contender.getValue(), all, items, flag));
        }
      }
    }
    print(runs, items);
    delete(folder);
    System.exit(0);
  }

  private void addContenders(String... args) {
    String heap = Options.of("heap", "1g", args);
    String baseline = Options.of("baseline", "", args);
    for (String profile : Options.of("profiles", "direct", args).split(",")) {
      String jar = "runner-profiles/" + profile + "/target/sluice-" + profile + ".jar";
      List<String> job =
          List.of(
              "--pipeline=export",
              "--local",
              "--table=" + Target.TABLE,
              "--output=" + folder.resolve("out"),
              "--outputFormat=" + Options.of("format", "PARQUET", args),
              "--readRatio=1",
              "--dynamodbEndpoint=");
      contenders.put(
          profile, java(heap, "-jar", Path.of(System.getProperty("sluice.root"), jar), job));
      if (!baseline.isEmpty()) {
        contenders.put(profile + ", baseline", java(heap, "-jar", Path.of(baseline, jar), job));
      }
    }
    contenders.put(
        "DynamoDBIO.read, counting",
        java(
            heap,
            "-classpath",
            System.getProperty("java.class.path"),
            List.of(CountingRead.class.getName(), "")));
  }

  /** Returns a command whose last argument lacks the endpoint. */
  private static List<String> java(String heap, String how, Object program, List<String> job) {
    List<String> command = new ArrayList<>(Launcher.java(heap));
    command.addAll(List.of(how, program.toString()));
    command.addAll(job);
    return command;
  }

  private boolean hasArchive(String contender) {
    return !contender.startsWith("flink") && !contender.startsWith("spark");
  }

  private Path archive(String contender) {
    return folder.resolve(contender.replace(' ', '-') + ".jsa");
  }

  private static DynamoDbProcess endpoint(int items, String... args) {
    return DynamoDbProcess.start(
        EndpointSettings.of(
                TableSettings.of(Target.TABLE, Target.KEY).withProvisioned(AMPLE, AMPLE))
            .withGenerated(
                new GeneratedItems(
                    items, number("itemBytes", "200", args), number("attributes", "9", args)))
            .withLatencyMillis(number("latency", "5", args)));
  }

  private WholeProcess run(List<String> contender, DynamoDbProcess endpoint, int items, String flag)
      throws IOException {
    List<String> command = new ArrayList<>(contender);
    command.set(command.size() - 1, command.get(command.size() - 1) + endpoint.endpoint());
    command.add(1, flag);
    endpoint.reset();
    WholeProcess run = WholeProcess.run(command, folder.resolve("output.txt"));
    if (endpoint.books().itemsRead() != items) {
      throw new IllegalStateException(endpoint.books().itemsRead() + " items were read");
    }
    delete(folder.resolve("out"));
    return run;
  }

  private static void print(Map<String, List<WholeProcess>> runs, int items) {
    WholeProcess.print(
        "Exports of %,d items, medians of whole processes".formatted(items), "item", runs, items);
  }

  private static int number(String name, String otherwise, String... args) {
    return Integer.parseInt(Options.of(name, otherwise, args));
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(folder)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }
}
