/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night;

import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.Terminal;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.pipelines.night.file.Night;
import io.sluice.pipelines.night.ledger.Lease;
import io.sluice.pipelines.night.ledger.LedgerEvent;
import io.sluice.pipelines.night.ledger.LedgerEvent.What;
import io.sluice.pipelines.night.ledger.NightLedger;
import io.sluice.pipelines.night.ledger.NightRun;
import io.sluice.pipelines.night.page.PageFile;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Starts a night: takes its lease, and begins a run or goes on with the one before. */
final class NightCommand {
  /**
   * How much earlier the time of a merge is than the start, so that a capture which begins later
   * reads all changes up to it.
   */
  private static final Duration BEFORE_CAPTURES = Duration.ofSeconds(10);

  private final NightPlan plan;
  private final Console console;

  private NightCommand(NightPlan plan, Console console) {
    this.plan = plan;
    this.console = console;
  }

  /**
   * Runs the night to its end; returns the exit code.
   *
   * @throws JobException when it is being run by another, or cannot go on
   */
  static int run(NightPlan plan, Console console) {
    return new NightCommand(plan, console).run();
  }

  private int run() {
    NightLedger ledger = NightLedger.of(plan.night().ledger(), plan.night().name());
    NightStop stop = new NightStop();
    try {
      ledger.checkStore();
      try (Lease lease = Lease.take(ledger, stop::because)) {
        Thread hook = new Thread(() -> end(stop, lease), "stop-night");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
          return run(ledger, stop, lease.taken());
        } finally {
          forget(hook);
        }
      }
    } catch (IOException e) {
      throw new JobException("the ledger " + ledger.path() + ": " + UserMessages.oneLine(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.FAILED;
    }
  }

  /** Ctrl-C: the steps end, and the night can be started again at once. */
  private static void end(NightStop stop, Lease lease) {
    stop.because("it was ended from outside");
    lease.close();
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It is running.
      return;
    }
  }

  private NightView view(NightRun run, NightStop stop) {
    NightView shown = Terminal.isWatched() ? TerminalView.of(plan.night()) : new LinesView(console);
    return plan.page() == null
        ? shown
        : PageView.begin(
            shown, PageFile.of(plan.page()), plan.night(), run, stop, InstantSource.system());
  }

  private int work(NightRun run, NightStop stop) throws InterruptedException {
    Night night = plan.night();
    run.add(LedgerEvent.ofRun(What.STARTED, null, "process " + ProcessHandle.current().pid()));
    try (NightView view = view(run, stop)) {
      StepRunner steps = new StepRunner(run, stop, view, OwnProgram::command);
      return new NightWork(night, run, stop, view, steps).toTheEnd();
    }
  }

  /** Goes on with the run before, if it is to go on, and otherwise does a new one. */
  private int run(NightLedger ledger, NightStop stop, Instant now)
      throws IOException, InterruptedException {
    Optional<NightRun> before = ledger.latest().filter(run -> !run.state().isComplete());
    if (before.isPresent() && goesOn(before.get(), now)) {
      int code = work(before.get(), stop);
      if (code != ExitCode.OK || !isOld(before.get(), now)) {
        return code;
      }
    }
    Night night = plan.night();
    boolean merges =
        night.tables().stream()
            .flatMap(table -> table.steps().stream())
            .anyMatch(step -> step.publishes().equals("asOf"));
    NightRun run = ledger.begin(now, merges ? BEFORE_CAPTURES : Duration.ZERO, night.hash());
    console.tell("run " + run.header().id() + " in " + ledger.path());
    return work(run, stop);
  }

  private boolean isOld(NightRun run, Instant now) {
    Duration age = Duration.between(Instant.parse(run.header().began()), now);
    return age.compareTo(plan.night().resumeWithin()) > 0;
  }

  /**
   * Decides whether a run that is not complete goes on, and says so. One that publishes does, even
   * if it is old: otherwise its tables would stay in two states until the new run publishes.
   */
  private boolean goesOn(NightRun run, Instant now) {
    String id = run.header().id();
    boolean isOfThisFile = run.header().hash().equals(plan.night().hash());
    if (plan.startsOver()) {
      console.tell("the run " + id + " is left as it is");
      return false;
    }
    if (isOld(run, now) && !(run.state().isPublishing() && isOfThisFile)) {
      console.tell(
          "the run %s is not complete, but older than resumeWithin: a new one begins"
              .formatted(id));
      return false;
    }
    if (!isOfThisFile) {
      throw new JobException(
          "the run %s is not complete, and the file or the profile was another: go on with that, or give --startOver for a new run"
              .formatted(id));
    }
    console.tell(
        isOld(run, now)
            ? "the run " + id + " is published to its end, and then a new one begins"
            : "going on with the run " + id);
    return true;
  }
}
