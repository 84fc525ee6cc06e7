/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.cluster;

import java.util.List;
import java.util.Map;

/**
 * The command line.
 *
 * @param engine {@code flink} or {@code spark}
 * @param exitWithStdin whether it ends when its standard input does
 */
record ClusterOptions(String engine, ClusterSettings settings, boolean exitWithStdin) {

  static final String HELP =
      """
      Runs a Flink or Spark cluster on this machine, each worker in a JVM of its own, until Ctrl-C.

        ./sluice cluster flink|spark [--option=value ...]

        --workers=2       TaskManagers of Flink, or workers of Spark
        --slots=1         tasks at the same time in each of them
        --memory=1024     MB of heap for the tasks of a worker
        --port=8081       of Flink's REST and web page; 0 takes a free one
        --port=7077       of Spark's master; its web page is on 8080, or on a free port
        --exitWithStdin   end when the standard input does
      """;

  private static final Map<String, Integer> PORTS = Map.of("flink", 8081, "spark", 7077);
  private static final List<String> NAMES = List.of("--workers", "--slots", "--memory", "--port");
  private static final int MANY = 64;
  private static final int LEAST_MEMORY = 512;
  private static final int MOST_MEMORY = 1 << 20;

  /**
   * Reads the arguments.
   *
   * @throws UsageException when one makes no sense
   */
  static ClusterOptions parse(String... args) {
    if (args.length == 0 || !PORTS.containsKey(args[0])) {
      throw new UsageException("give the engine first: ./sluice cluster flink, or spark");
    }
    int workers = 2;
    int slots = 1;
    int memory = 1024;
    int port = PORTS.get(args[0]);
    boolean exitWithStdin = false;
    for (String argument : List.of(args).subList(1, args.length)) {
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      String value = argument.substring(equals + 1);
      switch (name) {
        case "--workers" -> workers = number(argument, value, 1, MANY);
        case "--slots" -> slots = number(argument, value, 1, MANY);
        case "--memory" -> memory = number(argument, value, LEAST_MEMORY, MOST_MEMORY);
        case "--port" -> port = number(argument, value, 0, 0xFFFF);
        case "--exitWithStdin" -> exitWithStdin = true;
        default -> throw noOption(argument);
      }
    }
    ClusterSettings settings =
        new ClusterSettings(
            workers, slots, port, memory, ClusterSettings.METASPACE_MB, List.of(), Map.of());
    return new ClusterOptions(args[0], settings, exitWithStdin);
  }

  private static UsageException noOption(String argument) {
    return new UsageException(
        "'"
            + argument
            + "' is no option; they are "
            + String.join("=, ", NAMES)
            + "= and --exitWithStdin");
  }

  private static int number(String argument, String value, int least, int most) {
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // The same message serves for a number that is out of bounds.
    }
    throw new UsageException(argument + " must be a whole number, " + least + " to " + most);
  }

  /** Says what is wrong with the arguments. */
  static final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
      super(message);
    }
  }
}
