/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.export;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.Printed;
import io.sluice.report.Count;
import io.sluice.report.JobReport;
import io.sluice.report.Tally;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The summaries of an export and of a schema, and their sections in the report. */
class ExportSummaryTest {
  private static final String AVRO =
      "{'type':'record','fields':[{'name':'id','type':'string'}]}".replace('\'', '"');
  private static final String RENAMED = "attribute 'a' has the column a_1";
  private static final SchemaSection SCHEMA = new SchemaSection(json(AVRO), List.of(RENAMED));

  private final Printed printed = new Printed();

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static SnapshotSection snapshot(
      int files, long bytes, long evaluated, double units, String... notes) {
    return new SnapshotSection(
        "s3://b/exports/snapshots_trips/t/",
        files,
        bytes,
        evaluated,
        units,
        "2026-01-31T23:26:00Z",
        "2026-01-31T23:26:01.500Z",
        List.of(notes));
  }

  /** Returns a report as it comes back from a job. */
  private static JobReport report(Map<Count, Long> counts, Map<String, String> sections) {
    Tally tally = new Tally(counts, Map.of(), List.of());
    return JobReport.fromJson(new JobReport(Map.of("table", "trips"), tally, sections).toJson());
  }

  private ExportSummary summary(JobReport report) {
    return new ExportSummary(report, Duration.ofMillis(2500), printed.console().out());
  }

  private static Map<Count, Long> exported(long items) {
    return Map.of(Count.READ, items, Count.WRITTEN, items);
  }

  @Test
  void anExport() {
    JobReport report =
        report(
            exported(5000),
            Map.of(
                SnapshotSection.NAME, snapshot(3, 2 << 20, 5000, 1234.4, "kept").toJson(),
                SchemaSection.NAME, SCHEMA.toJson()));
    assertThat(summary(report).printExport(), is(ExitCode.OK));
    assertThat(
        printed.out(),
        is(
            """
            trips -> s3://b/exports/snapshots_trips/t/
              read               5,000
              read units         1,234  scanned within 1.5 s
              written            5,000  in 2.5 s, 2,000 items/s
              files                  3  2.0 MB
              note: attribute 'a' has the column a_1
              note: kept
            """));
    assertThat(printed.errors(), is(empty()));
  }

  @Test
  void anExportOfWhatAFilterLeaves() {
    JobReport report =
        report(
            exported(5000),
            Map.of(SnapshotSection.NAME, snapshot(3, 2 << 20, 9000, 1233.5).toJson()));
    assertThat(summary(report).printExport(), is(ExitCode.OK));
    assertThat(
        printed.out(),
        is(
            """
            trips -> s3://b/exports/snapshots_trips/t/
              evaluated          9,000  looked at by the filter
              read               5,000
              read units         1,234  scanned within 1.5 s
              written            5,000  in 2.5 s, 2,000 items/s
              files                  3  2.0 MB
            """));
  }

  @Test
  void anExportOfNothing() {
    JobReport report =
        report(Map.of(), Map.of(SnapshotSection.NAME, snapshot(0, 0, 0, 0).toJson()));
    assertThat(summary(report).printExport(), is(ExitCode.OK));
    assertThat(
        printed.out(),
        is(
            """
            trips -> s3://b/exports/snapshots_trips/t/
              read                   0
              read units             0  scanned within 1.5 s
              written                0  in 2.5 s, 0 items/s
              files                  0  0 bytes
            """));
  }

  @Test
  void ofVeryManyNotesNotAllAreShown() {
    String[] notes = IntStream.range(0, 1_100).mapToObj(i -> "n" + i).toArray(String[]::new);
    JobReport report =
        report(Map.of(), Map.of(SnapshotSection.NAME, snapshot(0, 0, 0, 0, notes).toJson()));
    summary(report).printExport();
    List<String> shown =
        printed.lines().stream().filter(line -> line.startsWith("  note: ")).toList();
    assertThat(shown, hasSize(101));
    assertThat(
        shown.subList(99, 101),
        contains("  note: n99", "  note: and 1,000 more, which --report=FILE has"));
  }

  @Test
  void aSchema() {
    JobReport report =
        report(
            Map.of(Count.READ, 5000L, Count.WRITABLE, 5000L),
            Map.of(
                ScanSection.NAME, new ScanSection(625).toJson(),
                SchemaSection.NAME, SCHEMA.toJson()));
    assertThat(summary(report).printSchema(), is(ExitCode.OK));
    assertThat(
        printed.out(),
        is(
            """
            trips
              read               5,000  in 2.5 s, 2,000 items/s
              read units           625
              note: attribute 'a' has the column a_1
            {
              "type" : "record",
              "fields" : [ {
                "name" : "id",
                "type" : "string"
              } ]
            }
            """));
    assertThat(printed.errors(), is(empty()));
  }

  @Test
  void theSectionsAsJson() {
    assertThat(new ScanSection(0.5).toJson(), is("{\"readUnits\":0.5}"));
    assertThat(SCHEMA.toJson(), is("{\"avro\":" + AVRO + ",\"notes\":[\"" + RENAMED + "\"]}"));
    assertThat(
        snapshot(3, 1L << 40, 9, 2, "x \"y\"", "z").toJson().replace('"', '\''),
        is(
            "{'place':'s3://b/exports/snapshots_trips/t/','files':3,'bytes':1099511627776,"
                + "'evaluated':9,'readUnits':2.0,'scanStart':'2026-01-31T23:26:00Z',"
                + "'scanEnd':'2026-01-31T23:26:01.500Z','notes':['x \\'y\\'','z']}"));
  }

  @Test
  void theSectionsComeBack() {
    SnapshotSection snapshot = snapshot(3, 1L << 40, 9, 0.5, "x");
    ScanSection scan = new ScanSection(1e9);
    JobReport report =
        report(
            Map.of(),
            Map.of(
                SnapshotSection.NAME, snapshot.toJson(),
                ScanSection.NAME, scan.toJson(),
                SchemaSection.NAME, SCHEMA.toJson()));
    assertThat(SnapshotSection.of(report), equalTo(snapshot));
    assertThat(ScanSection.of(report), equalTo(scan));
    assertThat(SchemaSection.of(report), equalTo(Optional.of(SCHEMA)));
    assertThat(SchemaSection.of(report(Map.of(), Map.of())), is(Optional.empty()));
  }
}
