/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.export;

import io.sluice.pipelines.cli.DataSize;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.table.UnitsSummary;
import io.sluice.report.Count;
import io.sluice.report.JobReport;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Prints a summary of an export for a person.
 *
 * @param took how long it took
 */
record ExportSummary(JobReport report, Duration took, PrintStream out) {
  private static final int MOST_NOTES = 100;

  /** Prints the report of an export; returns the exit code. */
  int printExport() {
    SnapshotSection snapshot = SnapshotSection.of(report);
    out.printf("%s -> %s%n", report.job().get("table"), snapshot.place());
    long items = report.tally().count(Count.WRITTEN);
    if (snapshot.evaluated() != items) {
      line("evaluated", snapshot.evaluated(), "looked at by the filter");
    }
    line("read", report.tally().count(Count.READ), "");
    Object export = report.job().get("source");
    Optional<ResumedSection> before = ResumedSection.of(report).filter(r -> r.pages() > 0);
    double unitsBefore = before.map(ResumedSection::readUnits).orElse(0.0);
    String how = export == null ? scanTime(snapshot) : "an export as of " + snapshot.scanStart();
    line("read units", Math.round(snapshot.readUnits() - unitsBefore), how);
    before.ifPresent(
        earlier -> line("taken over", earlier.items(), takenOver(earlier, snapshot.scanStart())));
    line("written", items, rate(items));
    line("files", snapshot.files(), DataSize.text(snapshot.bytes()));
    new UnitsSummary(report).lines().forEach(units -> out.println("  " + units));
    SchemaSection.of(report).ifPresent(schema -> printNotes(schema.notes()));
    printNotes(snapshot.notes());
    return ExitCode.OK;
  }

  private static String takenOver(ResumedSection earlier, String scanStart) {
    return String.format(
        Locale.ROOT,
        "of the items read: %,d pages, %,.0f read units, scanned before, from %s on",
        earlier.pages(),
        earlier.readUnits(),
        scanStart);
  }

  /** Prints the schema of a table; returns the exit code. */
  int printSchema() {
    long items = report.tally().count(Count.READ);
    out.printf("%s%n", report.job().get("table"));
    line("read", items, rate(items));
    line("read units", Math.round(ScanSection.of(report).readUnits()), "");
    SchemaSection schema = SchemaSection.of(report).orElseThrow();
    printNotes(schema.notes());
    // With println, the newlines would be escaped.
    out.print(schema.avroText() + "\n");
    return ExitCode.OK;
  }

  /**
   * Excludes the time for writing and publishing, which the forecast does not cover. DynamoDB's
   * clock shows whole seconds, so this is a bound.
   */
  private static String scanTime(SnapshotSection snapshot) {
    double seconds = snapshot.scanTime().toMillis() / 1000.0;
    return String.format(Locale.ROOT, "scanned within %.1f s", seconds);
  }

  /**
   * Prints few enough notes that the counts above them stay visible; the report has all of them.
   */
  private void printNotes(List<String> notes) {
    notes.stream().limit(MOST_NOTES).forEach(note -> out.println("  note: " + note));
    int more = notes.size() - MOST_NOTES;
    if (more > 0) {
      out.printf(Locale.ROOT, "  note: and %,d more, which --report=FILE has%n", more);
    }
  }

  private String rate(long items) {
    double seconds = Math.max(0.001, took.toMillis() / 1000.0);
    return String.format(Locale.ROOT, "in %.1f s, %,.0f items/s", seconds, items / seconds);
  }

  private void line(String what, long n, String more) {
    out.println(String.format(Locale.ROOT, "  %-12s%,12d  %s", what, n, more).stripTrailing());
  }
}
