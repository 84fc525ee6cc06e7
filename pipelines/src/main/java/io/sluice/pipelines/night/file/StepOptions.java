/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.file;

import io.sluice.pipelines.cli.Arguments;
import io.sluice.pipelines.cli.UsageException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The options of one step, put together from several places; a later place overrides an earlier
 * one.
 */
final class StepOptions {
  /** Options that the night gives to each step itself. */
  static final Set<String> OF_THE_NIGHT =
      Set.of("pipeline", "progress", "exitWithStdin", "raisedBy", "help");

  /** The time of a snapshot; a verb that publishes has one of these. */
  private static final List<String> TIMES = List.of("snapshotTimestamp", "asOf");

  private static final String PUBLISH = "publish";
  private static final String REPORT = "report";
  private static final String CHECKPOINTS = "checkpoints";

  private final StepVerbs.Known<?> verb;
  private final FileErrors errors;
  private final Map<String, List<String>> arguments = new LinkedHashMap<>();

  /** The names of those that are there because they are defaults of all steps. */
  private final Set<String> defaults = new HashSet<>();

  StepOptions(StepVerbs.Known<?> verb, FileErrors errors) {
    this.verb = verb;
    this.errors = errors;
  }

  /** Sets an option, if the verb has it. */
  void set(String option, String value) {
    if (verb.catalog().knows(option)) {
      arguments.put(option, List.of("--" + option + "=" + value));
    }
  }

  /**
   * Adds those of these options that the verb has. One that goes with another, which the step does
   * not have, is left out.
   */
  void addDefaults(YamlMap options) {
    for (YamlMap.Entry entry : options.entries()) {
      if (verb.catalog().knows(entry.key())) {
        add(entry);
        defaults.add(entry.key());
      }
    }
  }

  /** Adds those of these options that the verb has. */
  void addKnown(YamlMap options) {
    for (YamlMap.Entry entry : options.entries()) {
      if (verb.catalog().knows(entry.key())) {
        add(entry);
        defaults.remove(entry.key());
      }
    }
  }

  /** Adds options, all of which the verb must have. */
  void addAll(YamlMap options) {
    check(options);
    addKnown(options);
  }

  /** Records the options that the verb does not have. */
  void check(YamlMap options) {
    for (YamlMap.Entry entry : options.entries()) {
      if (!verb.catalog().knows(entry.key())) {
        Arguments.check(List.of("--" + entry.key() + "=1"), verb.catalog())
            .problems()
            .forEach(problem -> errors.add(entry.line(), verb.verb().name() + ": " + problem));
      }
    }
  }

  private void add(YamlMap.Entry entry) {
    if (OF_THE_NIGHT.contains(entry.key())) {
      errors.add(entry.line(), "the night itself gives each step its " + entry.key());
      return;
    }
    List<String> values = values(entry);
    List<String> given =
        values.stream().map(value -> "--" + entry.key() + "=" + value).distinct().toList();
    given.forEach(
        argument ->
            Arguments.check(List.of(argument), verb.catalog())
                .problems()
                .forEach(problem -> errors.add(entry.line(), problem)));
    arguments.put(entry.key(), given);
  }

  private List<String> values(YamlMap.Entry entry) {
    return verb.catalog().isList(entry.key())
        ? YamlMap.texts(entry, errors)
        : YamlMap.text(entry, errors).map(List::of).orElse(List.of());
  }

  /** Adds arguments as they were typed, before all that the file says. */
  void override(List<String> typed) {
    Map<String, List<String>> given = new LinkedHashMap<>();
    for (String argument : typed) {
      String name = argument.substring(2).split("=", 2)[0];
      if (verb.catalog().knows(name)) {
        given.computeIfAbsent(name, n -> new ArrayList<>()).add(argument);
      }
    }
    arguments.putAll(given);
  }

  /** Returns the option that gives the snapshot its time; empty when the step publishes none. */
  String publishes() {
    boolean publishes = verb.catalog().knows(PUBLISH) && !is("dryRun") && !is("describeSchema");
    return publishes ? TIMES.stream().filter(verb.catalog()::knows).findFirst().orElseThrow() : "";
  }

  private boolean is(String option) {
    return List.of("--" + option + "=true").equals(arguments.get(option));
  }

  /** Returns the first option that only the night may give where it publishes at its end. */
  Optional<String> takenByNight() {
    return arguments.keySet().stream()
        .filter(option -> option.equals(PUBLISH) || TIMES.contains(option))
        .findFirst();
  }

  boolean canReport() {
    // Of several files each gets the report.
    boolean isFree = verb.catalog().isList(REPORT) || !arguments.containsKey(REPORT);
    return verb.catalog().knows(REPORT) && isFree && !is("dryRun");
  }

  /**
   * Whether it could keep what it has done in this folder: not if it does so elsewhere, or its
   * other options do not allow that.
   */
  boolean canKeep(List<String> ofJar, String folder) {
    if (!verb.catalog().knows(CHECKPOINTS)
        || arguments.containsKey(CHECKPOINTS)
        || is("dryRun")
        || !problems(ofJar).isEmpty()) {
      return false;
    }
    arguments.put(CHECKPOINTS, List.of("--" + CHECKPOINTS + "=" + folder));
    boolean fits = problems(ofJar).isEmpty();
    arguments.remove(CHECKPOINTS);
    return fits;
  }

  List<String> arguments() {
    return arguments.values().stream().flatMap(List::stream).toList();
  }

  List<String> shown() {
    return arguments().stream().map(verb.catalog()::shown).toList();
  }

  /** Checks them together, as the verb itself would, with what the runner's jar adds. */
  void checkTogether(List<String> ofJar, int line) {
    List<String> problems = problems(ofJar);
    for (String option : List.copyOf(defaults)) {
      if (problems.stream().anyMatch(problem -> problem.startsWith("--" + option + " goes with"))) {
        arguments.remove(option);
      }
    }
    problems(ofJar).forEach(problem -> errors.add(line, verb.verb().name() + ": " + problem));
  }

  private List<String> problems(List<String> ofJar) {
    List<String> all = new ArrayList<>(ofJar);
    all.removeIf(argument -> arguments.containsKey(argument.substring(2).split("=", 2)[0]));
    all.addAll(arguments());
    try {
      verb.check(all);
      return List.of();
    } catch (UsageException e) {
      return e.problems();
    }
  }
}
