/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the clusters of both engines have in common: files, workers, and how a job is submitted. */
abstract class StandaloneCluster implements LocalCluster {
  private final Home home;
  private final Nodes nodes;
  private final List<ProcessHandle> workers = new ArrayList<>();

  StandaloneCluster(String engine) {
    this.home = Home.make(engine);
    this.nodes = new Nodes(home);
  }

  final Home home() {
    return home;
  }

  final Nodes nodes() {
    return nodes;
  }

  /** Starts the JVM of a worker, the first of which has the number 1. */
  abstract ProcessHandle startWorker(int number);

  /** Waits until so many workers have registered. */
  abstract void awaitWorkers(int count);

  /** The words that submit a job, before all options. */
  abstract List<String> submission();

  /** Starts the first workers, and waits for them; the cluster is closed if one does not start. */
  final void startWorkers(int count) {
    try {
      for (int i = 0; i < count; i++) {
        startWorker();
      }
      awaitWorkers(count);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private ProcessHandle startWorker() {
    ProcessHandle process = startWorker(workers.size() + 1);
    workers.add(process);
    return process;
  }

  /** Waits until a page of the cluster has a number that is at least so high. */
  final void await(String page, Pattern number, int atLeast) {
    nodes.await(
        webPage().resolve(page),
        text -> {
          Matcher matcher = number.matcher(text);
          return matcher.find() && Integer.parseInt(matcher.group(1)) >= atLeast;
        });
  }

  @Override
  public final List<String> submit(List<String> options, Path jar, List<String> arguments) {
    List<String> command = new ArrayList<>(submission());
    command.addAll(options);
    command.add(jar.toString());
    command.addAll(arguments);
    return command;
  }

  @Override
  public final List<ProcessHandle> workers() {
    return List.copyOf(workers);
  }

  @Override
  public final ProcessHandle addWorker() {
    int alive = (int) workers.stream().filter(ProcessHandle::isAlive).count();
    ProcessHandle process = startWorker();
    awaitWorkers(alive + 1);
    return process;
  }

  @Override
  public final Path folder() {
    return home.folder();
  }

  @Override
  public final void close() {
    nodes.close();
  }
}
