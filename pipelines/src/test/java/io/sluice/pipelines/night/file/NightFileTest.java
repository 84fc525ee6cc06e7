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
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class NightFileTest {

  @Test
  void tablesComeAfterThoseThatTheyNeed() {
    Night night = parse(WHOLE);
    assertThat(
        night.tables().stream().map(NightTable::name).toList(),
        contains("trips", "customers", "orders"));
    assertThat(night.name(), is("nightly"));
    assertThat(night.ledger(), is("s3://lake/nights"));
    assertThat(night.parallel(), is(2));
    assertThat(night.resumeWithin(), is(Duration.ofHours(6)));
    assertThat(
        night.onSuccess(),
        is(new Hook("onSuccess", List.of(), URI.create("https://example.com/nights"))));
    assertThat(night.onFailure(), is(new Hook("onFailure", List.of("notify", "--now"), null)));
  }

  @Test
  void aStepHasTheOptionsOfAllPlacesAndTheNearestWins() {
    Night night = parse(WHOLE);
    NightStep loaded = table(night, "trips").steps().get(0);
    assertThat(
        loaded.arguments(),
        contains(
            "--table=trips",
            "--awsRegion=us-east-1",
            "--input=s3://drop/trips/*.csv",
            "--keyFrom=md5",
            "--maxRejects=007",
            "--rejects=s3://lake/rejects"));
    assertThat(loaded.retries(), is(3));
    assertThat(loaded.pause(), is(Duration.ofSeconds(5)));
    assertThat(loaded.isHeld(), is(false));
    NightStep exported = table(night, "orders").steps().get(0);
    assertThat(
        exported.arguments(),
        contains(
            "--table=orders",
            "--readRatio=0.15",
            "--awsRegion=us-east-1",
            "--output=s3://lake/exports",
            "--keepSnapshots=3",
            "--fileSize=64MB"));
    assertThat(exported.retries(), is(1));
    assertThat(exported.publishes(), is("snapshotTimestamp"));
  }

  @Test
  void aTableMayHaveAnotherNameInDynamoDbAndAnEstimatePublishesNothing() {
    NightStep step = table(parse(WHOLE), "customers").steps().get(0);
    assertThat(step.arguments(), hasItem("--table=customers-eu"));
    assertThat(step.isHeld(), is(false));
    assertThat(step.reports(), is(false));
  }

  @Test
  void whatIsTypedComesBeforeTheFileWhereTheVerbHasIt() {
    Night night =
        NightFile.parse("n", WHOLE, "gentle", List.of("--awsRegion=eu-west-1", "--file=x"));
    assertThat(table(night, "trips").steps().get(0).arguments(), hasItem("--awsRegion=eu-west-1"));
    assertThat(
        table(night, "trips").steps().get(1).arguments(),
        hasItems("--readRatio=0.15", "--fileSize=64MB"));
    assertThat(night.hash(), is(not(parse(WHOLE).hash())));
  }

  @Test
  void aStepReportsToTheLedgerBesidesItsOwnFiles() {
    NightStep step =
        table(parse(WHOLE.replace("keepSnapshots: 3", "report: page.html")), "orders")
            .steps()
            .get(0);
    assertThat(step.arguments(), hasItem("--report=page.html"));
    assertThat(step.reports(), is(true));
  }

  @Test
  void anImportKeepsWhatItHasWrittenWhereItsOptionsAllowThat() {
    List<NightStep> steps =
        table(
                parse(
                    """
                    name: all
                    ledger: led
                    defaults: {awsRegion: us-east-1}
                    tables:
                      trips:
                        steps:
                          - import: {input: in.csv}
                          - import: {input: in.csv, write: CHANGED}
                          - import: {input: in.csv, dedupe: NONE}
                          - import: {input: in.csv, checkpoints: 's3://own/place'}
                          - import: {input: in.csv, dryRun: true}
                          - verify: {input: in.csv}
                    """),
                "trips")
            .steps();
    assertThat(
        steps.stream().map(NightStep::keeps).toList(),
        contains(true, false, false, false, false, false));
    assertThat(steps.get(0).arguments().toString(), not(containsString("checkpoints")));
  }

  @Test
  void allVerbsMayBeSteps() {
    Night night =
        parse(
            """
            name: all
            ledger: led
            defaults: {awsRegion: us-east-1}
            tables:
              trips:
                steps:
                  - import: {input: in.csv}
                  - verify: {input: in.csv}
                  - capture: {output: feeds}
                  - export: {output: out}
                  - merge: {base: out, deltas: [feeds, more], output: merged}
                  - diff: {from: out, to: table}
                  - history: {key: '{"id":{"S":"x"}}', deltas: feeds}
                  - lookup: {input: e.json, lookupTable: trips, lookupKey: id, where: PRESENT, output: o}
                  - query: {output: out, sql: select 1}
            """);
    assertThat(
        night.tables().get(0).steps().stream().map(NightStep::verb).toList(),
        contains(
            "import", "verify", "capture", "export", "merge", "diff", "history", "lookup",
            "query"));
    assertThat(
        night.tables().get(0).steps().get(4).arguments(),
        hasItems("--deltas=feeds", "--deltas=more"));
  }

  @Test
  void theExampleOfTheDocumentationIsANight() throws IOException {
    String page =
        Files.readString(Path.of(System.getProperty("sluice.root"), "src/docs/operating.md"));
    String example = page.substring(page.indexOf("```yaml\n") + "```yaml\n".length());
    Night night = parse(example.substring(0, example.indexOf("```")));
    assertThat(
        night.tables().stream().map(NightTable::name).toList(), contains("trips", "customers"));
    assertThat(
        table(night, "customers").steps().stream().map(NightStep::publishes).toList(),
        contains("", "asOf"));
  }
}
