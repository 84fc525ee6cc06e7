/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.plan;

import io.sluice.pipelines.cli.Arguments;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.OptionCatalog;
import io.sluice.pipelines.cli.RunnerDefaults;
import io.sluice.pipelines.cli.SluiceOptions;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.pipelines.cli.Verb;
import io.sluice.pipelines.cli.Verbs;
import io.sluice.pipelines.planning.PlannedJob;
import io.sluice.pipelines.planning.PlannedVerb;
import io.sluice.plan.JobPlanJson;
import io.sluice.plan.JobPlanText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Plans a run of another verb, or runs what was planned. */
final class Plan {
  private static final String VERB = "--pipeline=";

  /** How many things that have changed are named. */
  private static final int MOST_CHANGES = 10;

  private Plan() {}

  /** Returns the exit code. */
  static int run(PlanOptions options, List<String> others, Console console) {
    PlanCommandSettings choice = PlanCommandSettings.of(options);
    List<String> arguments =
        others.stream().filter(argument -> !argument.startsWith(VERB)).toList();
    return choice.apply() == null
        ? plan(choice, arguments, console)
        : apply(PlanFile.read(choice.apply()), arguments, console);
  }

  private static int plan(PlanCommandSettings choice, List<String> arguments, Console console) {
    List<String> words = arguments.stream().filter(argument -> !argument.startsWith("--")).toList();
    if (words.isEmpty()) {
      throw new UsageException(
          "plan needs the verb that is planned, such as ./sluice plan import --input=...: "
              + plannedNames());
    }
    List<String> rest = new ArrayList<>(arguments);
    rest.remove(words.get(0));
    return plan(choice, planned(words.get(0)), rest, console);
  }

  private static <O extends SluiceOptions> int plan(
      PlanCommandSettings choice, PlannedVerb<O> verb, List<String> others, Console console) {
    List<String> arguments = verb.namedAll(others);
    PlannedJob job = verb.plan(parse(verb, arguments), arguments, choice.settings(), console);
    if (choice.isJson()) {
      console.out().println(JobPlanJson.of(job.plan()).toString());
    } else {
      new JobPlanText(job.plan()).lines().forEach(console.out()::println);
    }
    if (choice.out() != null) {
      List<String> typed = withoutSecrets(verb, arguments, console);
      typed.removeAll(RunnerDefaults.load().defaults());
      new PlanFile(verb.name(), typed, JobPlanJson.of(job.plan()).toString(), job.state())
          .write(choice.out());
    }
    return ExitCode.OK;
  }

  /** Leaves out what must not be in a file that people pass on, and says so. */
  private static List<String> withoutSecrets(
      Verb<?> verb, List<String> arguments, Console console) {
    OptionCatalog catalog = OptionCatalog.of(verb.options());
    List<String> typed = new ArrayList<>();
    for (String argument : arguments) {
      if (catalog.shown(argument).equals(argument)) {
        typed.add(argument);
      } else {
        console.tell(
            nameOf(argument)
                + " may have a secret and is not in the plan: give it with --apply, too");
      }
    }
    return typed;
  }

  private static int apply(PlanFile file, List<String> more, Console console) {
    return apply(file, planned(file.verb()), more, console);
  }

  private static <O extends SluiceOptions> int apply(
      PlanFile file, PlannedVerb<O> verb, List<String> more, Console console) {
    List<String> arguments = new ArrayList<>(file.arguments());
    arguments.removeIf(
        typed -> more.stream().anyMatch(other -> nameOf(other).equals(nameOf(typed))));
    arguments.addAll(more);
    List<String> complete =
        RunnerDefaults.load().complete(verb.namedAll(arguments).toArray(String[]::new));
    O options = parse(verb, complete);
    List<String> changes = verb.state(options, complete, console).changesSince(file.state());
    if (!changes.isEmpty()) {
      changes.stream().limit(MOST_CHANGES).forEach(console::tell);
      if (changes.size() > MOST_CHANGES) {
        console.tell("and " + (changes.size() - MOST_CHANGES) + " more have changed");
      }
      throw new JobException(
          "the plan does not hold any more, and nothing was run: make another one");
    }
    options.setPlanned(file.plan());
    return verb.run(options, complete, console);
  }

  private static String nameOf(String argument) {
    return argument.split("=", 2)[0];
  }

  private static <O extends SluiceOptions> O parse(Verb<O> verb, List<String> arguments) {
    return Arguments.parse(arguments, verb, OptionCatalog.of(verb.options()));
  }

  @SuppressWarnings("unchecked")
  private static PlannedVerb<SluiceOptions> planned(String name) {
    if (Verbs.named(name, Verbs.all()) instanceof PlannedVerb<?> verb) {
      return (PlannedVerb<SluiceOptions>) verb;
    }
    throw new UsageException("'" + name + "' cannot be planned: " + plannedNames());
  }

  private static String plannedNames() {
    return Verbs.all().stream()
        .filter(verb -> verb instanceof PlannedVerb<?>)
        .map(Verb::name)
        .collect(Collectors.joining(", "));
  }
}
