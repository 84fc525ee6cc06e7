/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import io.sluice.bench.harness.MarkdownTable;
import io.sluice.bench.harness.Options;
import io.sluice.bench.jdbc.JdbcContender;
import io.sluice.testing.Postgres;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Measures how fast the rows of a table of PostgreSQL become items on the DirectRunner, beside a
 * plain loop over one connection, which makes nothing of the values.
 *
 * <pre>
 *   [--rows=1000000] [--runs=5] [--rounds=5] [--heap=512m]
 * </pre>
 *
 * The contenders take turns, each run in a new JVM that reads all rows so many times: the first
 * time with cold code, and the last one is taken as warm. The time is from before the connection to
 * behind the last row, with what divides the rows. PostgreSQL is on the same machine.
 */
public final class JdbcReadBenchmark {
  private static final String ROUND = "round ";

  /** The flags of {@code ./sluice} for the compiler. */
  private static final List<String> COMPILER =
      List.of(
          "-XX:Tier4InvocationThreshold=50000",
          "-XX:Tier4MinInvocationThreshold=6000",
          "-XX:Tier4CompileThreshold=150000",
          "-XX:Tier4BackEdgeThreshold=400000");

  /** A reading of all rows. */
  private record Reading(double seconds, double cpuSeconds) {}

  private JdbcReadBenchmark() {}

  /** Measures, and prints a table; with {@code --contender}, is the JVM of one of them. */
  public static void main(String[] args) throws Exception {
    int rows = Integer.parseInt(Options.of("rows", "1000000", args));
    int rounds = Integer.parseInt(Options.of("rounds", "5", args));
    String contender = Options.of("contender", "", args);
    if (contender.isEmpty()) {
      measure(rows, rounds, args);
    } else {
      read(JdbcContender.valueOf(contender), Options.of("url", "", args), rows, rounds);
    }
    System.exit(0);
  }

  private static void measure(int rows, int rounds, String... args)
      throws IOException, SQLException {
    Postgres postgres = Postgres.database();
    postgres.execute(
        "CREATE TABLE trips AS SELECT n AS id, CASE WHEN n % 10 = 0 THEN NULL ELSE n % 1000 END AS"
            + " zone, md5(n::text) AS hash, (n / 7.0)::numeric(20, 6) AS fare, timestamptz"
            + " '2024-01-01' + make_interval(secs => n) AS time, 'trip ' || n AS note FROM"
            + " generate_series(1, "
            + rows
            + ") AS n",
        "CREATE INDEX ON trips (id)",
        "VACUUM ANALYZE trips");
    Map<JdbcContender, List<Reading>> cold = new EnumMap<>(JdbcContender.class);
    Map<JdbcContender, List<Reading>> warm = new EnumMap<>(JdbcContender.class);
    for (int run = 0; run < Integer.parseInt(Options.of("runs", "5", args)); run++) {
      for (JdbcContender contender : JdbcContender.values()) {
        List<Reading> readings =
            inNewJvm(
                Options.of("heap", "512m", args),
                "--contender=" + contender,
                "--url=" + postgres.url(),
                "--rows=" + rows,
                "--rounds=" + rounds);
        System.out.println(contender + " " + readings);
        cold.computeIfAbsent(contender, c -> new ArrayList<>()).add(readings.get(0));
        warm.computeIfAbsent(contender, c -> new ArrayList<>())
            .add(readings.get(readings.size() - 1));
      }
    }
    print("%,d rows, the first time in a JVM".formatted(rows), rows, cold);
    print("%,d rows, the last of %d times".formatted(rows, rounds), rows, warm);
  }

  private static List<Reading> inNewJvm(String heap, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx" + heap, "-XX:+UseParallelGC"));
    command.addAll(COMPILER);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(JdbcReadBenchmark.class.getName());
    command.addAll(List.of(args));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<Reading> readings = new ArrayList<>();
    for (String line : process.inputReader(UTF_8).lines().toList()) {
      if (line.startsWith(ROUND)) {
        String[] figures = line.substring(ROUND.length()).split(" ");
        readings.add(new Reading(Double.parseDouble(figures[0]), Double.parseDouble(figures[1])));
      }
    }
    if (readings.isEmpty()) {
      throw new IOException("the contender's JVM ended before it was done");
    }
    return readings;
  }

  private static void read(JdbcContender contender, String url, int rows, int rounds)
      throws Exception {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    for (int round = 0; round < rounds; round++) {
      long cpu = system.getProcessCpuTime();
      long began = System.nanoTime();
      long read = contender.read(url);
      double seconds = (System.nanoTime() - began) / 1e9;
      if (read != rows) {
        throw new IllegalStateException(read + " rows of " + rows);
      }
      System.out.println(ROUND + seconds + " " + (system.getProcessCpuTime() - cpu) / 1e9);
    }
  }

  private static void print(String title, int rows, Map<JdbcContender, List<Reading>> all) {
    MarkdownTable table =
        MarkdownTable.of(title, "reader", "seconds", "rows/s", "CPU seconds of the reader");
    all.forEach(
        (contender, readings) -> {
          double seconds = median(readings.stream().map(Reading::seconds).toList());
          table.row(
              contender.title(),
              MarkdownTable.decimals(seconds),
              MarkdownTable.whole(rows / seconds),
              MarkdownTable.decimals(median(readings.stream().map(Reading::cpuSeconds).toList())));
        });
  }

  private static double median(List<Double> all) {
    return all.stream().sorted().toList().get(all.size() / 2);
  }
}
