/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night;

import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.night.file.Hook;
import io.sluice.pipelines.night.file.Night;
import io.sluice.pipelines.night.file.NightStep;
import io.sluice.pipelines.night.file.NightTable;
import io.sluice.pipelines.night.ledger.LedgerEvent;
import io.sluice.pipelines.night.ledger.LedgerEvent.What;
import io.sluice.pipelines.night.ledger.LedgerJson;
import io.sluice.pipelines.night.ledger.NightRun;
import io.sluice.pipelines.night.ledger.StepKey;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Does what is left of a run: the steps of the tables, then the publishing of their snapshots, then
 * the hooks.
 */
record NightWork(Night night, NightRun run, NightStop stop, NightView view, StepRunner steps) {

  /**
   * Works to the end; returns the exit code.
   *
   * @throws JobException when the night is stopped, or the ledger fails
   */
  int toTheEnd() throws InterruptedException {
    TablePool pool = new TablePool(night.parallel());
    Set<String> failed = Set.of();
    if (!run.state().isPublishing()) {
      failed =
          pool.run(
              night.tables(),
              table -> guarded(table, this::table),
              (table, other) ->
                  view.table(table.name(), "is not begun, since it comes after " + other));
    }
    if (failed.isEmpty() && night.isHeld()) {
      if (!run.state().isPublishing()) {
        run.add(LedgerEvent.ofRun(What.PUBLISHING, null, null));
      }
      failed = pool.run(held(), table -> guarded(table, this::publish), (table, other) -> {});
    }
    return failed.isEmpty() ? succeed() : fail(failed);
  }

  /** When one table cannot go on at all, others cannot either. */
  private boolean guarded(NightTable table, TablePool.Work work) throws InterruptedException {
    try {
      return work.on(table);
    } catch (JobException e) {
      stop.because(e.getMessage());
      throw e;
    }
  }

  private boolean table(NightTable table) throws InterruptedException {
    int number = 0;
    for (NightStep step : table.steps()) {
      number++;
      if (!steps.execute(new StepKey(table.name(), number), step)) {
        view.table(table.name(), "failed in step " + number + ", " + step.verb());
        return false;
      }
    }
    boolean isHeld = table.steps().stream().anyMatch(NightStep::isHeld);
    view.table(table.name(), isHeld ? "done, and held until all are" : "done");
    return true;
  }

  /** Returns the tables that have snapshots to be published, which need no order. */
  private List<NightTable> held() {
    return night.tables().stream()
        .filter(table -> table.steps().stream().anyMatch(NightStep::isHeld))
        .map(table -> new NightTable(table.name(), List.of(), table.steps()))
        .toList();
  }

  private boolean publish(NightTable table) throws InterruptedException {
    int number = 0;
    for (NightStep step : table.steps()) {
      number++;
      if (step.isHeld() && !steps.publish(new StepKey(table.name(), number), step)) {
        view.table(table.name(), "is not published");
        return false;
      }
    }
    view.table(table.name(), "published");
    return true;
  }

  private int succeed() throws InterruptedException {
    if (!run.state().isToldOfSuccess()) {
      call(night.onSuccess(), HookMessage.SUCCEEDED, Set.of());
    }
    run.add(LedgerEvent.ofRun(What.ENDED, ExitCode.OK, null));
    view.tell(
        night.isHeld()
            ? night.name()
                + " is done: its snapshots of "
                + run.header().snapshotTime()
                + " are published"
            : night.name() + " is done");
    return ExitCode.OK;
  }

  private int fail(Set<String> failed) throws InterruptedException {
    call(night.onFailure(), HookMessage.FAILED, failed);
    String which = String.join(", ", failed);
    run.add(LedgerEvent.ofRun(What.ENDED, ExitCode.FAILED, "not done: " + which));
    view.tell(
        "%s is not done: %s; %s. The same command goes on with what is left; %s has the steps"
            .formatted(night.name(), which, left(), run.place()));
    return ExitCode.FAILED;
  }

  private String left() {
    if (!night.isHeld()) {
      return "the other tables are done";
    }
    return run.state().isPublishing()
        ? "some of the snapshots may be published, and the others are not yet"
        : "no snapshot is published, and readers stay with those before";
  }

  private void call(Hook hook, String state, Set<String> failed) throws InterruptedException {
    if (hook.command().isEmpty() && hook.post() == null) {
      return;
    }
    HookMessage message =
        new HookMessage(
            state, run.header(), run.place(), List.copyOf(failed), run.state().events());
    List<String> problems = HookCall.of(hook, LedgerJson.write(message));
    problems.forEach(view::tell);
    run.add(
        LedgerEvent.ofRun(
            What.HOOK,
            null,
            Stream.concat(Stream.of(hook.name()), problems.stream())
                .reduce((name, problem) -> name + "; " + problem)
                .orElseThrow()));
  }
}
