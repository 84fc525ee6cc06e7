/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.diff;

import io.sluice.change.diff.DiffCounts;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.DataSize;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.report.JobReport;
import io.sluice.report.SectionJson;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints a summary, for a person, of a comparison. */
final class DiffSummary {
  /** The section of the report with the counts. */
  static final String SECTION = "diff";

  /** How many names of attributes are shown; the report has all that are counted. */
  private static final int SHOWN_NAMES = 10;

  private final JobReport report;
  private final DiffJob job;
  private final Console console;

  DiffSummary(JobReport report, DiffJob job, Console console) {
    this.report = report;
    this.job = job;
    this.console = console;
  }

  /** Prints it; returns the exit code. */
  int print() {
    DiffCounts counts = SectionJson.find(report, SECTION, DiffCounts.class).orElseThrow();
    double seconds = Math.max(0.001, job.took().toMillis() / 1000.0);
    console.out().println(job.title());
    line("from", counts.from(), job.from().place());
    line("to", counts.to(), job.to().place());
    line("added", counts.added(), "");
    line("changed", counts.changed(), names(counts));
    line("removed", counts.removed(), "");
    line(
        "unchanged",
        counts.unchanged(),
        String.format(
            Locale.ROOT,
            "in %.1f s, %,.0f items/s",
            seconds,
            (counts.from() + counts.to()) / seconds));
    DeltaSection.of(report).ifPresent(this::printDelta);
    if (counts.differences() == 0 || job.task() != null) {
      return ExitCode.OK;
    }
    console.tell(
        String.format(Locale.ROOT, "--from and --to differ in %,d items", counts.differences()));
    return ExitCode.DIFFERENT;
  }

  private void printDelta(DeltaSection delta) {
    line(
        "written",
        delta.records(),
        "in %d %s, %s: commit %d of %s"
            .formatted(
                delta.files(),
                delta.files() == 1 ? "file" : "files",
                DataSize.text(delta.bytes()),
                delta.commit(),
                job.task().feed().path()));
  }

  private static String names(DiffCounts counts) {
    List<Map.Entry<String, Long>> all = counts.byFrequency();
    long rest =
        counts.otherAttributes()
            + all.stream().skip(SHOWN_NAMES).mapToLong(Map.Entry::getValue).sum();
    String shown =
        all.stream()
            .limit(SHOWN_NAMES)
            .map(name -> String.format(Locale.ROOT, "%s %,d", name.getKey(), name.getValue()))
            .collect(Collectors.joining(", "));
    return rest == 0 ? shown : shown + String.format(Locale.ROOT, ", others %,d", rest);
  }

  private void line(String what, long n, String more) {
    console
        .out()
        .println(String.format(Locale.ROOT, "  %-12s%,12d  %s", what, n, more).stripTrailing());
  }
}
