/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.page;

import io.sluice.pipelines.night.file.Hook;
import io.sluice.pipelines.night.file.NightTable;
import io.sluice.pipelines.night.ledger.LedgerEvent.What;
import io.sluice.report.page.Html;
import io.sluice.report.page.PageFrame;
import io.sluice.report.page.Texts;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Renders how far a night is as one HTML file, which loads nothing, runs no script, and reads
 * itself anew while the night runs. It has neither items nor secrets.
 */
public final class NightPage {
  /** After how many seconds a browser reads the page anew while the night runs. */
  static final int RELOAD_SECONDS = 5;

  private final Html html;
  private final NightStatus status;
  private final PageFile page;

  private NightPage(Html html, NightStatus status, PageFile page) {
    this.html = html;
    this.status = status;
    this.page = page;
  }

  /**
   * Renders the page.
   *
   * @param page where it will be, from which its links start
   * @param oldest the seconds after which the page of a night that runs is written anew at the
   *     latest, so that one that is older was killed
   */
  public static String of(NightStatus status, PageFile page, int oldest) {
    int reload = status.isRunning() ? RELOAD_SECONDS : 0;
    return new PageFrame(title(status), NightStyle.CSS, reload)
        .of(html -> new NightPage(html, status, page).write(oldest));
  }

  private static String title(NightStatus status) {
    long done = done(status.steps());
    String state =
        status.isRunning()
            ? done + " of " + status.steps().size()
            : status.isDone() ? "done" : "not done";
    return status.night().name() + ": " + state;
  }

  private static long done(List<StepStatus> steps) {
    return steps.stream().filter(step -> step.stage().isDone()).count();
  }

  private void write(int oldest) {
    html.open("header").add("h1", status.night().name());
    html.add(
        "p",
        "Run %s \u00b7 began %s".formatted(status.run().id(), Texts.time(status.began())),
        "class",
        "note");
    states();
    figures();
    List<StepStatus> steps = status.steps();
    ProgressBar.write(html, steps.isEmpty() ? 1 : (double) done(steps) / steps.size(), 10);
    html.add("p", written(oldest), "class", "note").close("header");
    html.add("h2", "Over time");
    Lanes.draw(html, status);
    html.add("h2", "Tables");
    status.night().tables().forEach(this::table);
    hooks();
    said();
  }

  private String written(int oldest) {
    String at = "Written at " + Texts.time(status.now()) + ".";
    return status.isRunning()
        ? "%s While the night runs, that is at most %d s ago, and the page reloads itself: if it stays older, the night was killed, and the same command goes on with it."
            .formatted(at, oldest)
        : at;
  }

  private void states() {
    html.open("ul", "class", "states");
    if (status.isRunning()) {
      state("run", "\u25b6", "Running");
    } else if (status.isDone()) {
      state("good", "\u2713", "Done");
    } else {
      String ended = status.end().map(end -> "Failed, " + end.detail()).orElse(null);
      String stopped = status.stopped() == null ? "Stopped" : "Stopped: " + status.stopped();
      state("bad", "\u2717", ended == null ? stopped : ended);
    }
    snapshots();
    html.close("ul");
  }

  private void snapshots() {
    List<StepStatus> held = status.steps().stream().filter(step -> step.step().isHeld()).toList();
    if (held.isEmpty()) {
      return;
    }
    long published = count(held, StepStatus.Stage.PUBLISHED);
    long ready = count(held, StepStatus.Stage.HELD);
    if (published == held.size()) {
      state("good", "\u2713", "All snapshots are published: " + published);
    } else if (status.isPublishing()) {
      state("warn", "!", "Published: " + published + " of " + held.size() + " snapshots");
    } else {
      state(
          "wait",
          "\u25c6",
          "Held: %d of %d snapshots; readers have those before".formatted(ready, held.size()));
    }
  }

  private static long count(List<StepStatus> steps, StepStatus.Stage stage) {
    return steps.stream().filter(step -> step.stage() == stage).count();
  }

  private void state(String kind, String sign, String text) {
    html.open("li", "class", kind).add("span", sign, "aria-hidden", "true");
    html.text(" " + text).close("li");
  }

  private void figures() {
    List<StepStatus> steps = status.steps();
    long tables = status.night().tables().stream().filter(status::isDone).count();
    html.open("dl", "class", "figures");
    figure("Steps done", done(steps) + " of " + steps.size());
    figure("Tables done", tables + " of " + status.night().tables().size());
    Duration took = Duration.between(status.began(), status.until());
    figure(status.isRunning() ? "Runs for" : "Took", Texts.duration(took));
    if (status.night().isHeld()) {
      figure("Snapshot time", Texts.time(Instant.parse(status.run().snapshotTime())));
    }
    cost(steps).ifPresent(dollars -> figure("Cost so far", Texts.dollars(dollars)));
    html.close("dl");
  }

  private void figure(String name, String value) {
    html.open("div").add("dt", name).add("dd", value).close("div");
  }

  /** Returns what the reports say together; empty when none says anything. */
  private Optional<BigDecimal> cost(List<StepStatus> steps) {
    return steps.stream()
        .map(step -> report(step.report()).dollars())
        .filter(Objects::nonNull)
        .reduce(BigDecimal::add);
  }

  private StepReport report(@Nullable String file) {
    return file == null ? StepReport.NONE : status.reports().getOrDefault(file, StepReport.NONE);
  }

  private void table(NightTable table) {
    html.open("section").open("h3").name(table.name()).close("h3");
    html.add("p", status.state(table));
    if (!table.after().isEmpty()) {
      html.add("p", "after " + String.join(", ", table.after()), "class", "note");
    }
    html.open("ol", "class", "steps");
    for (StepStatus step : status.steps(table)) {
      StepProgress progress = status.progress().get(table.name());
      StepCard.write(html, page, step, progress, report(step.report()));
    }
    html.close("ol").close("section");
  }

  /** A command may have a secret among its arguments, and an address often is one. */
  private void hooks() {
    List<Hook> hooks =
        new ArrayList<>(List.of(status.night().onSuccess(), status.night().onFailure()));
    hooks.removeIf(hook -> hook.command().isEmpty() && hook.post() == null);
    if (hooks.isEmpty()) {
      return;
    }
    html.add("h2", "Hooks").open("table", "class", "facts").open("tbody");
    for (Hook hook : hooks) {
      List<String> whom = new ArrayList<>();
      if (!hook.command().isEmpty()) {
        whom.add(hook.command().get(0));
      }
      if (hook.post() != null) {
        whom.add(hook.post().getHost());
      }
      html.open("tr").open("th", "scope", "row").text(hook.name() + ": ");
      html.text(String.join(", ", whom)).close("th").add("td", called(hook)).close("tr");
    }
    html.close("tbody").close("table");
  }

  private String called(Hook hook) {
    return status.events().stream()
        .filter(event -> event.what() == What.HOOK && isOf(hook, event.detail()))
        .reduce((first, second) -> second)
        .map(
            event ->
                "called at "
                    + Texts.time(Instant.parse(event.at()))
                    + event.detail().substring(hook.name().length()))
        .orElse("not called");
  }

  private static boolean isOf(Hook hook, @Nullable String detail) {
    return detail != null && (detail + ";").startsWith(hook.name() + ";");
  }

  private void said() {
    if (status.said().isEmpty()) {
      return;
    }
    html.add("h2", "Remarks").open("ul");
    status.said().forEach(line -> html.add("li", line));
    html.close("ul");
  }
}
