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
import io.sluice.pipelines.cli.Printed;
import io.sluice.report.Count;
import io.sluice.report.JobReport;
import io.sluice.report.SectionJson;
import io.sluice.report.Tally;
import io.sluice.survey.SurveySection;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A summary, and what it prints. */
final class PrintedSummary {
  static final String REJECTS = "out/rejects/now";

  private final Printed printed = new Printed();

  /** Returns the summary of a report as it comes back from a job. */
  InputSummary of(Tally tally, @Nullable String rejects, SurveySection... survey) {
    Map<String, String> sections =
        survey.length == 0 ? Map.of() : Map.of(SurveySection.NAME, survey[0].toJson());
    return of(
        new JobReport(Map.of("input", "in/*.csv", "table", "trips"), tally, sections), rejects);
  }

  /** Returns the summary of a verification, which has a receipt. */
  InputSummary withReceipt(Tally tally, ReceiptSection receipt) {
    Map<String, String> sections = Map.of(ReceiptSection.NAME, SectionJson.write(receipt));
    return of(new JobReport(Map.of("input", "in/*.csv", "table", "trips"), tally, sections), null);
  }

  private InputSummary of(JobReport report, @Nullable String rejects) {
    return new InputSummary(
        JobReport.fromJson(report.toJson()), rejects, Duration.ofMillis(2500), printed.console());
  }

  void mustHavePrinted(String out, String... errors) {
    assertThat(printed.out(), is(out));
    assertThat(printed.errors(), is(List.of(errors)));
  }

  static Rejection rejection(Reason reason, String message, long offset) {
    return new Rejection(
        Rejection.Stage.READ,
        reason,
        message,
        new Origin("a.csv", offset),
        new byte[0],
        PayloadFormat.ITEM);
  }

  static Tally tally(Map<Count, Long> counts, Reason... rejected) {
    return new Tally(
        counts,
        Arrays.stream(rejected).collect(Collectors.toMap(reason -> reason, reason -> 1L)),
        Arrays.stream(rejected).map(reason -> rejection(reason, "why", 7)).toList());
  }

  InputSummary ofChanges(Tally tally, SurveySection... survey) {
    Map<String, String> sections =
        survey.length == 0 ? Map.of() : Map.of(SurveySection.NAME, survey[0].toJson());
    Map<String, Object> job = Map.of("input", "feed/", "table", "trips", "changes", "APPLY");
    return of(new JobReport(job, tally, sections), null);
  }
}
