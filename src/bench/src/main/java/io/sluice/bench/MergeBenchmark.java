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
import io.sluice.cluster.ClusterSettings;
import io.sluice.cluster.FlinkCluster;
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
 *   [--items=1000000] [--changes=200000] [--rounds=3] [--heap=1g] [--profile=flink|direct|spark|flink-cluster]
 * </pre>
 *
 * The export reads the table as it is after the changes; the merge makes the same snapshot from an
 * export before them. Both write Parquet to a disk, and take turns.
 *
 * <p>With {@code flink-cluster} each runs on a cluster of its own, of one worker with two slots,
 * which has just been started: the figures are those of the program that submits it and of the
 * cluster's JVMs, from the submission to its end. {@code --heap} is what the worker's tasks have.
 */
public final class MergeBenchmark {
  /** The feed must have begun this long before the export that is the base. */
  private static final Duration OVERLAP = Duration.ofSeconds(65);

  /** What prepares the table and the feed of a cluster's jobs, and is not measured then. */
  private static final String PREPARING = "flink";

  private static final String CLUSTER = "flink-cluster";
  private static final int SLOTS = 2;
  private static final int METASPACE_MB = 512;

  private final LocalAws aws;
  private final Path folder;
  private final String profile;
  private final String heap;
  private final Map<String, List<WholeProcess>> runs = new LinkedHashMap<>();

  private MergeBenchmark(LocalAws aws, Path folder, String profile, String heap) {
    this.aws = aws;
    this.folder = folder;
    this.profile = profile;
    this.heap = heap;
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
    runs.computeIfAbsent(name, unused -> new ArrayList<>())
        .add(
            profile.equals(CLUSTER)
                ? onCluster(verb, arguments)
                : onMachine(profile, verb, arguments));
  }

  private void job(String verb, String... arguments) throws IOException {
    onMachine(profile.equals(CLUSTER) ? PREPARING : profile, verb, arguments);
  }

  private WholeProcess onMachine(String by, String verb, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(Launcher.java(heap));
    command.addAll(List.of("-jar", jar(by).toString()));
    command.addAll(arguments(verb, arguments));
    return told(verb, output -> WholeProcess.run(command, output));
  }

  private WholeProcess onCluster(String verb, String... arguments) throws IOException {
    int megabytes =
        Integer.parseInt(heap.replaceAll("[a-z]", "")) * (heap.endsWith("g") ? 1024 : 1);
    ClusterSettings settings =
        ClusterSettings.of(1, SLOTS).withMemoryMb(megabytes).withMetaspaceMb(METASPACE_MB);
    try (FlinkCluster cluster = FlinkCluster.start(settings)) {
      List<ProcessHandle> jvms = new ArrayList<>(cluster.workers());
      jvms.add(cluster.coordinator());
      List<String> command = cluster.submit(List.of(), jar(CLUSTER), arguments(verb, arguments));
      return told(verb, output -> WholeProcess.run(command, output, jvms));
    }
  }

  private static Path jar(String by) {
    String jar = "runner-profiles/" + by + "/target/sluice-" + by + ".jar";
    return Path.of(System.getProperty("sluice.root"), jar);
  }

  private List<String> arguments(String verb, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--pipeline=" + verb,
                "--local",
                "--table=" + Target.TABLE,
                "--dynamodbEndpoint=" + aws.dynamodbEndpoint(),
                "--s3Endpoint=" + aws.s3Endpoint()));
    arguments.addAll(List.of(more));
    return arguments;
  }

  /** Runs a job that prints to a file. */
  private interface Job {
    WholeProcess run(Path output) throws IOException;
  }

  private WholeProcess told(String verb, Job job) throws IOException {
    Path output = folder.resolve("output.txt");
    WholeProcess run = job.run(output);
    System.out.println(verb + ": " + run + "\n" + Files.readString(output).strip());
    return run;
  }
}
