/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The JVMs of a cluster: starts them, waits until they work, and ends them. */
final class Nodes implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(4);
  private static final Duration STOP = Duration.ofSeconds(15);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final long LOOK_MILLIS = 50;
  private static final int LAST_LINES = 20;

  private final Home home;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER).build();
  private final List<Node> nodes = new ArrayList<>();
  private final Thread hook = new Thread(this::close, "cluster-stop");
  private boolean closed;

  /** How many of them had been started when the cluster was last complete. */
  private int complete;

  private record Node(String name, Process process) {}

  Nodes(Home home) {
    this.home = home;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Returns the program {@code java} of this JVM. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /**
   * Starts a JVM.
   *
   * @param name of its log
   * @param options options of the JVM
   * @param arguments the main class and its arguments
   */
  synchronized ProcessHandle start(
      String name,
      Map<String, String> environment,
      String classPath,
      List<String> options,
      List<String> arguments) {
    if (closed) {
      throw new ClusterException("the cluster is being stopped");
    }
    List<String> command = new ArrayList<>(List.of(java()));
    command.addAll(options);
    command.add("-Djava.io.tmpdir=" + home.at("tmp"));
    command.addAll(List.of("-cp", ourselves() + File.pathSeparator + classPath));
    command.add(Child.class.getName());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(home.folder().toFile());
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(log(name).toFile());
    try {
      Node node = new Node(name, builder.start());
      nodes.add(node);
      return node.process().toHandle();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path ourselves() {
    try {
      return Path.of(Nodes.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Waits until a page says that the cluster is complete.
   *
   * @throws ClusterException with the end of the log, when a JVM that is needed for that ended or
   *     the time is up; one that has ended since the cluster was last complete is not
   */
  void await(URI page, Predicate<String> complete) {
    long end = System.nanoTime() + START.toNanos();
    while (!complete.test(get(page))) {
      for (Node node : needed()) {
        if (!node.process().isAlive()) {
          throw new ClusterException(node.name() + " ended at its start: " + lastLines(node));
        }
      }
      if (System.nanoTime() > end) {
        throw new ClusterException(
            "the cluster is not complete after " + START.toMinutes() + " minutes: " + get(page));
      }
      pause();
    }
    setComplete();
  }

  private synchronized void setComplete() {
    complete = nodes.size();
  }

  /** The first, which has the page, and those that are new. */
  private synchronized List<Node> needed() {
    List<Node> needed = new ArrayList<>(nodes.subList(Math.max(1, complete), nodes.size()));
    needed.add(nodes.get(0));
    return needed;
  }

  /** Returns the page; an empty text while there is none. */
  private String get(URI page) {
    HttpRequest request = HttpRequest.newBuilder(page).timeout(ANSWER).build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException("interrupted while the cluster was starting", e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException("interrupted while the cluster was starting", e);
    }
  }

  private Path log(String name) {
    return home.at("log").resolve(name + ".log");
  }

  private String lastLines(Node node) {
    try {
      List<String> lines = Files.readAllLines(log(node.name()));
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      return "its log cannot be read: " + e.getMessage();
    }
  }

  /** Ends all of them, the last one first, with what they started, and deletes their files. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    List<ProcessHandle> all =
        nodes.stream()
            .map(Node::process)
            .flatMap(process -> Stream.concat(process.descendants(), Stream.of(process.toHandle())))
            .toList();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      nodes.get(i).process().destroy();
    }
    long end = System.nanoTime() + STOP.toNanos();
    for (ProcessHandle process : all) {
      awaitEnd(process, end);
    }
    home.delete();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It is this hook that runs.
    }
  }

  private static void awaitEnd(ProcessHandle process, long end) {
    try {
      process.onExit().get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly();
      process.onExit().join();
    }
  }
}
