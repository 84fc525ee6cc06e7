/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.page;

import io.sluice.pipelines.night.file.Hook;
import io.sluice.pipelines.night.file.Night;
import io.sluice.pipelines.night.file.NightStep;
import io.sluice.pipelines.night.file.NightTable;
import io.sluice.pipelines.night.ledger.LedgerEvent;
import io.sluice.pipelines.night.ledger.LedgerEvent.What;
import io.sluice.pipelines.night.ledger.RunHeader;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A night of four tables, to which things happen, minute by minute. */
final class SampleNight {
  static final String LEDGER = "/lake/nights/nightly/runs/20260131T232600/steps/";
  static final Instant BEGAN = Instant.parse("2026-01-31T23:26:00Z");

  final List<LedgerEvent> events = new ArrayList<>();
  final Map<String, String> states = new HashMap<>();
  final Map<String, StepProgress> progress = new HashMap<>();
  final Map<String, StepReport> reports = new HashMap<>();
  final List<String> said = new ArrayList<>();
  private String writer = "first";

  private static final List<NightTable> TABLES =
      List.of(
          table("trips", List.of(), "import", "export"),
          table("a_table_with_a_rather_long_name_of_its_own", List.of(), "import", "export"),
          table("customers<script>alert(1)</script>", List.of(), "capture", "merge"),
          table("orders", List.of("trips"), "export"));

  private static NightTable table(String name, List<String> after, String... verbs) {
    return new NightTable(name, after, Arrays.stream(verbs).map(SampleNight::step).toList());
  }

  private static NightStep step(String verb) {
    return new NightStep(
        verb,
        List.of("--jdbcPassword=hushhush"),
        List.of("--output=s3://lake/exports/" + verb + "/of/a/folder/with/a/long/name"),
        verb.matches("export|merge") ? "asOf" : "",
        false,
        true,
        2,
        Duration.ofMinutes(1),
        1);
  }

  static Night night() {
    return new Night(
        "nightly",
        "/lake/nights",
        "hash",
        3,
        Duration.ofHours(12),
        TABLES,
        new Hook("onSuccess", List.of(), URI.create("https://example.com/hooks/hushhush")),
        new Hook("onFailure", List.of("notify-send", "hushhush"), null));
  }

  String name(int table) {
    return TABLES.get(table).name();
  }

  /** Starts the night, for the first time or again. */
  SampleNight starts(double minute) {
    writer = "start at " + minute;
    return of(What.STARTED, minute, null, null);
  }

  SampleNight of(What what, double minute, @Nullable Integer code, @Nullable String detail) {
    events.add(event(what, minute, null, null, null, code, null, detail));
    return this;
  }

  SampleNight begins(double minute, int table, int step) {
    String verb = TABLES.get(table).steps().get(step - 1).verb();
    states.put(name(table), "step " + step + ", " + verb);
    events.add(event(What.STEP_BEGAN, minute, name(table), step, verb, null, null, null));
    return this;
  }

  SampleNight ends(double minute, int table, int step, int code) {
    String verb = TABLES.get(table).steps().get(step - 1).verb();
    String report = LEDGER + name(table) + "-" + step + "-" + verb + ".json";
    events.add(event(What.STEP_ENDED, minute, name(table), step, verb, code, report, null));
    if (code == 0) {
      reports.put(
          report,
          new StepReport(
              List.of("1,183,625 read", "1,183,000 written", "625 duplicates"),
              new BigDecimal("0.74")));
    }
    return this;
  }

  SampleNight publishes(double minute, int table, int step) {
    String verb = TABLES.get(table).steps().get(step - 1).verb();
    events.add(event(What.PUBLISHED, minute, name(table), step, verb, null, null, null));
    return this;
  }

  private LedgerEvent event(
      What what,
      double minute,
      @Nullable String table,
      @Nullable Integer step,
      @Nullable String verb,
      @Nullable Integer code,
      @Nullable String report,
      @Nullable String detail) {
    return new LedgerEvent(
        what, at(minute).toString(), writer, table, step, verb, 1, code, 1.0, report, detail);
  }

  static Instant at(double minute) {
    return BEGAN.plusMillis(Math.round(60_000 * minute));
  }

  /** A night that was killed once and has gone on: all that a page can show at once. */
  static SampleNight inTheMiddle() {
    SampleNight night = new SampleNight().starts(0).begins(0.1, 0, 1).begins(0.1, 1, 1);
    night.begins(0.2, 2, 1).ends(7, 0, 1, 0).begins(7, 0, 2);
    night.starts(12).begins(12.2, 0, 2).begins(12.2, 1, 1).begins(12.2, 2, 1);
    night.ends(15, 2, 1, 1).begins(16, 2, 1).ends(19.5, 0, 2, 0);
    night.states.put(night.name(0), "done, and held until all are");
    night.begins(19.6, 3, 1);
    night.progress.put(
        night.name(1),
        new StepProgress("written", 812_345, 1_183_000L, 1402, 2804, 3000.0, 7, 264L));
    night.progress.put(night.name(2), new StepProgress("read", 12, null, 0, 0, null, 0, null));
    night.said.add(night.name(2) + ", step 1, capture failed with the exit code 1: no such stream");
    return night;
  }

  NightStatus status(double minute, boolean isOpen, @Nullable String stopped) {
    return new NightStatus(
        night(),
        new RunHeader(
            "20260131T232600-4711", "nightly", "2026-01-31T23:25:50Z", BEGAN.toString(), "hash"),
        events,
        isOpen,
        stopped,
        states,
        progress,
        reports,
        said,
        at(minute));
  }

  String page(double minute) {
    return NightPage.of(status(minute, true, null), PageFile.of("/lake/night.html"), 15);
  }
}
