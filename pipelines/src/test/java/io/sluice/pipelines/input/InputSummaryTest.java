/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.input;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.failure.PayloadFormat;
import io.sluice.failure.Rejection;
import io.sluice.item.Origin;
import io.sluice.item.Reason;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.Printed;
import io.sluice.report.Count;
import io.sluice.report.JobReport;
import io.sluice.report.Limits;
import io.sluice.report.Tally;
import io.sluice.survey.SurveySection;
import io.sluice.survey.SurveySection.HotKeys;
import io.sluice.survey.SurveySection.LargeItem;
import io.sluice.survey.SurveySection.WriteUnits;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;

/** The summaries of an import, a dry run and a verification. */
class InputSummaryTest {
  private static final String REJECTS = "out/rejects/now";

  private final Printed printed = new Printed();

  /** Returns the summary of a report as it comes back from a job. */
  private InputSummary summary(Tally tally, @Nullable String rejects, SurveySection... survey) {
    Map<String, String> sections =
        survey.length == 0 ? Map.of() : Map.of(SurveySection.NAME, survey[0].toJson());
    return summary(
        new JobReport(Map.of("input", "in/*.csv", "table", "trips"), tally, sections), rejects);
  }

  private InputSummary summary(JobReport report, @Nullable String rejects) {
    return new InputSummary(
        JobReport.fromJson(report.toJson()), rejects, Duration.ofMillis(2500), printed.console());
  }

  private void assertPrinted(String out, String... errors) {
    assertThat(printed.out(), is(out));
    assertThat(printed.errors(), is(List.of(errors)));
  }

  private static Rejection rejection(Reason reason, String message, long offset) {
    return new Rejection(
        Rejection.Stage.READ,
        reason,
        message,
        new Origin("a.csv", offset),
        new byte[0],
        PayloadFormat.ITEM);
  }

  private static Tally tally(Map<Count, Long> counts, Reason... rejected) {
    return new Tally(
        counts,
        Arrays.stream(rejected).collect(Collectors.toMap(reason -> reason, reason -> 1L)),
        Arrays.stream(rejected).map(reason -> rejection(reason, "why", 7)).toList());
  }

  @Test
  void anImport() {
    Tally tally =
        tally(
            Map.of(
                Count.READ, 5004L, Count.SKIPPED, 1L, Count.DUPLICATES, 2L, Count.WRITTEN, 5000L),
            Reason.HEADER);
    assertThat(summary(tally, REJECTS).printImport(Limits.ofRejects(1)), is(ExitCode.OK));
    assertPrinted(
        """
        in/*.csv -> trips
          read               5,004
          skipped                1
          duplicates             2  dropped
          rejected               1  HEADER 1
                                    a.csv at offset 7: why
                                    all of them: out/rejects/now/
          written            5,000  in 2.5 s, 2,000 items/s
        """);
  }

  @Test
  void anImportOfWhatIsNotFit() {
    Tally tally =
        new Tally(
            Map.of(Count.READ, 1210L, Count.WITHHELD, 4L),
            Map.of(Reason.MALFORMED, 1200L, Reason.KEY_MISSING, 6L),
            IntStream.range(0, 6)
                .mapToObj(i -> rejection(Reason.KEY_MISSING, "no key", i))
                .toList());
    assertThat(summary(tally, null).printImport(Limits.ofRejects(10)), is(ExitCode.REJECTIONS));
    assertPrinted(
        """
        in/*.csv -> trips
          read               1,210
          skipped                0
          duplicates             0  dropped
          rejected           1,206  MALFORMED 1,200, KEY_MISSING 6
                                    a.csv at offset 0: no key
                                    a.csv at offset 1: no key
                                    a.csv at offset 2: no key
                                    a.csv at offset 3: no key
                                    a.csv at offset 4: no key
          withheld               4  not written, since too many are rejected
          written                0
        """,
        "sluice: 1,206 rejected, --maxRejects=10 allows fewer: nothing was written");
  }

