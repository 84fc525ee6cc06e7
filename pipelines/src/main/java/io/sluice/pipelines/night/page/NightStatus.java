/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.page;

import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.night.file.Night;
import io.sluice.pipelines.night.file.NightTable;
import io.sluice.pipelines.night.ledger.LedgerEvent;
import io.sluice.pipelines.night.ledger.LedgerEvent.What;
import io.sluice.pipelines.night.ledger.RunHeader;
import io.sluice.pipelines.night.ledger.StepKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * How far a night is.
 *
 * @param night what it is to do
 * @param run the run
 * @param events of the run, all of its starts included
 * @param isOpen whether this start of the night is still at work
 * @param stopped why it was stopped; null when it was not
 * @param states of tables, by their names, as this start says them; none for one that it has not
 *     come to
 * @param progress of the step that runs, by the name of its table
 * @param reports by their files
 * @param said lines about the whole night
 * @param now when this is so
 */
public record NightStatus(
    Night night,
    RunHeader run,
    List<LedgerEvent> events,
    boolean isOpen,
    @Nullable String stopped,
    Map<String, String> states,
    Map<String, StepProgress> progress,
    Map<String, StepReport> reports,
    List<String> said,
    Instant now) {
  public NightStatus {
    events = List.copyOf(events);
    states = Map.copyOf(states);
    progress = Map.copyOf(progress);
    reports = Map.copyOf(reports);
    said = List.copyOf(said);
  }

  /** Returns the reports of steps that the events name. */
  public static List<String> reportsIn(List<LedgerEvent> events) {
    return events.stream()
        .filter(event -> event.what() == What.STEP_ENDED && event.report() != null)
        .map(LedgerEvent::report)
        .toList();
  }

  /** Returns how this start has ended; empty while it has not. */
  Optional<LedgerEvent> end() {
    Optional<LedgerEvent> end = Optional.empty();
    for (LedgerEvent event : events) {
      end =
          switch (event.what()) {
            case STARTED -> Optional.empty();
            case ENDED -> Optional.of(event);
            default -> end;
          };
    }
    return end;
  }

  boolean isRunning() {
    return isOpen && stopped == null && end().isEmpty();
  }

  boolean isDone() {
    return end().map(LedgerEvent::exitCode).filter(code -> code == ExitCode.OK).isPresent();
  }

  List<StepStatus> steps(NightTable table) {
    List<StepStatus> steps = new ArrayList<>();
    for (int i = 0; i < table.steps().size(); i++) {
      steps.add(
          StepStatus.of(
              new StepKey(table.name(), i + 1),
              table.steps().get(i),
              events,
              isRunning() ? now : null));
    }
    return steps;
  }

  List<StepStatus> steps() {
    return night.tables().stream().flatMap(table -> steps(table).stream()).toList();
  }

  boolean isDone(NightTable table) {
    return steps(table).stream().allMatch(step -> step.stage().isDone());
  }

  boolean isPublishing() {
    return events.stream().anyMatch(event -> event.what() == What.PUBLISHING);
  }

  /** Returns what a table is doing, or waits for, in words. */
  String state(NightTable table) {
    String said = states.get(table.name());
    if (said != null) {
      return said;
    }
    if (isDone(table)) {
      return "done";
    }
    List<String> open =
        night.tables().stream()
            .filter(other -> table.after().contains(other.name()) && !isDone(other))
            .map(NightTable::name)
            .toList();
    if (!isRunning()) {
      return "was not begun";
    }
    return open.isEmpty()
        ? "waits for its turn: tables at once: " + night.parallel()
        : "waits for " + String.join(", ", open);
  }

  /** Returns when it began: the first start of the run. */
  Instant began() {
    return Instant.parse(run.began());
  }

  /** Returns when it ended, or now. */
  Instant until() {
    return end().map(event -> Instant.parse(event.at())).orElse(now);
  }
}
