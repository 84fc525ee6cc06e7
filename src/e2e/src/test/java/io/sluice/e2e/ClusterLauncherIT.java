/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ./sluice cluster}, as a user types it. */
class ClusterLauncherIT {
  private static final Pattern LOGS = Pattern.compile("their logs: (\\S+)");
  private static final long SECONDS_TO_END = 30;

  @ParameterizedTest
  @CsvSource({"flink, bin/flink run", "spark, bin/spark-submit"})
  void leavesNothingBehindWhenItIsStopped(String engine, String submit) throws Exception {
    Program cluster = start(engine);
    assertThat(cluster.output(), containsString(submit));
    Path folder = folder(cluster);
    assertThat(Files.isDirectory(folder), is(true));
    List<ProcessHandle> started = cluster.descendants();
    assertThat(started, hasSize(2));

    cluster.stop();
    cluster.exitCode();
    mustEnd(started);
    assertThat(Files.exists(folder), is(false));
  }

  @Test
  void itsProcessesEndWithItHoweverItEnds() throws Exception {
    Program cluster = start("flink");
    Path folder = folder(cluster);
    List<ProcessHandle> started = cluster.descendants();
    cluster.kill();
    mustEnd(started);
    // Nobody was left to delete it.
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void wrongArgumentsAreToldInALine() {
    Program none = Program.startLauncher("cluster", "hadoop").mustExitWith(2);
    assertThat(none.errors(), startsWith("sluice: give the engine first"));
    Program many = Program.startLauncher("cluster", "flink", "--workers=0").mustExitWith(2);
    assertThat(many.errors(), is("sluice: --workers=0 must be a whole number, 1 to 64\n"));
  }

  private static Program start(String engine) {
    Program cluster = Program.startLauncher("cluster", engine, "--workers=1", "--port=0");
    cluster.await(() -> cluster.output().contains("Ready in "));
    assertThat(cluster.errors(), cluster.isRunning(), is(true));
    return cluster;
  }

  private static Path folder(Program cluster) {
    Matcher logs = LOGS.matcher(cluster.output());
    assertThat(cluster.output(), logs.find(), is(true));
    return Path.of(logs.group(1)).getParent();
  }

  private static void mustEnd(List<ProcessHandle> processes) throws Exception {
    for (ProcessHandle process : processes) {
      process.onExit().get(SECONDS_TO_END, TimeUnit.SECONDS);
    }
  }
}
