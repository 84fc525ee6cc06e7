/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench;

import io.sluice.bench.harness.MarkdownTable;
import io.sluice.bench.harness.Target;
import io.sluice.bench.harness.WholeProcess;
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
import java.util.function.ToDoubleFunction;

/**
 * Measures whole imports, each a process from its start to its end: CSV rows in the shape of taxi
 * trips, 2 % of them duplicates, with a key made by md5, into the embedded DynamoDB in another
 * process.
 *
 * <pre>
 *   [--rows=1000000] [--rounds=5] [--latency=5] [--heap=512m] [--profiles=direct,flink,spark]
 *   [--baseline=FOLDER]
 * </pre>
 *
 * The latency of the endpoint is in ms. The baseline is a checkout of another version, whose jars
 * have been built. The contenders take turns, and the medians of all rounds are printed.
 */
public final class ImportBenchmark {
  private static final int REPEAT_EVERY = 50;

  /** The options of the launcher. */
  private static final List<String> JVM =
      List.of(
          "-XX:+UseParallelGC",
          "-XX:Tier4InvocationThreshold=50000",
          "-XX:Tier4MinInvocationThreshold=6000",
          "-XX:Tier4CompileThreshold=150000",
          "-XX:Tier4BackEdgeThreshold=400000");

  private ImportBenchmark() {}

  /** Measures, and prints a table. */
  public static void main(String[] args) throws IOException {
    int rows = Integer.parseInt(option("rows", "1000000", args));
    int rounds = Integer.parseInt(option("rounds", "5", args));
    Path folder = Files.createTempDirectory("import-benchmark");
    Path file = folder.resolve("trips.csv");
    TripRows.write(file, rows, REPEAT_EVERY);
    Map<String, Path> jars = jars(option("profiles", "direct", args), option("baseline", "", args));
    Map<String, List<WholeProcess>> runs = new LinkedHashMap<>();
    EndpointSettings settings =
        EndpointSettings.of(TableSettings.of(Target.TABLE, "id:S"))
            .withLatencyMillis(Integer.parseInt(option("latency", "5", args)));
    for (int round = 0; round < rounds; round++) {
      for (Map.Entry<String, Path> jar : jars.entrySet()) {
        try (DynamoDbProcess endpoint = DynamoDbProcess.start(settings)) {
          List<String> command = command(jar.getValue(), option("heap", "512m", args));
          command.add("--input=" + file);
          command.add("--dynamodbEndpoint=" + endpoint.endpoint());
          WholeProcess run = WholeProcess.run(command, folder.resolve("output.txt"));
          long stored = endpoint.books().itemsStored();
          if (stored != rows - rows / REPEAT_EVERY) {
            throw new IllegalStateException(stored + " items are there");
          }
          runs.computeIfAbsent(jar.getKey(), name -> new ArrayList<>()).add(run);
        }
      }
    }
    print(runs, rows);
    Files.delete(file);
    System.exit(0);
  }

  private static Map<String, Path> jars(String profiles, String baseline) {
    Map<String, Path> jars = new LinkedHashMap<>();
    for (String profile : profiles.split(",")) {
      String jar = "runner-profiles/" + profile + "/target/sluice-" + profile + ".jar";
      jars.put(profile, Path.of(System.getProperty("sluice.root"), jar));
      if (!baseline.isEmpty()) {
        jars.put(profile + ", baseline", Path.of(baseline, jar));
      }
    }
    return jars;
  }

  private static List<String> command(Path jar, String heap) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    command.add("-Xmx" + heap);
    command.addAll(
        List.of(
            "-jar",
            jar.toString(),
            "--pipeline=import",
            "--local",
            "--table=" + Target.TABLE,
            "--keyFrom=md5",
            "--onDemandWriteUnits=10000000",
            "--writeRatio=1"));
    return command;
  }

  private static void print(Map<String, List<WholeProcess>> runs, int rows) {
    MarkdownTable table =
        MarkdownTable.of(
            "Imports of %,d rows, medians of whole processes".formatted(rows),
            "jar",
            "seconds",
            "CPU seconds",
            "µs of CPU for each row",
            "peak memory, MB");
    runs.forEach(
        (name, all) ->
            table.row(
                name,
                MarkdownTable.decimals(median(all, WholeProcess::seconds)),
                MarkdownTable.decimals(median(all, WholeProcess::cpuSeconds)),
                MarkdownTable.decimals(1e6 * median(all, WholeProcess::cpuSeconds) / rows),
                MarkdownTable.whole(median(all, run -> run.peakBytes() / 1e6))));
  }

  private static double median(List<WholeProcess> runs, ToDoubleFunction<WholeProcess> figure) {
    double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static String option(String name, String otherwise, String... args) {
    String start = "--" + name + "=";
    for (String arg : args) {
      if (arg.startsWith(start)) {
        return arg.substring(start.length());
      }
    }
    return otherwise;
  }
}
