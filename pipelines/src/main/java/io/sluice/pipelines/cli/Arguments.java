/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * Checks arguments one by one, as they were typed, before Beam sees them: Beam stops at the first
 * wrong one, and takes {@code --table trips} for a table named true.
 *
 * @param good arguments from which the options can be made
 * @param problems the errors in the others, one line each
 */
public record Arguments(List<String> good, List<String> problems) {

  public static Arguments check(List<String> arguments, OptionCatalog catalog) {
    Arguments checked = new Arguments(new ArrayList<>(), new ArrayList<>());
    Map<String, String> seen = new HashMap<>();
    for (String argument : arguments) {
      Optional<String> problem = problem(argument, catalog, seen);
      problem.ifPresentOrElse(checked.problems::add, () -> checked.good.add(argument));
    }
    return checked;
  }

  /**
   * Makes the options of a verb. All errors are reported at once: whatever can be parsed is parsed
   * and checked too.
   *
   * @throws UsageException with all errors
   */
  public static <O extends PipelineOptions> O parse(
      List<String> arguments, Verb<O> verb, OptionCatalog catalog) {
    Arguments checked = check(arguments, catalog);
    List<String> problems = new ArrayList<>(checked.problems());
    try {
      O options =
          PipelineOptionsFactory.fromArgs(checked.good().toArray(String[]::new))
              .withValidation()
              .as(verb.options());
      if (problems.isEmpty()) {
        return options;
      }
      verb.check(options);
    } catch (UsageException e) {
      e.problems().stream()
          .filter(problem -> !isConsequence(problem, arguments))
          .forEach(problems::add);
    } catch (IllegalArgumentException e) {
      // In Beam's messages, the outermost names the option.
      problems.add(String.valueOf(e.getMessage()).lines().findFirst().orElse("wrong options"));
    }
    throw new UsageException(problems);
  }

  /** Whether an option is missing only because its value was wrong, which is already reported. */
  private static boolean isConsequence(String problem, List<String> arguments) {
    return arguments.stream()
        .map(argument -> argument.split("=", 2)[0])
        .anyMatch(name -> problem.startsWith(name + " is missing"));
  }

  private static Optional<String> problem(
      String argument, OptionCatalog catalog, Map<String, String> seen) {
    if (!argument.startsWith("--") || argument.length() < 3) {
      return Optional.of(argument + " is no option: options are written --name=value");
    }
    int equals = argument.indexOf('=');
    String name = argument.substring(2, equals < 0 ? argument.length() : equals);
    Optional<OptionCatalog.Option> option = catalog.named(name);
    if (option.isEmpty()) {
      return Optional.of("--" + name + " is no option; the nearest is --" + catalog.nearest(name));
    }
    if (!option.get().isOurs()) {
      return Optional.empty();
    }
    boolean repeatable = option.get().type() == List.class;
    if (!repeatable && seen.putIfAbsent(name, argument) != null) {
      String both = option.get().isPrivate() ? "" : ": " + seen.get(name) + " and " + argument;
      return Optional.of("--" + name + " is given twice" + both);
    }
    if (equals < 0) {
      return option.get().isFlag()
          ? Optional.empty()
          : Optional.of("--" + name + " needs a value: --" + name + "=value, without a space");
    }
    return wrongValue(option.get(), argument.substring(equals + 1))
        .map(allowed -> argument + " must be " + allowed);
  }

  /** Describes what the value should be; empty if it is valid. */
  private static Optional<String> wrongValue(OptionCatalog.Option option, String value) {
    Class<?> type = option.type();
    if (value.isEmpty()) {
      return Optional.of("followed by a value");
    }
    if (option.isFlag()) {
      return value.equals("true") || value.equals("false")
          ? Optional.empty()
          : Optional.of("true or false");
    }
    List<String> choices = option.choices();
    if (!choices.isEmpty()) {
      return choices.contains(value) ? Optional.empty() : Optional.of(either(choices));
    }
    boolean decimal = type == double.class || type == Double.class;
    try {
      if (decimal) {
        Double.parseDouble(value);
      } else if (type == int.class || type == Integer.class) {
        Integer.parseInt(value);
      } else if (type == long.class) {
        Long.parseLong(value);
      }
      return Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.of(decimal ? "a number" : "a whole number");
    }
  }

  private static String either(List<String> names) {
    int last = names.size() - 1;
    String others = names.subList(0, last).stream().collect(Collectors.joining(", "));
    return (others.isEmpty() ? "" : others + " or ") + names.get(last);
  }
}
