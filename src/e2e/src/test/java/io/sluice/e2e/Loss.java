/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import io.sluice.cluster.FlinkCluster;
import io.sluice.cluster.SparkCluster;
import io.sluice.e2e.KilledJob.Moment;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The loss of a JVM in which tasks run.
 *
 * @param moment when it is lost
 * @param jvms gives those of which one is lost: the one that sends the request of the moment
 * @param killer kills it
 * @param replace starts what takes its place
 */
record Loss(
    Moment moment,
    Supplier<List<ProcessHandle>> jvms,
    Consumer<ProcessHandle> killer,
    Runnable replace) {

  /** The loss of a TaskManager; another one is started. */
  static Loss ofTaskManager(Moment moment, FlinkCluster cluster) {
    return new Loss(moment, cluster::workers, Loss::kill, cluster::addWorker);
  }

  /** The loss of an executor; its worker starts another one. */
  static Loss ofExecutor(Moment moment, SparkCluster cluster) {
    return new Loss(moment, cluster::executors, Loss::kill, () -> {});
  }

  /** The loss of a worker with its executor; another worker is started. */
  static Loss ofWorker(Moment moment, SparkCluster cluster) {
    return new Loss(
        moment,
        cluster::executors,
        executor -> {
          kill(executor.parent().orElseThrow());
          kill(executor);
        },
        cluster::addWorker);
  }

  private static void kill(ProcessHandle process) {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Kills the JVM that has a connection from this port, and returns when it has ended. */
  void kill(int port) {
    List<ProcessHandle> all = jvms.get().stream().filter(ProcessHandle::isAlive).toList();
    killer.accept(
        all.stream()
            .filter(jvm -> has(port, jvm))
            .findFirst()
            .orElseThrow(() -> new AssertionError("port " + port + " is of none of " + all)));
  }

  private static boolean has(int port, ProcessHandle jvm) {
    return TcpSocket.of(Long.toString(jvm.pid())).stream()
        .anyMatch(socket -> socket.port() == port);
  }
}
