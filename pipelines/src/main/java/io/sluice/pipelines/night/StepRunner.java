/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.night.file.NightStep;
import io.sluice.pipelines.night.ledger.LedgerEvent;
import io.sluice.pipelines.night.ledger.LedgerEvent.What;
import io.sluice.pipelines.night.ledger.NightRun;
import io.sluice.pipelines.night.ledger.StepKey;
import io.sluice.pipelines.night.page.StepProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * Runs single steps of a night, tries them again, and writes what they do to the ledger.
 *
 * @param program makes the command that runs Sluice with some arguments
 */
record StepRunner(
    NightRun run, NightStop stop, NightView view, UnaryOperator<List<String>> program) {
  /** What another attempt would end with as well. */
  private static final Set<Integer> FINAL =
      Set.of(ExitCode.USAGE, ExitCode.REJECTIONS, ExitCode.DIFFERENT);

  /** Runs a step, unless it is done already; returns whether it is done. */
  boolean execute(StepKey key, NightStep step) throws InterruptedException {
    if (run.state().isDone(key)) {
      return true;
    }
    List<String> arguments = arguments(key, step);
    String report = null;
    if (step.isHeld()) {
      arguments.add("--publish=HOLD");
    }
    if (step.reports()) {
      report = run.place() + file(key, step, ".json");
      arguments.add("--report=" + report);
      arguments.add("--report=" + run.place() + file(key, step, ".html"));
    }
    for (int attempt = 1; ; attempt++) {
      run.add(LedgerEvent.ofStep(What.STEP_BEGAN, key, step.verb()).inAttempt(attempt));
      Attempt ended = attempt(key, step, "", arguments);
      run.add(
          LedgerEvent.ofStep(What.STEP_ENDED, key, step.verb())
              .inAttempt(attempt)
              .ending(ended.code, ended.seconds, report));
      if (ended.code == ExitCode.OK || !again(key, step, ended, attempt)) {
        return ended.code == ExitCode.OK;
      }
    }
  }

  /** Publishes what a step holds, unless it is published already; returns whether it is. */
  boolean publish(StepKey key, NightStep step) throws InterruptedException {
    if (run.state().isPublished(key)) {
      return true;
    }
    List<String> arguments = arguments(key, step);
    arguments.add("--publish=RELEASE");
    for (int attempt = 1; ; attempt++) {
      Attempt ended = attempt(key, step, "-publish", arguments);
      if (ended.code == ExitCode.OK) {
        run.add(LedgerEvent.ofStep(What.PUBLISHED, key, step.verb()).inAttempt(attempt));
        return true;
      }
      if (!again(key, step, ended, attempt)) {
        return false;
      }
    }
  }

  private record Attempt(int code, double seconds, String told) {}

  private List<String> arguments(StepKey key, NightStep step) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--pipeline=" + step.verb());
    arguments.addAll(step.arguments());
    if (step.isResumable()) {
      arguments.add("--resumable");
    }
    if (step.keeps()) {
      arguments.add("--checkpoints=" + run.place() + "checkpoints");
    }
    if (step.isHeld()) {
      arguments.add("--" + step.publishes() + "=" + run.header().snapshotTime());
    }
    if (step.raises()) {
      arguments.add("--raisedBy=" + NightStep.raiser(run.ledger(), key.table(), key.number()));
    }
    arguments.add("--progress=json");
    arguments.add("--exitWithStdin");
    return arguments;
  }

  private Attempt attempt(StepKey key, NightStep step, String suffix, List<String> arguments)
      throws InterruptedException {
    view.table(key.table(), title(key, step) + (suffix.isEmpty() ? "" : ", publishing"));
    long begin = System.nanoTime();
    StepProcess[] started = new StepProcess[1];
    int code =
        stop.run(
            () ->
                started[0] =
                    StepProcess.start(
                        program.apply(arguments),
                        line -> view.progress(key.table(), StepProgress.of(line).orElse(null)),
                        line -> view.result(key.table(), line),
                        line -> view.remark(key.table(), line)));
    double seconds = (System.nanoTime() - begin) / (double) TimeUnit.SECONDS.toNanos(1);
    run.keep(file(key, step, suffix + ".log"), started[0].remarks().getBytes(UTF_8));
    return new Attempt(code, seconds, started[0].lastTold());
  }

  private static String title(StepKey key, NightStep step) {
    return "step " + key.number() + ", " + step.verb();
  }

  /** The name of a file of a step, in the folder of the run. */
  private static String file(StepKey key, NightStep step, String suffix) {
    return "steps/" + key.table() + "-" + key.number() + "-" + step.verb() + suffix;
  }

  /** Tells of a failure, and waits, if there is to be another attempt. */
  private boolean again(StepKey key, NightStep step, Attempt ended, int attempt)
      throws InterruptedException {
    boolean isLast = FINAL.contains(ended.code) || attempt > step.retries();
    view.tell(
        "%s, %s failed with the exit code %d%s%s"
            .formatted(
                key.table(),
                title(key, step),
                ended.code,
                ended.told.isEmpty() ? "" : ": " + ended.told,
                isLast ? "" : "; it is tried again in " + step.pause().toSeconds() + " s"));
    if (!isLast) {
      view.table(
          key.table(),
          "%s, is tried again in %d s".formatted(title(key, step), step.pause().toSeconds()));
      stop.pause(step.pause());
    }
    return !isLast;
  }
}
