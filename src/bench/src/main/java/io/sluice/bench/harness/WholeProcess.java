/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The time and the memory that a process took, as the operating system counted them. Linux only:
 * they are read from {@code /proc}, every few milliseconds until the process ends.
 *
 * @param seconds from its start to its end
 * @param cpuSeconds in user and kernel mode, of all threads
 * @param peakBytes the most memory that was resident at once
 */
public record WholeProcess(double seconds, double cpuSeconds, long peakBytes) {
  private static final long LOOK_MILLIS = 10;

  /** The ticks of {@code /proc}, whatever the kernel's own. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int USER_TICKS = 11;

  /**
   * Runs a program to its end.
   *
   * @param output receives what it prints
   * @throws IOException when it does not end with 0
   */
  public static WholeProcess run(List<String> command, Path output) throws IOException {
    return run(command, output, List.of());
  }

  /**
   * Runs a program to its end, which has others work for it.
   *
   * @param output receives what it prints
   * @param helpers processes that have only this work, and outlive it: the time that they take
   *     meanwhile counts, and all of their memory
   * @throws IOException when it does not end with 0
   */
  public static WholeProcess run(List<String> command, Path output, List<ProcessHandle> helpers)
      throws IOException {
    List<Path> helping = helpers.stream().map(helper -> proc(helper.pid())).toList();
    double before = helping.stream().mapToDouble(WholeProcess::cpuSeconds).sum();
    long begin = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    Path proc = proc(process.pid());
    double cpu = 0;
    long peak = 0;
    try {
      while (process.isAlive()) {
        cpu = Math.max(cpu, cpuSeconds(proc));
        peak = Math.max(peak, peakBytes(proc));
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw new IOException("interrupted", e);
    }
    if (process.exitValue() != 0) {
      throw new IOException(
          "the program ended with " + process.exitValue() + ": " + Files.readString(output));
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    cpu += helping.stream().mapToDouble(WholeProcess::cpuSeconds).sum() - before;
    peak += helping.stream().mapToLong(WholeProcess::peakBytes).sum();
    return new WholeProcess(seconds, cpu, peak);
  }

  private static Path proc(long pid) {
    return Path.of("/proc", Long.toString(pid));
  }

  /**
   * Prints a table of the medians of each contender.
   *
   * @param one what a process handles {@code count} of
   */
  public static void print(
      String title, String one, Map<String, List<WholeProcess>> runs, int count) {
    MarkdownTable table =
        MarkdownTable.of(
            title,
            "contender",
            "seconds",
            "CPU seconds",
            "µs of CPU for each " + one,
            "peak memory, MB");
    runs.forEach(
        (name, all) ->
            table.row(
                name,
                MarkdownTable.decimals(Run.median(all, WholeProcess::seconds)),
                MarkdownTable.decimals(Run.median(all, WholeProcess::cpuSeconds)),
                MarkdownTable.decimals(1e6 * Run.median(all, WholeProcess::cpuSeconds) / count),
                MarkdownTable.whole(Run.median(all, run -> run.peakBytes() / 1e6))));
  }

  /** Returns 0 when the process has ended. */
  private static double cpuSeconds(Path proc) {
    try {
      String stat = Files.readString(proc.resolve("stat"));
      // The second field is the program's name, which may have blanks, in parentheses.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1]))
          / TICKS_PER_SECOND;
    } catch (IOException | IndexOutOfBoundsException e) {
      return 0;
    }
  }

  private static long peakBytes(Path proc) {
    try {
      for (String line : Files.readAllLines(proc.resolve("status"))) {
        if (line.startsWith("VmHWM:")) {
          return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
      }
    } catch (IOException e) {
      // It has ended.
    }
    return 0;
  }

  /** Prints nothing but figures. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%.1f s, %.1f CPU s, %d MB", seconds, cpuSeconds, peakBytes >> 20);
  }
}
