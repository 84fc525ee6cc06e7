/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.cluster;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * A cluster of separate JVMs on this machine. They listen on the loopback address only, keep their
 * files in a temporary folder, and end with the JVM that started them, however that ends. Closing
 * it ends them and deletes the folder.
 */
public interface LocalCluster extends AutoCloseable {

  /** Returns what a runner's option for its master takes. */
  String master();

  /** Returns the address of the engine's web page. */
  URI webPage();

  /** Returns the name and version of the engine. */
  String engine();

  /**
   * Returns a command that submits a jar and waits for its job, by the engine's own program.
   *
   * @param options options of that program, such as {@code -d}; those that it takes to find this
   *     cluster are there by themselves
   * @param arguments arguments of the jar's main class
   */
  List<String> submit(List<String> options, Path jar, List<String> arguments);

  /** Returns the JVM that hands out the work: Flink's JobManager, or Spark's master. */
  ProcessHandle coordinator();

  /** Returns the JVMs of the workers, in the order in which they were started. */
  List<ProcessHandle> workers();

  /** Starts one more worker, and returns when it has registered. */
  ProcessHandle addWorker();

  /** Returns the folder in which each JVM has its log: {@code log/NAME.log}. */
  Path folder();

  @Override
  void close();
}
