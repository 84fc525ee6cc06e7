/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.ledger;

import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What happened in a run. Components that a kind has no use for are null.
 *
 * @param what happened
 * @param at when, by the clock of the machine, as in 2026-01-31T23:26:00Z
 * @param writer the JVM that wrote it
 * @param table the table
 * @param step the number of its step, from 1 on
 * @param verb of the step
 * @param attempt the number of the attempt in this start of the night, from 1 on
 * @param exitCode of the step
 * @param seconds that it took
 * @param report the file of its report
 * @param detail a line for people
 */
public record LedgerEvent(
    What what,
    String at,
    String writer,
    @Nullable String table,
    @Nullable Integer step,
    @Nullable String verb,
    @Nullable Integer attempt,
    @Nullable Integer exitCode,
    @Nullable Double seconds,
    @Nullable String report,
    @Nullable String detail) {

  /** The kinds of events. */
  public enum What {
    /** The run was started, for the first time or again. */
    STARTED,
    STEP_BEGAN,
    STEP_ENDED,
    /** All steps are done; from now on snapshots are published. */
    PUBLISHING,
    /** The snapshot of a step is published. */
    PUBLISHED,
    /** A hook was called. */
    HOOK,
    /** The start has ended, with an exit code. */
    ENDED
  }

  /** An event of the whole run. */
  public static LedgerEvent ofRun(What what, @Nullable Integer exitCode, @Nullable String detail) {
    return new LedgerEvent(what, "", "", null, null, null, null, exitCode, null, null, detail);
  }

  /** An event of a step. */
  public static LedgerEvent ofStep(What what, StepKey step, String verb) {
    return new LedgerEvent(
        what, "", "", step.table(), step.number(), verb, null, null, null, null, null);
  }

  /** Returns the same with the number of the attempt. */
  public LedgerEvent inAttempt(int number) {
    return new LedgerEvent(
        what, at, writer, table, step, verb, number, exitCode, seconds, report, detail);
  }

  /** Returns the same with how a step ended. */
  public LedgerEvent ending(int code, double took, @Nullable String reportFile) {
    return new LedgerEvent(
        what, at, writer, table, step, verb, attempt, code, took, reportFile, detail);
  }

  LedgerEvent written(String time, String by) {
    return new LedgerEvent(
        what, time, by, table, step, verb, attempt, exitCode, seconds, report, detail);
  }
}
