/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.cli;

import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The verbs that there are. */
public final class Verbs {
  /** The names of the verbs that are a {@link DriverVerb}, known also where there are none. */
  private static final Set<String> OF_ONE_MACHINE =
      Set.of("demo", "history", "night", "plan", "query");

  private Verbs() {}

  /** Whether a verb runs on one machine, so that the jars for clusters do not have it. */
  public static boolean isOfOneMachine(String name) {
    return OF_ONE_MACHINE.contains(name.toLowerCase(Locale.ROOT));
  }

  /**
   * Loads the verbs on the classpath, in the order of the service files: those of {@link Verb},
   * then those of {@link DriverVerb}.
   */
  public static List<Verb<?>> all() {
    return Stream.concat(load(Verb.class), load(DriverVerb.class)).collect(Collectors.toList());
  }

  /**
   * Finds the verb with this name, in any case.
   *
   * @throws UsageException when there is none
   */
  public static Verb<?> named(String name, List<Verb<?>> verbs) {
    return verbs.stream()
        .filter(verb -> verb.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() -> new UsageException(notAmong(name, verbs)));
  }

  private static String notAmong(String name, List<Verb<?>> verbs) {
    return isOfOneMachine(name)
        ? "'%s' runs on one machine, and this jar is for clusters: ./sluice %1$s".formatted(name)
        : "'" + name + "' is no verb: " + names(verbs);
  }

  /** Returns the names of all verbs, separated by commas. */
  public static String names(List<Verb<?>> verbs) {
    return verbs.stream().map(Verb::name).collect(Collectors.joining(", "));
  }

  @SuppressWarnings("rawtypes")
  private static Stream<Verb<?>> load(Class<? extends Verb> service) {
    return ServiceLoader.load(service, Verb.class.getClassLoader()).stream()
        .map(provider -> (Verb<?>) provider.get());
  }
}
