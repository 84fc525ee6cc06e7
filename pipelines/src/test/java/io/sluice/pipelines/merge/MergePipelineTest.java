/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.merge;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.change.feed.FeedCommit;
import io.sluice.change.feed.FeedCommits;
import io.sluice.change.feed.FeedFolder;
import io.sluice.pipelines.OneWorker;
import io.sluice.pipelines.capture.CaptureVerb;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.cli.SluiceOptions;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.pipelines.cli.Verb;
import io.sluice.pipelines.export.ExportVerb;
import io.sluice.pipelines.imports.ImportVerb;
import io.sluice.pipelines.planning.PlanSettings;
import io.sluice.plan.Estimate;
import io.sluice.plan.JobPlan;
import io.sluice.plan.JobPlan.Figure;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.Snapshots;
import io.sluice.snapshot.catalog.GlueStandIn;
import io.sluice.testing.LocalAws;
import io.sluice.testing.LocalS3;
import io.sluice.testing.NewTable;
import io.sluice.testing.ShownPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An export, captures, and a merge of both. */
class MergePipelineTest {
  private static final LocalAws AWS = LocalAws.shared();

  @TempDir Path folder;
  private final DynamoDbClient dynamodb = AWS.dynamodb();
  private final String table = "merge-" + UUID.randomUUID();

  private <O extends SluiceOptions> List<String> run(Verb<O> verb, String onTable, String... more) {
    Printed printed = new Printed();
    assertThat(
        verb.run(options(verb.options(), onTable, more), printed.console()), is(ExitCode.OK));
    return printed.lines();
  }

