/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.cli;

import java.util.List;
import org.apache.beam.sdk.options.ApplicationNameOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Names jobs after what they do, as an engine's web page lists them: "sluice import trips". */
public final class JobName {
  private static final String OF_SPARK_SUBMIT = "spark.app.name";

  private JobName() {}

  /**
   * Sets the names of a job, for Flink and for Spark, unless they are given: by {@code --jobName},
   * {@code --appName}, or {@code spark-submit --name}.
   *
   * @param arguments of the program, of the form {@code --name=value}
   */
  public static void set(PipelineOptions options, String verb, List<String> arguments) {
    String name = of(verb, arguments);
    if (value("--jobName=", arguments) == null) {
      options.setJobName(name);
    }
    if (value("--appName=", arguments) == null) {
      String given = givenToSpark(System.getProperty(OF_SPARK_SUBMIT));
      options.as(ApplicationNameOptions.class).setAppName(given == null ? name : given);
    }
  }

  /** Returns the verb and the table's name, without the rest of its ARN. */
  static String of(String verb, List<String> arguments) {
    String table = value("--table=", arguments);
    return table == null || table.isEmpty()
        ? "sluice " + verb
        : "sluice " + verb + " " + table.substring(table.lastIndexOf('/') + 1);
  }

  /** Returns the name that a person gave; null for spark-submit's own: the class or the file. */
  static @Nullable String givenToSpark(@Nullable String name) {
    boolean isItsOwn = name == null || name.startsWith("io.sluice.") || name.endsWith(".jar");
    return isItsOwn ? null : name;
  }

  private static @Nullable String value(String prefix, List<String> arguments) {
    return arguments.stream()
        .filter(argument -> argument.startsWith(prefix))
        .map(argument -> argument.substring(prefix.length()))
        .reduce((first, last) -> last)
        .orElse(null);
  }
}
