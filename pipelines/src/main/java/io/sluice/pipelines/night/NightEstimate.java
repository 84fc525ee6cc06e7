/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night;

import io.sluice.pipelines.cli.Arguments;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.OptionCatalog;
import io.sluice.pipelines.cli.RunnerDefaults;
import io.sluice.pipelines.cli.SluiceOptions;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.pipelines.cli.Verb;
import io.sluice.pipelines.cli.Verbs;
import io.sluice.pipelines.night.file.Night;
import io.sluice.pipelines.night.file.NightStep;
import io.sluice.pipelines.night.file.NightTable;
import io.sluice.pipelines.planning.JobState;
import io.sluice.pipelines.planning.PlanSettings;
import io.sluice.pipelines.planning.PlannedJob;
import io.sluice.pipelines.planning.PlannedVerb;
import io.sluice.plan.Bill;
import io.sluice.plan.Estimate;
import io.sluice.plan.JobPlan;
import io.sluice.plan.JobPlan.Figure;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Plans a night: each of its steps by itself, as things are now, and their sums. Of a step that
 * cannot be planned nothing is known, so the sums are at least those of the others.
 */
final class NightEstimate {
  private static final List<Figure> SUMS =
      List.of(Figure.INPUT_BYTES, Figure.READ_UNITS, Figure.WRITE_UNITS, Figure.OUTPUT_BYTES);

  private final Night night;
  private final Console console;
  private final List<Verb<?>> verbs = Verbs.all();
  private final List<JobPlan> parts = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private JobState state;

  private NightEstimate(Night night, Console console) {
    this.night = night;
    this.console = console;
    this.state = JobState.empty().and("the file of the night", night.hash());
  }

  /**
   * Plans the night.
   *
   * @throws UsageException when it is not to be run
   */
  static PlannedJob of(NightPlan plan, PlanSettings settings, Console console) {
    NightEstimate estimate = new NightEstimate(checked(plan), console);
    return new PlannedJob(estimate.plan(settings), estimate.state);
  }

  /** Returns what the plan depends on. */
  static JobState stateOf(NightPlan plan, Console console) {
    NightEstimate estimate = new NightEstimate(checked(plan), console);
    estimate.eachStep(
        (job, verb, options) ->
            estimate.state = estimate.state.ofJob(job, verb.state(options, console)));
    return estimate.state;
  }

  private static Night checked(NightPlan plan) {
    if (plan.isDryRun() || plan.template() != null) {
      throw new UsageException(
          "a plan is of a run of the night: leave out --dryRun and --template");
    }
    return plan.night();
  }

  /** Looks at a step. */
  private interface Look {
    void at(String job, PlannedVerb<SluiceOptions> verb, SluiceOptions options);
  }

  private void eachStep(Look look) {
    for (NightTable table : night.tables()) {
      int number = 0;
      for (NightStep step : table.steps()) {
        number++;
        String job = PlannedSteps.nameOf(table, number, step);
        Optional<String> problem = look(job, step, look);
        problem.ifPresent(why -> notes.add(job + ", is not planned: " + why));
      }
    }
  }

  /** Returns why nothing is known of the step. */
  private Optional<String> look(String job, NightStep step, Look look) {
    Verb<?> verb = Verbs.named(step.verb(), verbs);
    if (!(verb instanceof PlannedVerb<?>)) {
      return Optional.of("that verb has no plan");
    }
    @SuppressWarnings("unchecked")
    PlannedVerb<SluiceOptions> planned = (PlannedVerb<SluiceOptions>) verb;
    List<String> arguments =
        RunnerDefaults.load().complete(step.arguments().toArray(String[]::new));
    try {
      look.at(
          job, planned, Arguments.parse(arguments, planned, OptionCatalog.of(planned.options())));
      return Optional.empty();
    } catch (JobException | UsageException e) {
      return Optional.of(e.getMessage());
    } catch (SdkException e) {
      return Optional.of(UserMessages.oneLine(e));
    }
  }

  private JobPlan plan(PlanSettings settings) {
    Map<String, Estimate> seconds = new HashMap<>();
    eachStep(
        (job, verb, options) -> {
          // Before the plan, which may fail where the state is known: it will be at --apply, too.
          state = state.ofJob(job, verb.state(options, console));
          JobPlan part = verb.plan(options, settings, console).plan();
          parts.add(part.named(job + ": " + part.title()));
          seconds.merge(
              job.substring(0, job.indexOf(", step ")),
              part.figure(Figure.SECONDS),
              Estimate::plusAsFarAsKnown);
        });
    boolean isAll = notes.isEmpty();
    Map<Figure, Estimate> figures = new EnumMap<>(Figure.class);
    SUMS.forEach(figure -> figures.put(figure, sum(figure, isAll)));
    figures.put(Figure.SECONDS, time(seconds));
    notes.add(
        "Each step is planned as things are now: what a step before it adds, changes or raises is"
            + " not in its figures.");
    return new JobPlan(
        "night",
        "%s: %d of %d steps".formatted(night.name(), parts.size(), steps()),
        figures,
        indexWrites(isAll),
        Bill.sum(parts.stream().map(JobPlan::bill).toList(), isAll),
        List.of(),
        notes,
        parts);
  }

  private int steps() {
    return night.tables().stream().mapToInt(table -> table.steps().size()).sum();
  }

  private Estimate sum(Figure figure, boolean isAll) {
    return parts.stream()
        .filter(part -> part.figures().containsKey(figure))
        .map(part -> part.figure(figure))
        .reduce(isAll ? Estimate.ZERO : Estimate.atLeast(0), Estimate::plusAsFarAsKnown);
  }

  private Map<String, Estimate> indexWrites(boolean isAll) {
    return parts.stream()
        .flatMap(part -> part.indexWrites().values().stream())
        .reduce(Estimate::plusAsFarAsKnown)
        .map(all -> isAll ? all : all.plusAsFarAsKnown(Estimate.UNKNOWN))
        .map(all -> Map.of("all indexes", all))
        .orElse(Map.of());
  }

  /** At least the longest chain of tables, and at least what so many at once take for all. */
  private Estimate time(Map<String, Estimate> ofTables) {
    Map<String, Double> ends = new HashMap<>();
    double longest = 0;
    double sum = 0;
    for (NightTable table : night.tables()) {
      double begin = table.after().stream().mapToDouble(ends::get).max().orElse(0);
      double takes = ofTables.getOrDefault(table.name(), Estimate.ZERO).low();
      takes = Double.isNaN(takes) ? 0 : takes;
      ends.put(table.name(), begin + takes);
      longest = Math.max(longest, begin + takes);
      sum += takes;
    }
    double least = Math.max(longest, sum / night.parallel());
    return least > 0 ? Estimate.atLeast(least) : Estimate.UNKNOWN;
  }
}
