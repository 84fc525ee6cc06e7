/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench;

import io.sluice.bench.harness.MarkdownTable;
import io.sluice.bench.wire.Load;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures servers that speak DynamoDB's protocol, in turn, by the CPU time of their processes: how
 * many items they take from BatchWriteItem, and give to a parallel Scan, in a second.
 *
 * <p>The servers run already; each is given as the number of its process and its address.
 *
 * <pre>
 *   java -cp src/bench/target/sluice-bench-0.1.0-SNAPSHOT.jar io.sluice.bench.WireBenchmark \
 *       [--rounds=3] [--seconds=20] [--warmUp=20] [--items=100000] PID@http://127.0.0.1:8000 ...
 * </pre>
 *
 * Each server is warmed up with each kind of load first. Items are written again and again, so most
 * writes replace an item.
 */
public final class WireBenchmark {

  private WireBenchmark() {}

  /** Measures, and prints a table. */
  public static void main(String[] args) throws Exception {
    List<String> servers = new ArrayList<>();
    for (String arg : args) {
      if (!arg.startsWith("--")) {
        servers.add(arg);
      }
    }
    int rounds = (int) option("rounds", 3, args);
    double seconds = option("seconds", 20, args);
    double warmUp = option("warmUp", 20, args);
    int items = (int) option("items", 100_000, args);
    MarkdownTable table =
        MarkdownTable.of(
            "Items of 200 bytes, " + items + " in the table",
            "round",
            "server",
            "written a CPU second",
            "written a second",
            "scanned a CPU second",
            "scanned a second");
    for (int round = 0; round <= rounds; round++) {
      for (String server : servers) {
        measure(table, round, server, round == 0 ? warmUp : seconds, items);
      }
    }
    System.exit(0);
  }

  private static void measure(
      MarkdownTable table, int round, String server, double seconds, int items) throws Exception {
    String[] parts = server.split("@", 2);
    ProcessHandle process = ProcessHandle.of(Long.parseLong(parts[0])).orElseThrow();
    try (Load load = Load.on(URI.create(parts[1]), items)) {
      Rate written = Rate.of(process, () -> load.write(seconds));
      load.fill();
      Rate scanned = Rate.of(process, () -> load.scan(seconds));
      table.row(
          round == 0 ? "warming up" : round,
          parts[1],
          MarkdownTable.whole(written.perCpuSecond()),
          MarkdownTable.whole(written.perSecond()),
          MarkdownTable.whole(scanned.perCpuSecond()),
          MarkdownTable.whole(scanned.perSecond()));
    }
  }

  private static double option(String name, double otherwise, String... args) {
    String prefix = "--" + name + "=";
    for (String arg : args) {
      if (arg.startsWith(prefix)) {
        return Double.parseDouble(arg.substring(prefix.length()));
      }
    }
    return otherwise;
  }

  /** Holds how fast items went through a server. */
  private record Rate(double perCpuSecond, double perSecond) {

    /** Gives the number of items that went through. */
    private interface Run {
      long count() throws Exception;
    }

    static Rate of(ProcessHandle process, Run run) throws Exception {
      double cpu = cpu(process);
      long begin = System.nanoTime();
      long count = run.count();
      double seconds = (System.nanoTime() - begin) / 1e9;
      return new Rate(count / (cpu(process) - cpu), count / seconds);
    }

    private static double cpu(ProcessHandle process) {
      return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    }
  }
}
