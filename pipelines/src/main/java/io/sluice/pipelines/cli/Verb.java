/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.cli;

import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * A pipeline that a user can name, such as {@code import}. A new verb is a folder next to the
 * others and a line in the service file of this interface; help, validation of options and the
 * message for an unknown verb follow from that.
 *
 * @param <O> its options
 */
public interface Verb<O extends PipelineOptions> {

  /** Returns the name as it is typed, in lower case. */
  String name();

  /**
   * Returns the first line of its help, as it follows the name: "loads files into a DynamoDB
   * table".
   */
  String about();

  /** Returns the type of its options, in addition to those of Beam and the runner. */
  Class<O> options();

  /**
   * Checks the options without any request, so that all errors are reported at once, together with
   * options that could not be parsed.
   *
   * @throws UsageException with all errors
   */
  default void check(O options) {}

  /** Runs the pipeline to its end and reports on it; returns the exit code. */
  int run(O options, Console console);

  /**
   * Runs the pipeline like {@link #run(PipelineOptions, Console)}, for a verb that also needs the
   * arguments as they were typed, those of the runner's jar among them.
   */
  default int run(O options, List<String> arguments, Console console) {
    return run(options, console);
  }

  /**
   * Whether the verb is followed by another one and by its options, as in {@code plan import}. Then
   * only options of its own are parsed, and the arguments that it runs with are all the others.
   */
  default boolean isOuter() {
    return false;
  }

  /**
   * Returns the option that an argument without dashes stands for; by default the argument itself.
   */
  default String named(String argument) {
    return argument;
  }

  /** Returns all arguments as options. */
  default List<String> namedAll(List<String> arguments) {
    return arguments.stream()
        .map(argument -> argument.startsWith("--") ? argument : named(argument))
        .toList();
  }
}
