/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.file;

import static io.sluice.pipelines.night.file.Nights.WHOLE;
import static io.sluice.pipelines.night.file.Nights.parse;
import static io.sluice.pipelines.night.file.Nights.table;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.pipelines.cli.UsageException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is wrong in the file of a night, with its line. */
class NightMistakesTest {

  /** Replaces a line of the file, whose number it keeps. */
  private static List<String> problems(String line, String by) {
    assertThat(WHOLE, containsString(line));
    UsageException e = assertThrows(UsageException.class, () -> parse(WHOLE.replace(line, by)));
    return e.problems();
  }

  @Test
  void aLedgerWithACommaWouldBeTwoPlacesForReports() {
    assertThat(
        problems("ledger: s3://lake/nights", "ledger: s3://lake/nights,new"),
        hasItems("night.yaml:2: ledger must have no comma: reports go there, by a list"));
  }

  @Test
  void everyMistakeIsReportedWithItsLine() {
    UsageException e =
        assertThrows(
            UsageException.class,
            () ->
                parse(
                    WHOLE
                        .replace("name: nightly", "nam: nightly")
                        .replace("parallel: 2", "parallel: two")
                        .replace("{readRatio: 0.10,", "{readRato: 0.10,")
                        .replace("keepSnapshots: 7", "keepsnapshots: 7")
                        .replace("fileSize: 64MB", "input: x")
                        .replace("profile: gentle", "profile: kind")
                        .replace("keepSnapshots: 3", "keepSnapshots: three")
                        .replace("keyFrom: md5", "keyFrom: [a, b]")
                        .replace("- export:\n          dryRun", "- exprt:\n          dryRun")
                        .replace("retries: 3", "retry: 3")));
    assertThat(
        e.problems(),
        hasItems(
            startsWith("night.yaml:1: nam is no key of a night"),
            is("night.yaml: name is missing: give a name for the night, such as nightly"),
            is("night.yaml:3: parallel must be a whole number, 1 or more"),
            is("night.yaml:7: readRato is an option of no verb"),
            is(
                "night.yaml:9: export: --keepsnapshots is no option; the nearest is --keepSnapshots"),
            startsWith("night.yaml:13: export: --input is no option"),
            is("night.yaml:17: profile names kind, which is none of the profiles"),
            is("night.yaml:19: --keepSnapshots=three must be a whole number"),
            startsWith("night.yaml:22: a step must have one verb"),
            startsWith("night.yaml:29: exprt is no verb: import, ")));
  }

  @Test
  void anOptionThatTakesOneValueIsGivenOne() {
    assertThat(
        problems("keyFrom: md5", "keyFrom: [a, b]"),
        hasItem("night.yaml:22: keyFrom must have one value"));
    assertThat(
        problems("keyFrom: md5", "keyFrom:"),
        hasItem("night.yaml:22: keyFrom must have one value"));
  }

  @Test
  void aDefaultIsLeftOutWhereItGoesWithWhatIsNotThere() {
    assertThat(
        table(parse(WHOLE), "trips").steps().get(0).arguments(), not(hasItem("--readRatio=0.10")));
    assertThat(
        table(parse(WHOLE.replace("keyFrom: md5", "keyFrom: md5, write: CHANGED")), "trips")
            .steps()
            .get(0)
            .arguments(),
        hasItem("--readRatio=0.10"));
    assertThat(
        problems("keyFrom: md5", "keyFrom: md5, readRatio: 0.2"),
        contains(startsWith("night.yaml:22: import: --readRatio goes with --write=CHANGED")));
    assertThat(
        problems("readRatio: 0.10", "readRatio: 9"),
        hasItem(startsWith("night.yaml:25: export: --readRatio=9.0 must be")));
  }

  @Test
  void theOptionsOfAStepAreCheckedTogether() {
    assertThat(
        problems("{output: 's3://lake/exports', keepSnapshots: 7}", "{keepSnapshots: 7}"),
        hasItems(
            startsWith("night.yaml:19: export: --output is missing"),
            startsWith("night.yaml:25: export: --output is missing")));
  }

  @Test
  void cyclesAndMissingTablesAreFound() {
    assertThat(
        problems("after: [trips, customers]", "after: [trips, clients]"),
        contains("night.yaml:16: after names clients, which is none of the tables"));
    assertThat(
        problems("after: [trips, customers]", "after: [orders]"),
        contains("night.yaml:16: after makes a cycle, or waits for one: orders"));
  }

  @Test
  void aNameIsThereOnce() {
    assertThat(
        problems("  customers:", "  trips:"),
        hasItem("night.yaml:26: trips is there twice: see also line 20"));
  }

  @Test
  void theNightGivesTimesAndProgressItself() {
    assertThat(
        problems("- export: {keepSnapshots: 3}", "- export: {publish: HOLD}"),
        contains(
            "night.yaml:19: publish goes with publish: each; here the night gives all of its"
                + " snapshots one time, and publishes them together"));
    assertThat(
        problems("- export: {keepSnapshots: 3}", "- export: {exitWithStdin: true}"),
        contains("night.yaml:19: the night itself gives each step its exitWithStdin"));
    Night each = parse("publish: each\n" + WHOLE.replace("keepSnapshots: 3", "overwrite: true"));
    assertThat(each.isHeld(), is(false));
    assertThat(parse(WHOLE).isHeld(), is(true));
  }

  @Test
  void twoSnapshotsOfATableHaveTwoPlaces() {
    for (String same : List.of("table: trips", "table: trips, output: 's3://lake/exports//'")) {
      assertThat(
          problems("- export: {keepSnapshots: 3}", "- export: {" + same + "}"),
          hasItem(
              "night.yaml:25: export: line 19 puts a snapshot of the same table and time into the"
                  + " same output"));
    }
    parse(WHOLE.replace("- export: {keepSnapshots: 3}", "- export: {table: trips, output: other}"));
  }

  @Test
  void whatIsNoYamlIsReportedByItsLine() {
    assertThat(problems("parallel: 2", "parallel: [2"), contains(startsWith("night.yaml:4: ")));
    UsageException e = assertThrows(UsageException.class, () -> parse("- a\n- b\n"));
    assertThat(e.problems().get(0), startsWith("night.yaml:1: the file must be a mapping"));
    UsageException nothing = assertThrows(UsageException.class, () -> parse(""));
    assertThat(nothing.problems(), is(not(empty())));
  }

  @Test
  void aHookIsACommandOrAUrl() {
    assertThat(
        problems("{post: 'https://example.com/nights'}", "{post: nights}"),
        contains("night.yaml:31: post must be a URL such as https://example.com/nights"));
    assertThat(
        problems("{command: [notify, --now]}", "{}"),
        contains("night.yaml:32: onFailure must have a command, a list of words, or post, a URL"));
  }
}