  private static <O extends SluiceOptions> O options(
      Class<O> type, String onTable, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--local",
                "--dynamodbEndpoint=" + AWS.dynamodbEndpoint(),
                "--s3Endpoint=" + AWS.s3Endpoint(),
                "--table=" + onTable));
    arguments.addAll(List.of(more));
    return OneWorker.options(type, arguments.toArray(String[]::new));
  }

  private void createTable() {
    NewTable.of(table, "id:N").withStream().createIn(dynamodb);
  }

  private void put(int id, String text) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("id", AttributeValue.fromN(Integer.toString(id)));
    item.put("text", AttributeValue.fromS(text));
    item.put("set" + id % 3, AttributeValue.fromNs(List.of("1.50", "2")));
    dynamodb.putItem(p -> p.tableName(table).item(item));
  }

  private void delete(int id) {
    dynamodb.deleteItem(
        d -> d.tableName(table).key(Map.of("id", AttributeValue.fromN(Integer.toString(id)))));
  }

  private Map<String, Map<String, AttributeValue>> items(String ofTable) {
    return dynamodb.scanPaginator(s -> s.tableName(ofTable)).items().stream()
        .collect(Collectors.toMap(item -> item.get("id").n(), item -> item));
  }

  private String lake() {
    return folder.resolve("lake").toString();
  }

  private String feeds() {
    return folder.resolve("feeds").toString();
  }

  private void capture() {
    run(new CaptureVerb(), table, "--output=" + feeds());
  }

  /** The table did not exist an hour ago, so its feed is complete from then. */
  private void completeSinceAnHour() throws IOException {
    try (var files = Files.list(Path.of(new FeedFolder(feeds(), table).commits()))) {
      for (Path commit : files.toList()) {
        Files.writeString(
            commit,
            Files.readString(commit)
                .replaceFirst(
                    "(\"completeFrom\" : )\"[^\"]+\"",
                    "$1\"" + Instant.now().minus(Duration.ofHours(1)) + "\""));
      }
    }
  }

  private Manifest latest() throws IOException {
    return Snapshots.under(lake()).latest(table).orElseThrow().manifest();
  }

  private List<String> merge(String... more) {
    List<String> all =
        new ArrayList<>(List.of("--base=" + lake(), "--deltas=" + feeds(), "--output=" + lake()));
    all.addAll(List.of(more));
    return run(new MergeVerb(), table, all.toArray(String[]::new));
  }

  private void heldAndReleased(String time) throws IOException {
    String output = folder.resolve("held").toString();
    String[] merge = {"--base=" + lake(), "--deltas=" + feeds(), "--output=" + output, time, ""};
    merge[4] = "--publish=HOLD";
    assertThat(run(new MergeVerb(), table, merge), hasItem(startsWith("  written ")));
    assertThat(Snapshots.under(output).latest(table).isPresent(), is(false));
    assertThat(run(new MergeVerb(), table, merge), contains(containsString(" is held already")));
    merge[4] = "--publish=RELEASE";
    assertThat(run(new MergeVerb(), table, merge), contains(containsString("/ is published")));
    assertThat(Snapshots.under(output).latest(table).orElseThrow().manifest().items(), is(30L));
  }

  private String failure(String... more) {
    return assertThrows(JobException.class, () -> merge(more)).getMessage();
  }

  @Test
  void theSnapshotIsTheTableAtThatTime() throws IOException {
    createTable();
    for (int id = 0; id < 30; id++) {
      put(id, "before");
    }
    run(new ExportVerb(), table, "--output=" + lake());
    Manifest base = latest();
    put(3, "after");
    delete(4);
    put(40, "new");
    put(41, "new");
    delete(41);
    // The base's end is by whole seconds, and thus mostly later than the changes.
    Instant now = Instant.now();
    Instant changed = nextSecond(base.scan().end().isAfter(now) ? base.scan().end() : now);
    FeedCommit commit;
    do {
      capture();
      commit = FeedCommits.of(new FeedFolder(feeds(), table)).latest().orElseThrow();
    } while (commit.completeThrough().isBefore(changed.plusSeconds(1)));

    assertThat(
        failure(), startsWith("--deltas: the feed is complete from " + commit.completeFrom()));
    completeSinceAnHour();
    assertThat(
        failure(
            "--asOf=" + base.scan().start().minusSeconds(9).toString().replaceAll("[.].*Z", "Z")),
        containsString(" has no snapshot of " + table + " that ends by "));
    assertThat(
        failure("--asOf=2999-01-01T00:00:00Z"),
        startsWith("--deltas: the feed is complete through "));

    assertPlan(base);
    Path page = folder.resolve("report.html");
    List<String> printed = merge("--report=" + folder.resolve("report.json"), "--report=" + page);
    String place = lake() + "/snapshots_" + table + "/snapshot_timestamp=";
    assertThat(
        printed,
        contains(
            startsWith(table + " as of "),
            matchesPattern("  base +30  " + place + base.time() + "/"),
            matchesPattern("  replaced +1"),
            matchesPattern("  deleted +1"),
            matchesPattern("  added +1"),
            matchesPattern("  written +30  in .*")));
    Manifest merged = latest();
    assertThat(merged.items(), is(30L));
    assertThat(merged.files().size(), is(1));
    assertThat(merged.options().get("consistency"), is("POINT_IN_TIME"));
    assertThat(merged.time().instant(), is(merged.scan().end()));
    String report = Files.readString(folder.resolve("report.json"));
    assertThat(report, containsString("\"withoutEffect\" : 1"));
    assertThat(ShownPage.of(Files.readString(page)).missing(report), is(empty()));
    assertThat(failure(), containsString("is published already"));

    String copy = table + "-copy";
    run(
        new ImportVerb(),
        copy,
        "--input=" + place + merged.time(),
        "--createTable=ON_DEMAND",
        "--partitionKey=id:N");
    assertThat(items(copy), is(items(table)));
    heldAndReleased("--asOf=" + changed);

    // As of the base's end nothing has changed yet.
    String asOf = "--asOf=" + nextSecond(base.scan().end());
    merge(asOf, "--mergeFileSize=1KB", "--overwrite");

    LocalS3.useOurs();
    try (GlueStandIn glue = new GlueStandIn()) {
      run(
          new MergeVerb(),
          table,
          "--base=" + lake(),
          "--deltas=" + feeds(),
          "--output=s3://" + AWS.bucket() + "/" + table,
          asOf,
          "--catalog=glue",
          "--glueEndpoint=" + glue.endpoint());
      assertThat(
          glue.requests().stream().map(GlueStandIn.Request::operation).toList(),
          contains("CreateTable", "BatchCreatePartition", "CreateTable"));
    }
  }

  private void assertPlan(Manifest base) {
    JobPlan plan =
        new MergeVerb()
            .plan(
                options(
                    MergeOptions.class,
                    table,
                    "--base=" + lake(),
                    "--deltas=" + feeds(),
                    "--output=" + lake()),
                new PlanSettings(0, null),
                Printed.unread())
            .plan();
    // 30 items were put before the export, too.
    assertThat(plan.figure(Figure.CHANGES), is(Estimate.exactly(30 + 5)));
    assertThat(plan.figure(Figure.INPUT_BYTES).low(), greaterThan((double) base.bytes()));
    assertThat(plan.figure(Figure.ITEMS).holds(30, 0), is(true));
    assertThat(plan.figure(Figure.READ_UNITS), is(Estimate.ZERO));
    assertThat(plan.figure(Figure.SECONDS).isKnown(), is(false));
  }

  private static Instant nextSecond(Instant time) {
    return Instant.ofEpochSecond(time.getEpochSecond() + 1);
  }

  @Test
  void onlyWholeTablesInLosslessFormatsAreBases() throws IOException {
    createTable();
    put(1, "x");
    capture();
    run(new ExportVerb(), table, "--output=" + lake(), "--outputFormat=CSV");
    String asOf = "--asOf=" + nextSecond(latest().scan().end());
    assertThat(failure(asOf), containsString("is in CSV, which loses types"));
    run(
        new ExportVerb(),
        table,
        "--output=" + lake(),
        "--projection=id",
        "--snapshotTimestamp=2100-01-01T00:00:00Z");
    assertThat(
        failure("--asOf=" + nextSecond(latest().scan().end())),
        containsString("was exported with --projection, so it is not the whole table"));
  }

  @Test
  void mistakesAreToldTogether() {
    MergeOptions options =
        OneWorker.options(
            MergeOptions.class,
            "--table=trips",
            "--asOf=today",
            "--sortKey=at:N",
            "--catalog=hive");
    assertThat(
        assertThrows(UsageException.class, () -> MergePlan.of(options)).problems(),
        contains(
            "--base is missing: give the folder of the exports, such as s3://bucket/exports",
            "--deltas is missing: give the folder of the captures, such as s3://bucket/feeds",
            "--output is missing: give the folder for the snapshot, such as s3://bucket/exports",
            "--asOf: 'today' must be a time in whole seconds, such as 2026-01-31T23:26:00Z",
            "--sortKey goes with --partitionKey",
            "--catalog=hive must be glue"));
    assertThat(failure(), is("--deltas: " + feeds() + "/changes_" + table + "/ has no commit"));
  }
}
