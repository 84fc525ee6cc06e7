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
import io.sluice.testing.LocalAws;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Measures a merge of a snapshot and captured changes beside an export of the same table, each a
 * process from its start to its end. The table has a stream, and a part of its items changes once.
 *
 * <pre>
 *   [--items=1000000] [--changes=200000] [--rounds=3] [--heap=1g] [--profile=flink]
 * </pre>
 *
 * The export reads the table as it is after the changes; the merge makes the same snapshot from an
 * export before them. Both write Parquet to a disk, and take turns.
 */
public final class MergeBenchmark {
  /** The feed must have begun this long before the export that is the base. */
  private static final Duration OVERLAP = Duration.ofSeconds(65);

  private final LocalAws aws;
  private final Path folder;
  private final List<String> program;
  private final Map<String, List<WholeProcess>> runs = new LinkedHashMap<>();

  private MergeBenchmark(LocalAws aws, Path folder, String profile, String heap) {
    this.aws = aws;
    this.folder = folder;
    this.program = new ArrayList<>(Launcher.java(heap));
    String jar = "runner-profiles/" + profile + "/target/sluice-" + profile + ".jar";
    program.addAll(List.of("-jar", Path.of(System.getProperty("sluice.root"), jar).toString()));
  }

  /** Measures, and prints a table. */
  public static void main(String[] args) throws IOException, InterruptedException {
    int items = Integer.parseInt(Options.of("items", "1000000", args));
    int changes = Integer.parseInt(Options.of("changes", "200000", args));
    Path folder = Files.createTempDirectory("merge-benchmark");
    try (LocalAws aws = LocalAws.start(List.of("--inMemory", "--dynamodbPort=0"))) {
      MergeBenchmark benchmark =
          new MergeBenchmark(
              aws, folder, Options.of("profile", "flink", args), Options.of("heap", "1g", args));
      benchmark.run(items, changes, Integer.parseInt(Options.of("rounds", "3", args)));
      WholeProcess.print(
          "%,d items, %,d changes, medians of whole processes".formatted(items, changes),
          "item",
          benchmark.runs,
          items);
    }
    System.exit(0);
  }

  private void run(int items, int changes, int rounds) throws IOException, InterruptedException {
    load(items, 0, "--createTable=ON_DEMAND", "--partitionKey=" + Target.KEY);
    job("capture", "--output=" + feeds(), "--enableStream");
    Thread.sleep(OVERLAP.toMillis());
    job("export", "--output=" + lake(), "--readRatio=1");
    load(changes, 1);
    Instant changed = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    measure("capture of the changes", "capture", "--output=" + feeds());
    // Until the feed is complete beyond the last change.
    Thread.sleep(Duration.ofSeconds(20).toMillis());
    job("capture", "--output=" + feeds());
    for (int round = 0; round < rounds; round++) {
      String place = folder.resolve("round-" + round).toString();
      measure("export", "export", "--output=" + place + "-export", "--readRatio=1");
      measure(
          "merge",
          "merge",
          "--base=" + lake(),
          "--deltas=" + feeds(),
          "--output=" + place + "-merge",
          "--asOf=" + changed);
    }
  }

  /** Imports rows: the first ones of the table, in a version that differs from others. */
  private void load(int rows, int version, String... more) throws IOException {
    Path file = folder.resolve("rows-" + version + ".csv");
    Random random = new Random(version);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("id,version,name,city,amount,at\n");
      for (int i = 0; i < rows; i++) {
        out.write(
            String.format(
                Locale.ROOT,
                "%016x,%d,name-%d,city-%d,%d.%02d,2026-01-%02dT03:00:12Z%n",
                i * 0x9E3779B97F4A7C15L,
                version,
                random.nextInt(1_000_000),
                random.nextInt(10_000),
                random.nextInt(1_000),
                random.nextInt(100),
                1 + random.nextInt(28)));
      }
    }
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.addAll(List.of("--input=" + file, "--onDemandWriteUnits=10000000", "--writeRatio=1"));
    job("import", arguments.toArray(String[]::new));
    Files.delete(file);
  }

  private String lake() {
    return folder.resolve("lake").toString();
  }

  private String feeds() {
    return folder.resolve("feeds").toString();
  }

  private void measure(String name, String verb, String... arguments) throws IOException {
    runs.computeIfAbsent(name, unused -> new ArrayList<>()).add(job(verb, arguments));
  }

  private WholeProcess job(String verb, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(program);
    command.addAll(
        List.of(
            "--pipeline=" + verb,
            "--local",
            "--table=" + Target.TABLE,
            "--dynamodbEndpoint=" + aws.dynamodbEndpoint(),
            "--s3Endpoint=" + aws.s3Endpoint()));
    command.addAll(List.of(arguments));
    Path output = folder.resolve("output.txt");
    WholeProcess run = WholeProcess.run(command, output);
    System.out.println(verb + ": " + run + "\n" + Files.readString(output).strip());
    return run;
  }
}
