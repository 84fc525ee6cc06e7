/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.cli;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Explains why a cluster could not do its work, from the messages of Flink and Spark: their
 * exceptions are unknown here, and arrive as text.
 */
final class ClusterMessages {

  /** What one of a cluster's messages means; the first that is found counts. */
  private record Meaning(Pattern message, String line) {
    Meaning(String message, String line) {
      this(Pattern.compile(message), line);
    }
  }

  private static final String RESTARTS =
      ", and Flink did not restart the job again: run it again, or set restart-strategy.type:"
          + " fixed-delay in Flink's configuration, with a delay of 20 s and more attempts";

  private static final List<Meaning> MEANINGS =
      List.of(
          new Meaning(
              "Could not acquire the minimum required resources" + "|NoResourceAvailableException",
              "the Flink cluster has too few free task slots: start TaskManagers, or give a smaller"
                  + " -p or --parallelism"),
          new Meaning(
              "Insufficient number of network buffers: required (\\d+), but only (\\d+) available",
              "a TaskManager has too little network memory (%1$s buffers needed, %2$s there): give"
                  + " 128 MB for each slot (taskmanager.memory.network.min and .max)"),
          new Meaning(
              "TaskManager with id ([^ ]+) (?:timed out|is no longer reachable)",
              "the TaskManager %1$s was lost" + RESTARTS),
          new Meaning(
              "Connection unexpectedly closed by remote task manager '([^' ]+)"
                  + "|Lost connection to task manager '([^' ]+)"
                  + "|Connecting to remote task manager '([^' ]+)",
              "the TaskManager %1$s was lost" + RESTARTS),
          new Meaning(
              "RemoteEnvironment cannot be (?:instantiated|used) when running in a pre-defined",
              "flink run knows the cluster: leave out --flinkMaster, or name the cluster by"
                  + " flink run -m HOST:PORT"),
          new Meaning(
              "ExecutorLostFailure \\(executor ([^ ]+) .*?\\) ?Reason: ([^\\n]*)",
              "a task failed too often, last with the executor %1$s, which was lost: %2$s"),
          new Meaning(
              "All masters are unresponsive",
              "no Spark master answers there: check --sparkMaster, or spark-submit --master"));

  private ClusterMessages() {}

  /** Returns one line, if a message in the chain of causes is known. */
  static Optional<String> of(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      Optional<String> line = of(String.valueOf(t.getMessage()));
      if (line.isPresent()) {
        return line;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> of(String message) {
    for (Meaning meaning : MEANINGS) {
      Matcher matcher = meaning.message().matcher(message);
      if (matcher.find()) {
        return Optional.of(String.format(meaning.line(), groups(matcher.toMatchResult())));
      }
    }
    return Optional.empty();
  }

  /** Returns the groups that matched. */
  private static Object[] groups(MatchResult match) {
    return IntStream.rangeClosed(1, match.groupCount())
        .mapToObj(match::group)
        .filter(Objects::nonNull)
        .toArray();
  }
}
