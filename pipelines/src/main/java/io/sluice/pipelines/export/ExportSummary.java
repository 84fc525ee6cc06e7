/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.pipelines.cli.DataSize;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.report.Count;
import io.sluice.report.JobReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Tells a person, on standard output, what an export did. */
final class ExportSummary {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_NOTES = 100;

  private ExportSummary() {}

  /** Prints the report of an export; the exit code. */
  static int print(JobReport report, Instant start) {
    JsonNode snapshot = SnapshotSection.in(report);
    System.out.printf("%s -> %s%n", report.job().get("table"), snapshot.get("place").asText());
    long items = report.tally().count(Count.WRITTEN);
    long evaluated = snapshot.get("evaluated").asLong();
    if (evaluated != items) {
      line("evaluated", evaluated, "looked at by the filter");
    }
    line("read", report.tally().count(Count.READ), "");
    line("read units", Math.round(snapshot.get("readUnits").asDouble()), scanTime(snapshot));
    line("written", items, rate(items, start));
    line("files", snapshot.get("files").asLong(), DataSize.text(snapshot.get("bytes").asLong()));
    printNotes(SchemaSection.in(report));
    printNotes(snapshot);
    return ExitCode.OK;
  }

  /** Prints the schema of a table; the exit code. */
  static int printSchema(JobReport report, Instant start) {
    long items = report.tally().count(Count.READ);
    System.out.printf("%s%n", report.job().get("table"));
    line("read", items, rate(items, start));
    line("read units", Math.round(ScanSection.in(report).get("readUnits").asDouble()), "");
    printNotes(SchemaSection.in(report));
    try {
      System.out.println(
          JSON.writerWithDefaultPrettyPrinter()
              .writeValueAsString(SchemaSection.in(report).get("avro")));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("JSON that was read is written", e);
    }
    return ExitCode.OK;
  }

  /** Without the time for writing and publishing, which the forecast does not speak of. */
  private static String scanTime(JsonNode snapshot) {
    Duration scan =
        Duration.between(
            Instant.parse(snapshot.get("scanStart").asText()),
            Instant.parse(snapshot.get("scanEnd").asText()));
    return String.format(Locale.ROOT, "in %.1f s of scanning", scan.toMillis() / 1000.0);
  }

  /** Prints so many that the counts above them stay in sight; all are in the report. */
  private static void printNotes(JsonNode section) {
    JsonNode notes = section.path("notes");
    for (int i = 0; i < Math.min(notes.size(), MOST_NOTES); i++) {
      System.out.println("  note: " + notes.get(i).asText());
    }
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
