/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.file;

import io.sluice.pipelines.cli.Arguments;
import io.sluice.pipelines.cli.OptionCatalog;
import io.sluice.pipelines.cli.Verb;
import io.sluice.pipelines.cli.Verbs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.beam.sdk.options.PipelineOptions;

/** The verbs that a night can have as steps, with their options. */
final class StepVerbs {
  private static final Set<String> NO_STEPS = Set.of("night", "demo");

  private final Map<String, Known<?>> verbs = new LinkedHashMap<>();

  /** A verb with its options. */
  record Known<O extends PipelineOptions>(Verb<O> verb, OptionCatalog catalog) {
    static <O extends PipelineOptions> Known<O> of(Verb<O> verb) {
      return new Known<>(verb, OptionCatalog.of(verb.options()));
    }

    /**
     * Checks arguments as a run of the verb would before its first request.
     *
     * @throws io.sluice.pipelines.cli.UsageException with all errors
     */
    void check(List<String> arguments) {
      verb.check(Arguments.parse(arguments, verb, catalog));
    }
  }

  static StepVerbs all() {
    StepVerbs all = new StepVerbs();
    Verbs.all().stream()
        .filter(verb -> !NO_STEPS.contains(verb.name()) && !verb.isOuter())
        .forEach(verb -> all.verbs.put(verb.name(), Known.of(verb)));
    return all;
  }

  Optional<Known<?>> named(String name) {
    return Optional.ofNullable(verbs.get(name));
  }

  String names() {
    return String.join(", ", verbs.keySet());
  }

  /** Whether one of the verbs has this option. */
  boolean know(String option) {
    return verbs.values().stream().anyMatch(known -> known.catalog().knows(option));
  }
}
