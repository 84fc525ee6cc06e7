/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Runs a Flink or Spark cluster on this machine, for trials, until it is stopped. */
public final class Cluster {
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private Cluster() {}

  /** Runs until it is killed; exits with 2 for a bad option and 1 when it cannot start. */
  public static void main(String[] args) {
    if (args.length == 0 || List.of(args).contains("--help")) {
      System.out.print(ClusterOptions.HELP);
      System.exit(args.length == 0 ? USAGE : 0);
    }
    try {
      run(ClusterOptions.parse(args));
    } catch (ClusterOptions.UsageException e) {
      System.err.println("sluice: " + e.getMessage());
      System.exit(USAGE);
    } catch (ClusterException e) {
      System.err.println("sluice: " + e.getMessage());
      System.exit(FAILED);
    }
  }

  private static void run(ClusterOptions options) {
    long begin = System.nanoTime();
    boolean flink = options.engine().equals("flink");
    ClusterSettings settings = options.settings();
    // Closed by a hook, however this ends.
    LocalCluster cluster = flink ? FlinkCluster.start(settings) : SparkCluster.start(settings);
    int slots = settings.allSlots();
    Path jar =
        Path.of(
            System.getProperty("sluice.root"),
            "runner-profiles/%1$s-cluster/target/sluice-%1$s-cluster.jar"
                .formatted(options.engine()));
    List<String> job =
        List.of("--pipeline=import", "--workers=" + slots, "--local", "--input=...", "--table=...");
    System.out.printf(
        Locale.ROOT,
        """
        %s, %s
        Workers   %d with %d slot%s and %,d MB each; their logs: %s
        Web page  %s
        Submit    %s
        or        ./sluice import --runner=%s %s --local --input=... --table=...
        Ready in %.1f s; Ctrl-C stops it.
        """,
        cluster.engine(),
        cluster.master(),
        settings.workers(),
        settings.slots(),
        settings.slots() == 1 ? "" : "s",
        settings.memoryMb(),
        cluster.folder().resolve("log"),
        cluster.webPage(),
        String.join(
            " ",
            cluster.submit(flink ? List.of("-p", String.valueOf(slots)) : List.of(), jar, job)),
        flink ? "FlinkRunner" : "SparkRunner",
        flink
            ? "--flinkMaster=" + cluster.master() + " --parallelism=" + slots
            : "--sparkMaster=" + cluster.master() + " --workers=" + slots,
        (System.nanoTime() - begin) / 1e9);
    if (options.exitWithStdin()) {
      awaitStdin();
      System.exit(0);
    }
    await(cluster.coordinator());
  }

  private static void awaitStdin() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // A broken pipe counts as its end, too.
    }
  }

  private static void await(ProcessHandle coordinator) {
    coordinator.onExit().join();
    try {
      // Ctrl-C ends it, too: then this program is ending as well, and has nothing to say.
      TimeUnit.SECONDS.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new ClusterException("the cluster ended");
  }
}
