/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.cluster;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A session cluster of Flink: a JobManager and its TaskManagers. */
public final class FlinkCluster extends StandaloneCluster {
  private static final String JOB_MANAGER =
      "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
  private static final String TASK_MANAGER =
      "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";
  private static final String CLIENT = "org.apache.flink.client.cli.CliFrontend";

  private static final int JOB_MANAGER_HEAP_MB = 512;
  private static final int FRAMEWORK_HEAP_MB = 128;
  private static final int OFF_HEAP_MB = 128;

  /** 64 MB are too few for an import. */
  private static final int NETWORK_MB_OF_SLOT = 128;

  private static final int MANAGED_MB_OF_SLOT = 128;

  private static final Pattern SLOTS = Pattern.compile("\"slots-total\"\\s*:\\s*([0-9]+)");

  /** What Flink's own configuration for Java 17 opens. */
  private static final List<String> OPENED =
      List.of(
          "--add-exports=java.base/sun.net.util=ALL-UNNAMED",
          "--add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED",
          "--add-exports=java.security.jgss/sun.security.krb5=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.net=ALL-UNNAMED",
          "--add-opens=java.base/java.io=ALL-UNNAMED",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
          "--add-opens=java.base/java.text=ALL-UNNAMED",
          "--add-opens=java.base/java.time=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent.locks=ALL-UNNAMED");

  private final ClusterSettings settings;
  private final ClassPath classPath;
  private final int port;
  private final Path client;
  private final ProcessHandle jobManager;

  private FlinkCluster(ClusterSettings settings, ClassPath classPath, int port, int rpcPort) {
    super("flink");
    this.settings = settings;
    this.classPath = classPath;
    this.port = port;
    home().writeSettings("conf/flink-conf.yaml", ": ", configuration(rpcPort));
    this.client = writeClient();
    this.jobManager = startNode("jobmanager", jobManagerOptions(), JOB_MANAGER);
  }

  /**
   * Starts a cluster, and returns when all slots are there.
   *
   * @throws ClusterException when a port is taken or a JVM does not start
   */
  public static FlinkCluster start(ClusterSettings settings) {
    ClassPath classPath = ClassPath.load("flink");
    Ports ports = new Ports();
    FlinkCluster cluster =
        new FlinkCluster(settings, classPath, ports.given(settings.port()), ports.free());
    cluster.startWorkers(settings.workers());
    return cluster;
  }

  /** Flink's shell scripts would derive the sizes; it must be told all of them without. */
  private Map<String, String> configuration(int rpcPort) {
    String network = NETWORK_MB_OF_SLOT * settings.slots() + "m";
    Map<String, String> all = new LinkedHashMap<>();
    all.put("jobmanager.rpc.address", "localhost");
    all.put("jobmanager.rpc.port", String.valueOf(rpcPort));
    all.put("jobmanager.bind-host", "localhost");
    all.put("jobmanager.memory.heap.size", JOB_MANAGER_HEAP_MB + "m");
    all.put("jobmanager.memory.jvm-metaspace.size", settings.metaspaceMb() + "m");
    all.put("rest.address", "localhost");
    all.put("rest.bind-address", "localhost");
    all.put("rest.port", String.valueOf(port));
    all.put("taskmanager.host", "localhost");
    all.put("taskmanager.bind-host", "localhost");
    all.put("taskmanager.numberOfTaskSlots", String.valueOf(settings.slots()));
    all.put("taskmanager.cpu.cores", String.valueOf(settings.slots()));
    all.put("taskmanager.memory.framework.heap.size", FRAMEWORK_HEAP_MB + "m");
    all.put("taskmanager.memory.task.heap.size", settings.memoryMb() + "m");
    all.put("taskmanager.memory.framework.off-heap.size", OFF_HEAP_MB + "m");
    all.put("taskmanager.memory.task.off-heap.size", OFF_HEAP_MB + "m");
    all.put("taskmanager.memory.managed.size", MANAGED_MB_OF_SLOT * settings.slots() + "m");
    all.put("taskmanager.memory.network.min", network);
    all.put("taskmanager.memory.network.max", network);
    all.put("taskmanager.memory.jvm-metaspace.size", settings.metaspaceMb() + "m");
    all.put("taskmanager.memory.jvm-overhead.min", OFF_HEAP_MB + "m");
    all.put("taskmanager.memory.jvm-overhead.max", OFF_HEAP_MB + "m");
    all.put("io.tmp.dirs", home().at("tmp").toString());
    all.put("parallelism.default", String.valueOf(settings.allSlots()));
    all.putAll(settings.properties());
    return all;
  }

  private Path writeClient() {
    List<String> command = new ArrayList<>(List.of(Nodes.java(), "-Xmx1g"));
    command.addAll(settings.jvmOptions());
    command.addAll(OPENED);
    // As in Flink's distribution: it logs there what it would like to have, with stack traces.
    command.add("-Dorg.slf4j.simpleLogger.logFile=" + home().at("log/client.log"));
    command.addAll(List.of("-cp", classPath.text(), CLIENT));
    return home()
        .writeScript("bin/flink", Map.of("FLINK_CONF_DIR", home().at("conf").toString()), command);
  }

  private List<String> jobManagerOptions() {
    return List.of("-Xmx" + JOB_MANAGER_HEAP_MB + "m", "-XX:+UseSerialGC");
  }

  private List<String> taskManagerOptions() {
    int heap = FRAMEWORK_HEAP_MB + settings.memoryMb();
    int direct = 2 * OFF_HEAP_MB + NETWORK_MB_OF_SLOT * settings.slots();
    return List.of("-Xmx" + heap + "m", "-XX:MaxDirectMemorySize=" + direct + "m");
  }

  private ProcessHandle startNode(String name, List<String> memory, String main) {
    List<String> options = new ArrayList<>(memory);
    options.add("-XX:MaxMetaspaceSize=" + settings.metaspaceMb() + "m");
    options.addAll(settings.jvmOptions());
    options.addAll(OPENED);
    return nodes()
        .start(
            name,
            Map.of(),
            classPath.text(),
            options,
            List.of(main, "--configDir", home().at("conf").toString()));
  }

  @Override
  ProcessHandle startWorker(int number) {
    return startNode("taskmanager-" + number, taskManagerOptions(), TASK_MANAGER);
  }

  @Override
  void awaitWorkers(int count) {
    await("/overview", SLOTS, count * settings.slots());
  }

  /** The program {@code flink}, set up for this cluster. */
  public Path client() {
    return client;
  }

  @Override
  public String master() {
    return "localhost:" + port;
  }

  @Override
  public URI webPage() {
    return URI.create("http://localhost:" + port + "/");
  }

  @Override
  public String engine() {
    return "Flink " + classPath.versionOf("flink-runtime");
  }

  @Override
  List<String> submission() {
    return List.of(client.toString(), "run");
  }

  @Override
  public ProcessHandle coordinator() {
    return jobManager;
  }
}
