/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.cluster;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A standalone cluster of Spark: a master and its workers, which start executors for each job. */
public final class SparkCluster extends StandaloneCluster {
  private static final String MASTER = "org.apache.spark.deploy.master.Master";
  private static final String WORKER = "org.apache.spark.deploy.worker.Worker";
  private static final String CLIENT = "org.apache.spark.deploy.SparkSubmit";

  /** By number: Spark's addresses must be those that it binds to. */
  private static final String HOST = "127.0.0.1";

  private static final int WEB_PORT = 8080;

  private static final Pattern WORKERS = Pattern.compile("\"aliveworkers\"\\s*:\\s*([0-9]+)");

  /** What Spark's own launcher opens. */
  private static final List<String> OPENED =
      List.of(
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
          "--add-opens=java.base/java.io=ALL-UNNAMED",
          "--add-opens=java.base/java.net=ALL-UNNAMED",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
          "--add-opens=java.base/jdk.internal.ref=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.cs=ALL-UNNAMED",
          "--add-opens=java.base/sun.security.action=ALL-UNNAMED",
          "--add-opens=java.base/sun.util.calendar=ALL-UNNAMED",
          "--add-opens=java.security.jgss/sun.security.krb5=ALL-UNNAMED",
          "-Djdk.reflect.useDirectMethodHandle=false");

  /** Spark's own words only from warnings on, ours as they come. */
  private static final String LOG =
      """
      rootLogger.level = warn
      rootLogger.appenderRef.stderr.ref = stderr
      logger.sluice.name = io.sluice
      logger.sluice.level = info
      appender.stderr.type = Console
      appender.stderr.name = stderr
      appender.stderr.target = SYSTEM_ERR
      appender.stderr.layout.type = PatternLayout
      appender.stderr.layout.pattern = %d{HH:mm:ss} %p %c{1}: %m%n%ex
      """;

  private final ClusterSettings settings;
  private final ClassPath classPath;
  private final int port;
  private final int webPort;
  private final Path client;
  private final ProcessHandle coordinator;

  private SparkCluster(
      ClusterSettings settings, ClassPath classPath, List<Path> moreJars, int port, int webPort) {
    super("spark");
    this.settings = settings;
    this.classPath = classPath;
    this.port = port;
    this.webPort = webPort;
    home().link(classPath.jars(), "jars");
    home().link(moreJars, "jars");
    home().writeSettings("conf/spark-defaults.conf", " ", properties());
    home().write("conf/log4j2.properties", LOG);
    this.client = writeClient();
    this.coordinator =
        startNode(
            "master",
            List.of(
                MASTER,
                "--host",
                HOST,
                "--port",
                String.valueOf(port),
                "--webui-port",
                String.valueOf(webPort)));
  }

  /**
   * Starts a cluster, and returns when all workers are there.
   *
   * @throws ClusterException when a port is taken or a JVM does not start
   */
  public static SparkCluster start(ClusterSettings settings) {
    return start(settings, List.of());
  }

  /**
   * Starts a cluster that has more jars beside Spark's own, as the images of EMR have: they come
   * before those of a job.
   */
  public static SparkCluster start(ClusterSettings settings, List<Path> moreJars) {
    ClassPath classPath = ClassPath.load("spark");
    Ports ports = new Ports();
    SparkCluster cluster =
        new SparkCluster(
            settings,
            classPath,
            moreJars,
            ports.given(settings.port()),
            settings.port() == 0 ? ports.free() : ports.preferred(WEB_PORT));
    cluster.startWorkers(settings.workers());
    return cluster;
  }

  private Map<String, String> properties() {
    List<String> executor = new ArrayList<>(settings.jvmOptions());
    executor.add("-Djava.io.tmpdir=" + home().at("tmp"));
    Map<String, String> all = new LinkedHashMap<>();
    all.put("spark.master", master());
    all.put("spark.driver.host", HOST);
    all.put("spark.driver.bindAddress", HOST);
    all.put("spark.executor.memory", settings.memoryMb() + "m");
    all.put("spark.executor.defaultJavaOptions", String.join(" ", executor));
    all.put("spark.cores.max", String.valueOf(settings.allSlots()));
    all.putAll(settings.properties());
    return all;
  }

  private Map<String, String> environment() {
    return Map.of(
        "SPARK_HOME", home().folder().toString(),
        "SPARK_CONF_DIR", home().at("conf").toString(),
        "SPARK_SCALA_VERSION", "2.12",
        "SPARK_LOCAL_IP", HOST,
        "SPARK_LOCAL_DIRS", home().at("tmp").toString());
  }

  private String classPathText() {
    return home().at("conf") + File.pathSeparator + home().at("jars") + "/*";
  }

  private Path writeClient() {
    List<String> command = new ArrayList<>(List.of(Nodes.java(), "-Xmx1g"));
    command.addAll(settings.jvmOptions());
    command.addAll(OPENED);
    command.addAll(List.of("-cp", classPathText(), CLIENT));
    return home().writeScript("bin/spark-submit", environment(), command);
  }

  private ProcessHandle startNode(String name, List<String> arguments) {
    List<String> options =
        new ArrayList<>(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    options.addAll(OPENED);
    return nodes().start(name, environment(), classPathText(), options, arguments);
  }

  @Override
  ProcessHandle startWorker(int number) {
    String name = "worker-" + number;
    return startNode(
        name,
        List.of(
            WORKER,
            "--host",
            HOST,
            "--webui-port",
            "0",
            "--cores",
            String.valueOf(settings.slots()),
            "--memory",
            settings.memoryMb() + "m",
            "--work-dir",
            home().at(name).toString(),
            master()));
  }

  @Override
  void awaitWorkers(int count) {
    await("/json/", WORKERS, count);
  }

  /** The program {@code spark-submit}, set up for this cluster. */
  public Path client() {
    return client;
  }

  @Override
  public String master() {
    return "spark://" + HOST + ":" + port;
  }

  @Override
  public URI webPage() {
    return URI.create("http://" + HOST + ":" + webPort + "/");
  }

  @Override
  public String engine() {
    return "Spark " + classPath.versionOf("spark-core_2.12");
  }

  @Override
  List<String> submission() {
    return List.of(client.toString());
  }

  @Override
  public ProcessHandle coordinator() {
    return coordinator;
  }

  /** Returns the JVMs in which the tasks of a job run, each a child of a worker. */
  public List<ProcessHandle> executors() {
    return workers().stream().flatMap(ProcessHandle::children).toList();
  }
}