  @Test
  void anImportOfWhichDynamoDbRefusesSome() {
    Tally tally = tally(Map.of(Count.READ, 2L, Count.WRITTEN, 1L), Reason.REFUSED);
    assertThat(summary(tally, null).printImport(Limits.ofRejects(0)), is(ExitCode.REJECTIONS));
    assertPrinted(
        """
        in/*.csv -> trips
          read                   2
          skipped                0
          duplicates             0  dropped
          rejected               1  REFUSED 1
                                    a.csv at offset 7: why
          written                1  in 2.5 s, 0 items/s
        """,
        "sluice: 1 rejected, --maxRejects=0 allows fewer: the others were written");
  }

  @Test
  void anImportWhoseTimeIsUp() {
    Tally tally = tally(Map.of(Count.READ, 3000L, Count.WRITTEN, 1000L, Count.LEFT, 2000L));
    assertThat(summary(tally, null).printImport(Limits.ofRejects(0)), is(ExitCode.FAILED));
    assertPrinted(
        """
        in/*.csv -> trips
          read               3,000
          skipped                0
          duplicates             0  dropped
          rejected               0
          written            1,000  in 2.5 s, 400 items/s
          left               2,000  not written, since the time was up
        """,
        "sluice: stopped by --terminateAfter: 1,000 items are written and 2,000 are left; the"
            + " same command writes all of them");
  }

  @Test
  void anImportOfNothing() {
    assertThat(summary(Tally.EMPTY, REJECTS).printImport(Limits.ofRejects(0)), is(ExitCode.OK));
    assertPrinted(
        """
        in/*.csv -> trips
          read                   0
          skipped                0
          duplicates             0  dropped
          rejected               0
          written                0
        """);
  }

  private InputSummary summaryOfChanges(Tally tally, SurveySection... survey) {
    Map<String, String> sections =
        survey.length == 0 ? Map.of() : Map.of(SurveySection.NAME, survey[0].toJson());
    Map<String, Object> job = Map.of("input", "feed/", "table", "trips", "changes", "APPLY");
    return summary(new JobReport(job, tally, sections), null);
  }

  @Test
  void changesThatAreApplied() {
    Tally tally =
        tally(
            Map.of(
                Count.READ, 1000L,
                Count.SUPERSEDED, 700L,
                Count.WRITTEN, 200L,
                Count.DELETED, 100L,
                Count.DELETES, 100L,
                Count.TIES, 1L));
    assertThat(summaryOfChanges(tally).printImport(new Limits(0, 100)), is(ExitCode.OK));
    assertPrinted(
        """
        feed/ -> trips
          read               1,000
          skipped                0
          superseded           700  by later changes of the same keys
          ties                   1  keys with several last changes, of which one was taken
          rejected               0
          written              200  in 2.5 s, 120 items/s
          deleted              100
        """);
  }

  @Test
  void changesThatDeleteTooMuch() {
    Tally tally =
        tally(
            Map.of(
                Count.READ, 10L,
                Count.SUPERSEDED, 7L,
                Count.WITHHELD, 3L,
                Count.DELETES, 1L));
    assertThat(summaryOfChanges(tally).printImport(new Limits(0, 0)), is(ExitCode.REJECTIONS));
    assertPrinted(
        """
        feed/ -> trips
          read                  10
          skipped                0
          superseded             7  by later changes of the same keys
          rejected               0
          withheld               3  not written, since too many are deletes
          written                0
          deleted                0
        """,
        "sluice: the changes delete 1 item, --maxDeletes=0 allows fewer: nothing was written;"
            + " --maxDeletes=1 applies them");
  }

  @Test
  void aDryRunOfChanges() {
    SurveySection survey =
        new SurveySection(
            1,
            2,
            90,
            new WriteUnits(3, 0, Map.of()),
            Map.of(),
            List.of(),
            new HotKeys(0, Map.of()));
    Tally tally =
        tally(Map.of(Count.READ, 3L, Count.WRITABLE, 1L, Count.DELETABLE, 2L, Count.DELETES, 2L));
    assertThat(summaryOfChanges(tally, survey).printImport(new Limits(0, 2)), is(ExitCode.OK));
    assertPrinted(
        """
        feed/ -> trips
          read                   3
          skipped                0
          superseded             0  by later changes of the same keys
          rejected               0
          writable               1  a dry run writes nothing
          deletable              2  a dry run deletes nothing
          bytes                 90
          write units            3  for the table, if all items are new, and deletes take 1
                                 0  for its indexes
          item sizes
          largest items
          hottest partition keys
        """);
  }

