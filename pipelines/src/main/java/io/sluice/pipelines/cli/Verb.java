/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.cli;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * A pipeline that a user can name, such as {@code import}. A new one is a folder beside the others
 * and a line in the file of services of this interface; help, the check of options and the message
 * for a verb that there is not follow from that.
 *
 * @param <O> its options
 */
public interface Verb<O extends PipelineOptions> {

  /** The name as it is typed, in lower case. */
  String name();

  /** The first line of its help, going on from its name: "loads files into a DynamoDB table". */
  String about();

  /** The options that it takes, beside those of Beam and the runner. */
  Class<O> options();

  /**
   * Checks the options without asking anything outside, so that all that is wrong is reported at
   * once, also beside options that could not be parsed.
   *
   * @throws UsageException with everything that is wrong
   */
  default void check(O options) {}

  /** Runs the pipeline to its end and reports on it; gives the exit code. */
  int run(O options, Console console);

  /** The option that an argument without dashes stands for; by default the argument itself. */
  default String named(String argument) {
    return argument;
  }

  /**
   * The verb of this name, in any case.
   *
   * @throws UsageException when there is none
   */
  static Verb<?> named(String name, List<Verb<?>> verbs) {
    return verbs.stream()
        .filter(verb -> verb.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() -> new UsageException("'" + name + "' is no verb: " + names(verbs)));
  }

  /** The names of all verbs, separated by commas. */
  static String names(List<Verb<?>> verbs) {
    return verbs.stream().map(Verb::name).collect(Collectors.joining(", "));
  }

  /** The verbs that are on the classpath, in the order of the file of services. */
  static List<Verb<?>> all() {
    return ServiceLoader.load(Verb.class, Verb.class.getClassLoader()).stream()
        .<Verb<?>>map(ServiceLoader.Provider::get)
        .collect(Collectors.toList());
  }
}
