/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.page;

import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.night.file.NightStep;
import io.sluice.pipelines.night.ledger.LedgerEvent;
import io.sluice.pipelines.night.ledger.LedgerEvent.What;
import io.sluice.pipelines.night.ledger.StepKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * How far a step is, by the events of its run.
 *
 * @param number in its table, from 1 on
 * @param attempts in their order
 * @param report the file of its last report; null for none
 */
record StepStatus(
    int number, NightStep step, Stage stage, List<Attempt> attempts, @Nullable String report) {

  /** Where a step stands. */
  enum Stage {
    WAITS("\u25cb", "wait", "waits"),
    RUNS("\u25b6", "run", "runs"),
    FAILED("\u2717", "bad", "failed"),
    STOPPED("\u25a0", "warn", "stopped"),
    DONE("\u2713", "good", "done"),
    HELD("\u25c6", "held", "held"),
    PUBLISHED("\u2713", "good", "published");

    final String sign;
    final String kind;
    final String words;

    Stage(String sign, String kind, String words) {
      this.sign = sign;
      this.kind = kind;
      this.words = words;
    }

    boolean isDone() {
      return this == DONE || this == HELD || this == PUBLISHED;
    }
  }

  /**
   * An attempt.
   *
   * @param until when it ended, or was last known to run
   * @param exitCode null while it runs, and when it was stopped
   */
  record Attempt(Instant began, Instant until, @Nullable Integer exitCode, boolean isRunning) {
    Duration took() {
      return Duration.between(began, until);
    }

    Stage stage() {
      if (exitCode == null) {
        return isRunning ? Stage.RUNS : Stage.STOPPED;
      }
      return exitCode == ExitCode.OK ? Stage.DONE : Stage.FAILED;
    }
  }

  /**
   * Finds out how far a step is.
   *
   * @param now until when it runs, if it does; null when no step runs any more
   */
  static StepStatus of(
      StepKey key, NightStep step, List<LedgerEvent> events, @Nullable Instant now) {
    List<Attempt> attempts = new ArrayList<>();
    boolean isPublished = false;
    boolean isOfThisStart = false;
    String report = null;
    for (LedgerEvent event : events) {
      isOfThisStart &= event.what() != What.STARTED;
      if (!key.table().equals(event.table())
          || !Integer.valueOf(key.number()).equals(event.step())) {
        continue;
      }
      isOfThisStart = true;
      isPublished |= event.what() == What.PUBLISHED;
      Instant at = Instant.parse(event.at());
      if (event.what() == What.STEP_BEGAN) {
        attempts.add(new Attempt(at, last(event.writer(), events), null, false));
      } else if (event.what() == What.STEP_ENDED && !attempts.isEmpty()) {
        Attempt begun = attempts.remove(attempts.size() - 1);
        attempts.add(new Attempt(begun.began, at, event.exitCode(), false));
        report = event.report() == null ? report : event.report();
      }
    }
    Optional<Attempt> last =
        attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.get(attempts.size() - 1));
    if (now != null && isOfThisStart && last.isPresent() && last.get().exitCode == null) {
      attempts.set(attempts.size() - 1, new Attempt(last.get().began, now, null, true));
      return new StepStatus(key.number(), step, Stage.RUNS, attempts, report);
    }
    Stage stage = last.map(Attempt::stage).orElse(Stage.WAITS);
    if (stage == Stage.DONE && step.isHeld()) {
      stage = isPublished ? Stage.PUBLISHED : Stage.HELD;
    } else if (now != null && !isOfThisStart && !stage.isDone()) {
      stage = Stage.WAITS;
    }
    return new StepStatus(key.number(), step, stage, attempts, report);
  }

  /** When a start of the night wrote last; it may have gone on for a while. */
  private static Instant last(String writer, List<LedgerEvent> events) {
    return events.stream()
        .filter(event -> event.writer().equals(writer))
        .map(event -> Instant.parse(event.at()))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  String name() {
    return number + " " + step.verb();
  }

  /** Returns the last attempt. */
  Optional<Attempt> last() {
    return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.get(attempts.size() - 1));
  }
}