  @Test
  void aDryRun() {
    Map<String, Long> keys = new LinkedHashMap<>();
    keys.put("paris", 2L);
    keys.put("bonn", 1L);
    keys.put("rome", 1L);
    keys.put("lima", 1L);
    SurveySection survey =
        new SurveySection(
            3,
            0,
            5000,
            new WriteUnits(1234, 7, Map.of("by_n", 7L)),
            new TreeMap<>(Map.of(128, 2L, 8192, 1L)),
            List.of(
                new LargeItem(4800, "a.csv", 7),
                new LargeItem(100, "b.csv", 0),
                new LargeItem(90, "", 0),
                new LargeItem(10, "c.csv", 0)),
            new HotKeys(0, keys));
    Tally tally = tally(Map.of(Count.READ, 3L, Count.WRITABLE, 3L));
    assertThat(summary(tally, null, survey).printImport(Limits.ofRejects(0)), is(ExitCode.OK));
    assertPrinted(
        """
        in/*.csv -> trips
          read                   3
          skipped                0
          duplicates             0  dropped
          rejected               0
          writable               3  a dry run writes nothing
          bytes              5,000
          write units        1,234  for the table, if all items are new
                                 7  for its indexes
          item sizes
                                 2  of up to 128 bytes
                                 1  of up to 8192 bytes
          largest items
                             4,800  bytes, a.csv at offset 7
                               100  bytes, b.csv at offset 0
                                90  bytes, (no file)
          hottest partition keys
                                 2  items of paris
                                 1  items of bonn
                                 1  items of rome
        """);
  }

  @Test
  void aDryRunOfNothing() {
    SurveySection survey =
        new SurveySection(
            0, 0, 0, new WriteUnits(0, 0, Map.of()), Map.of(), List.of(), new HotKeys(0, Map.of()));
    assertThat(
        summary(Tally.EMPTY, null, survey).printImport(Limits.ofRejects(0)), is(ExitCode.OK));
    assertPrinted(
        """
        in/*.csv -> trips
          read                   0
          skipped                0
          duplicates             0  dropped
          rejected               0
          writable               0  a dry run writes nothing
          bytes                  0
          write units            0  for the table, if all items are new
                                 0  for its indexes
          item sizes
          largest items
          hottest partition keys
        """);
  }

  @Test
  void aVerification() {
    Tally tally = tally(Map.of(Count.READ, 5000L, Count.MATCHED, 5000L));
    assertThat(summary(tally, null).printVerification(), is(ExitCode.OK));
    assertPrinted(
        """
        in/*.csv =? trips
          read               5,000
          skipped                0
          duplicates             0  dropped
          rejected               0
          matched            5,000  in 2.5 s, 2,000 items/s
        """);
  }

  /** Items that are only in the table were not read from the input. */
  @Test
  void aVerificationOfWhatDiffers() {
    Tally tally =
        new Tally(
            Map.of(Count.READ, 8L, Count.MATCHED, 2L),
            Map.of(
                Reason.MISSING, 1L,
                Reason.DIFFERENT, 1L,
                Reason.UNEXPECTED, 3L,
                Reason.KEY_EMPTY, 1L),
            List.of());
    assertThat(summary(tally, REJECTS).printVerification(), is(ExitCode.DIFFERENT));
    assertPrinted(
        """
        in/*.csv =? trips
          read                   5
          skipped                0
          duplicates             0  dropped
          rejected               6  KEY_EMPTY 1, MISSING 1, DIFFERENT 1, UNEXPECTED 3
                                    all of them: out/rejects/now/
          matched                2  in 2.5 s, 1 items/s
        """,
        "sluice: the table differs from the input in 5 items");
  }

  @Test
  void aVerificationOfWhatIsNoItem() {
    Tally tally = tally(Map.of(Count.READ, 1L), Reason.KEY_EMPTY);
    assertThat(summary(tally, null).printVerification(), is(ExitCode.REJECTIONS));
    assertPrinted(
        """
        in/*.csv =? trips
          read                   1
          skipped                0
          duplicates             0  dropped
          rejected               1  KEY_EMPTY 1
                                    a.csv at offset 7: why
          matched                0  in 2.5 s, 0 items/s
        """,
        "sluice: 1 records are no items and were not compared");
  }
}
