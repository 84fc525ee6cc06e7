/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;

/**
 * The JVM of a contender: reads numbers of items to work on, one a line, and prints after each what
 * the work took. It ends with its input, or with the JVM that started it.
 */
public final class Child {
  static final String RAN = "ran ";

  private Child() {}

  /** Does the work of this JVM as it is requested, and ends the JVM. */
  public static void serve(Callable<Work> make) {
    // During a run nobody reads the input.
    ProcessHandle.current()
        .parent()
        .ifPresent(parent -> parent.onExit().thenRun(() -> Runtime.getRuntime().halt(1)));
    try {
      run(make);
    } catch (Throwable e) {
      e.printStackTrace();
      System.exit(1);
    }
    System.exit(0);
  }

  private static void run(Callable<Work> make) throws Exception {
    HeapPeak heap = new HeapPeak();
    Work work = make.call();
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    long first = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      long count = Long.parseLong(line);
      heap.reset();
      Stopwatch.reset();
      long begin = System.nanoTime();
      long cpu = system.getProcessCpuTime();
      work.run(first, count);
      double seconds = Stopwatch.seconds();
      double cpuSeconds = (system.getProcessCpuTime() - cpu) / 1e9;
      double wholeSeconds = (System.nanoTime() - begin) / 1e9;
      System.out.println(
          RAN + seconds + " " + wholeSeconds + " " + cpuSeconds + " " + heap.bytes());
      first += count;
    }
  }
}
