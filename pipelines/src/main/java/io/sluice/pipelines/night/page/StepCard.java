/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.page;

import io.sluice.report.page.Html;
import io.sluice.report.page.Texts;
import java.util.Locale;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Writes what is known of a step. */
final class StepCard {
  private final Html html;
  private final PageFile page;
  private final StepStatus step;

  private StepCard(Html html, PageFile page, StepStatus step) {
    this.html = html;
    this.page = page;
    this.step = step;
  }

  /**
   * Writes a step.
   *
   * @param progress how far it is; null when it does not run, or does not say
   */
  static void write(
      Html html,
      PageFile page,
      StepStatus step,
      @Nullable StepProgress progress,
      StepReport report) {
    new StepCard(html, page, step).write(progress, report);
  }

  private void write(@Nullable StepProgress progress, StepReport report) {
    html.open("li", "class", "step " + step.stage().kind);
    html.open("div", "class", "step-name");
    html.add("span", step.stage().sign, "class", "sign", "aria-hidden", "true").text(" ");
    html.add("b", step.name()).close("div");
    html.add("p", state());
    if (step.stage() == StepStatus.Stage.RUNS && progress != null) {
      running(progress);
    }
    if (!report.counts().isEmpty()) {
      html.add("p", String.join(", ", report.counts()), "class", "note");
    }
    if (report.dollars() != null) {
      html.add("p", "cost " + Texts.dollars(report.dollars()), "class", "note");
    }
    if (step.report() != null && report.isThere()) {
      link(step.report());
    }
    html.open("details").add("summary", "Options").open("ul", "class", "options");
    step.step().shown().forEach(option -> html.open("li").add("code", option).close("li"));
    html.close("ul").close("details").close("li");
  }

  private String state() {
    StepStatus.Stage stage = step.stage();
    return step.last()
        .map(
            attempt ->
                stage == StepStatus.Stage.WAITS
                    ? stage.words + ", " + ended(attempt) + " before"
                    : ended(attempt) + more(stage))
        .orElse(stage.words);
  }

  private String ended(StepStatus.Attempt attempt) {
    String time = Texts.duration(attempt.took());
    String many = step.attempts().size() > 1 ? ", attempt " + step.attempts().size() : "";
    return switch (attempt.stage()) {
      case RUNS -> "runs for " + time + many;
      case FAILED ->
          "failed after %s with the exit code %d%s".formatted(time, attempt.exitCode(), many);
      case STOPPED -> "was stopped after " + time + many;
      default -> "done in " + time + many;
    };
  }

  private static String more(StepStatus.Stage stage) {
    return switch (stage) {
      case HELD -> ", not published yet";
      case PUBLISHED -> ", published";
      default -> "";
    };
  }

  private void running(StepProgress progress) {
    html.open("p", "class", "counted").text(progress.counted()).close("p");
    if (progress.total() != null && progress.total() > 0) {
      double share = Math.min(1, (double) progress.items() / progress.total());
      ProgressBar.write(html, share, 8);
    }
    html.add("p", progress.rates(), "class", "note");
    if (progress.secondsLeft() != null) {
      html.add("p", StepProgress.left(progress.secondsLeft()), "class", "note");
    }
    if (progress.throttled() > 0) {
      html.add(
          "p",
          String.format(Locale.ROOT, "%,d requests throttled by DynamoDB", progress.throttled()),
          "class",
          "warn");
    }
  }

  private void link(String json) {
    String file = json.replaceFirst("[.]json$", ".html");
    html.open("p", "class", "note");
    Optional<String> link = page.linkTo(file);
    if (link.isPresent()) {
      html.add("a", "report", "href", link.get());
    } else {
      html.text("report: ").open("code").name(file).close("code");
    }
    html.close("p");
  }
}
