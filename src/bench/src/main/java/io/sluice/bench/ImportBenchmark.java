/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench;

import io.sluice.bench.harness.Options;
import io.sluice.bench.harness.Target;
import io.sluice.bench.harness.WholeProcess;
import io.sluice.bench.imports.Importer;
import io.sluice.bench.imports.InputKind;
import io.sluice.testing.dynamodb.DynamoDbProcess;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.TableSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures whole imports, each a process from its start to its end: rows in the shape of taxi
 * trips, 2 % of them duplicates, with a key made by md5, into the embedded DynamoDB in another
 * process.
 *
 * <pre>
 *   [--rows=1000000,4000000] [--inputs=csv,json,dynamodb-json,parquet] [--rounds=5] [--latency=5]
 *   [--heap=512m|default|launcher] [--profiles=direct,flink,spark] [--baseline=FOLDER]
 *   [--sparkJob=src/bench/spark-job/target/spark-job.jar] [--sparkHeap=2g]
 * </pre>
 *
 * The latency of the endpoint is in ms; a heap may also be "default", or "launcher": then each is
 * started by the launcher of its checkout, with its options of the JVM and the archive of classes
 * that a demo left there. The baseline is a checkout of another version, whose jars have been
 * built; without the launcher it has the same options of the JVM. The Spark job reads CSV only. The
 * contenders take turns, and the medians of all rounds are printed.
 */
public final class ImportBenchmark {
  private static final int REPEAT_EVERY = 50;

  private ImportBenchmark() {}

  /** Measures, and prints a table for each number of rows and each format. */
  public static void main(String[] args) throws IOException {
    int rounds = Integer.parseInt(Options.of("rounds", "5", args));
    EndpointSettings settings =
        EndpointSettings.of(TableSettings.of(Target.TABLE, "id:S"))
            .withLatencyMillis(Integer.parseInt(Options.of("latency", "5", args)));
    Path folder = Files.createTempDirectory("import-benchmark");
    for (String count : Options.of("rows", "1000000", args).split(",")) {
      int rows = Integer.parseInt(count);
      Path csv = folder.resolve("trips.csv");
      TripRows.write(csv, rows, REPEAT_EVERY);
      for (String input : Options.of("inputs", "csv", args).split(",")) {
        InputKind kind = InputKind.parse(input);
        Path file = kind.of(csv);
        List<Importer> importers = importers(args).stream().filter(i -> i.reads(kind)).toList();
        print(runs(importers, settings, file, rows, rounds), kind, rows);
        if (!file.equals(csv)) {
          Files.delete(file);
        }
      }
      Files.delete(csv);
    }
    System.exit(0);
  }

  private static Map<String, List<WholeProcess>> runs(
      List<Importer> importers, EndpointSettings settings, Path file, int rows, int rounds)
      throws IOException {
    Map<String, List<WholeProcess>> runs = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Importer importer : importers) {
        try (DynamoDbProcess endpoint = DynamoDbProcess.start(settings)) {
          WholeProcess run =
              WholeProcess.run(
                  importer.command(file, endpoint.endpoint()), file.resolveSibling("output.txt"));
          long stored = endpoint.books().itemsStored();
          if (stored != rows - rows / REPEAT_EVERY) {
            throw new IllegalStateException(importer.name() + ": " + stored + " items are there");
          }
          runs.computeIfAbsent(importer.name(), name -> new ArrayList<>()).add(run);
        }
      }
    }
    return runs;
  }

  private static List<Importer> importers(String... args) {
    List<Importer> importers = new ArrayList<>();
    Path root = Path.of(System.getProperty("sluice.root"));
    String heap = Options.of("heap", "512m", args);
    String baseline = Options.of("baseline", "", args);
    for (String profile : Options.of("profiles", "direct", args).split(",")) {
      importers.add(sluice(profile, profile, root, heap));
      if (!baseline.isEmpty()) {
        importers.add(sluice(profile + ", baseline", profile, Path.of(baseline), heap));
      }
    }
    String sparkJob = Options.of("sparkJob", "", args);
    if (!sparkJob.isEmpty()) {
      importers.add(Importer.sparkJob(root.resolve(sparkJob), Options.of("sparkHeap", "2g", args)));
    }
    return importers;
  }

  private static Importer sluice(String name, String profile, Path checkout, String heap) {
    if (heap.equals("launcher")) {
      return Importer.launcher(name, checkout, profile);
    }
    String jar = "runner-profiles/" + profile + "/target/sluice-" + profile + ".jar";
    return Importer.sluice(name, checkout.resolve(jar), heap);
  }

  private static void print(Map<String, List<WholeProcess>> runs, InputKind kind, int rows) {
    WholeProcess.print(
        "Imports of %,d rows of %s, medians of whole processes".formatted(rows, kind),
        "row",
        runs,
        rows);
  }
}
