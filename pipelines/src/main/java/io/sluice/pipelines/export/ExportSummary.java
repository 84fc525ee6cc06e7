/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.export;

import io.sluice.pipelines.cli.DataSize;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.report.Count;
import io.sluice.report.JobReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Tells a person, on standard output, what an export did. */
final class ExportSummary {
  private static final int MOST_NOTES = 100;

  private ExportSummary() {}

  /** Prints the report of an export; the exit code. */
  static int print(JobReport report, Instant start) {
    SnapshotSection snapshot = SnapshotSection.of(report);
    System.out.printf("%s -> %s%n", report.job().get("table"), snapshot.place());
    long items = report.tally().count(Count.WRITTEN);
    if (snapshot.evaluated() != items) {
      line("evaluated", snapshot.evaluated(), "looked at by the filter");
    }
    line("read", report.tally().count(Count.READ), "");
    line("read units", Math.round(snapshot.readUnits()), scanTime(snapshot));
    line("written", items, rate(items, start));
    line("files", snapshot.files(), DataSize.text(snapshot.bytes()));
    SchemaSection.of(report).ifPresent(schema -> printNotes(schema.notes()));
    printNotes(snapshot.notes());
    return ExitCode.OK;
  }

  /** Prints the schema of a table; the exit code. */
  static int printSchema(JobReport report, Instant start) {
    long items = report.tally().count(Count.READ);
    System.out.printf("%s%n", report.job().get("table"));
    line("read", items, rate(items, start));
    line("read units", Math.round(ScanSection.of(report).readUnits()), "");
    SchemaSection schema = SchemaSection.of(report).orElseThrow();
    printNotes(schema.notes());
    System.out.println(schema.avroText());
    return ExitCode.OK;
  }

  /** Without the time for writing and publishing, which the forecast does not speak of. */
  private static String scanTime(SnapshotSection snapshot) {
    double seconds = snapshot.scanTime().toMillis() / 1000.0;
    return String.format(Locale.ROOT, "in %.1f s of scanning", seconds);
  }

  /** Prints so many that the counts above them stay in sight; all are in the report. */
  private static void printNotes(List<String> notes) {
    notes.stream().limit(MOST_NOTES).forEach(note -> System.out.println("  note: " + note));
    int more = notes.size() - MOST_NOTES;
    if (more > 0) {
      System.out.printf(Locale.ROOT, "  note: and %,d more, which --report=FILE has%n", more);
    }
  }

  private static String rate(long items, Instant start) {
    double seconds = Math.max(0.001, Duration.between(start, Instant.now()).toMillis() / 1000.0);
    return String.format(Locale.ROOT, "in %.1f s, %,.0f items/s", seconds, items / seconds);
  }

  private static void line(String what, long n, String more) {
    System.out.println(
        String.format(Locale.ROOT, "  %-12s%,12d  %s", what, n, more).stripTrailing());
  }
}
