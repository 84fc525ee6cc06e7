/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.history;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import io.sluice.testing.LocalAws;
import io.sluice.testing.NewTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The versions of one item among others, in snapshots and captured changes. */
@Timeout(240)
class HistoryTest {
  private static final LocalAws AWS = LocalAws.shared();
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private final DynamoDbClient dynamodb = AWS.dynamodb();
  private final String table = "history-" + UUID.randomUUID();

  private <O extends SluiceOptions> Printed run(Verb<O> verb, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--local",
                "--dynamodbEndpoint=" + AWS.dynamodbEndpoint(),
                "--s3Endpoint=" + AWS.s3Endpoint(),
                "--table=" + table));
    arguments.addAll(List.of(more));
    Printed printed = new Printed();
    O options = OneWorker.options(verb.options(), arguments.toArray(String[]::new));
    assertThat(verb.run(options, printed.console()), is(ExitCode.OK));
    return printed;
  }

  private Printed history(String id, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--key={\"id\":{\"N\":\"" + id + "\"}}"));
    arguments.addAll(List.of(more));
    return run(new HistoryVerb(), arguments.toArray(String[]::new));
  }

  private void createTable() {
    NewTable.of(table, "id:N").withStream().createIn(dynamodb);
  }

  private void put(int id, String fare) {
    dynamodb.putItem(
        p ->
            p.tableName(table)
                .item(
                    Map.of(
                        "id",
                        AttributeValue.fromN(Integer.toString(id)),
                        "fare",
                        AttributeValue.fromN(fare))));
  }

  private String lake() {
    return folder.resolve("lake").toString();
  }

  private String feeds() {
    return folder.resolve("feeds").toString();
  }

  /** Waits for the second after the next, and returns it. */
  private static Instant awaitSecond() {
    Instant second = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(2);
    while (Instant.now().isBefore(second)) {
      LockSupport.parkNanos(1_000_000);
    }
    return second;
  }

  private void captureAll() throws IOException {
    Instant changed = Instant.now();
    FeedCommit commit;
    do {
      run(new CaptureVerb(), "--output=" + feeds());
      commit = FeedCommits.of(new FeedFolder(feeds(), table)).latest().orElseThrow();
    } while (commit.completeThrough().isBefore(changed.plusSeconds(1)));
  }

  @Test
  void versionsAreListedByTime() throws IOException {
    createTable();
    for (int id = 0; id < 20; id++) {
      put(id, "1.50");
    }
    // Changes have whole seconds: those before belong before the snapshot, and others behind it.
    awaitSecond();
    run(new ExportVerb(), "--output=" + lake(), "--snapshotTimestamp=2026-01-01T00:00:00Z");
    Instant exported = awaitSecond();
    put(7, "2");
    put(8, "9");
    dynamodb.deleteItem(d -> d.tableName(table).key(Map.of("id", AttributeValue.fromN("7"))));
    captureAll();
    run(
        new ExportVerb(),
        "--output=" + lake(),
        "--snapshotTimestamp=2026-01-02T00:00:00Z",
        "--outputFormat=ION");
    run(
        new ExportVerb(),
        "--output=" + lake(),
        "--snapshotTimestamp=2026-01-03T00:00:00Z",
        "--outputFormat=CSV");

    Printed printed = history("7.0", "--snapshots=" + lake(), "--deltas=" + feeds());
    assertThat(
        printed.lines(),
        contains(
            matchesPattern("[^ ]+Z +commit \\d+, sequence \\d+  put: 2 attributes, fare, id"),
            matchesPattern("[^ ]+Z +snapshot 2026-01-01T00-00-00Z  in the snapshot: as before"),
            matchesPattern("[^ ]+Z +commit \\d+, sequence \\d+  put: changed fare"),
            matchesPattern("[^ ]+Z +commit \\d+, sequence \\d+  deleted"),
            matchesPattern("[^ ]+Z +snapshot 2026-01-02T00-00-00Z  not in the snapshot")));
    assertThat(printed.out(), not(containsString("1.5")));
    assertThat(printed.errors(), hasItem(matchesPattern("sluice: .* in CSV, .*: it is left out")));

    List<String> json =
        history("7", "--snapshots=" + lake() + "/snapshots_" + table, "--json").lines();
    assertThat(json.size(), is(2));
    JsonNode first = JSON.readTree(json.get(0));
    assertThat(first.get("event").textValue(), is("SNAPSHOT"));
    assertThat(first.at("/Item/fare/N").textValue(), is("1.5"));
    assertThat(JSON.readTree(json.get(1)).get("Item").isNull(), is(true));

    List<String> changes = history("7", "--deltas=" + feeds(), "--since=" + exported).lines();
    assertThat(changes.size(), is(2));
    Printed none = history("77", "--deltas=" + feeds());
    assertThat(none.lines(), is(empty()));
    assertThat(
        none.errors(), contains("sluice: no snapshot and no change has an item of this key"));

    assertThat(
        assertThrows(
                JobException.class,
                () ->
                    run(new HistoryVerb(), "--key={\"pk\":{\"S\":\"x\"}}", "--snapshots=" + lake()))
            .getMessage(),
        containsString("--key has the attributes pk:S, and the key of "));
  }

  @Test
  void aGapIsSaid() throws IOException {
    Instant time = Instant.parse("2026-01-31T23:26:00Z");
    FeedCommits.of(new FeedFolder(feeds(), table))
        .add(
            new FeedCommit(
                1,
                "run",
                table,
                "arn",
                "NEW_IMAGE",
                time,
                time,
                time,
                0,
                "a shard was forgotten",
                List.of(),
                List.of()));
    assertThat(
        history("7", "--deltas=" + feeds()).errors(),
        hasItem(
            "sluice: changes before 2026-01-31T23:26:00Z may be missing, says commit 1: a shard was"
                + " forgotten"));
    assertThat(
        history("7", "--deltas=" + feeds(), "--since=" + time).errors(),
        not(hasItem(containsString("may be missing"))));
  }

  @Test
  void mistakesAreToldTogether() {
    assertThat(
        problems("--since=today"),
        contains(
            "--key is missing: give it as DynamoDB JSON, such as {\"id\":{\"S\":\"x\"}}",
            "--snapshots and --deltas are missing: give at least one of them",
            "--since: 'today' must be a time, such as 2026-01-31T23:26:00Z"));
    assertThat(
        problems("--key={\"id\":{\"BOOL\":true}}", "--deltas=x"),
        contains(
            "--table is missing: give the name of the table",
            "--key: a key is of the types S, N and B only"));
    assertThat(
        problems("--key={\"id\":\"x\"}", "--snapshots=x"),
        contains(containsString("--key: it must be DynamoDB JSON such as ")));
    assertThat(
        problems("--key={}", "--snapshots=x"),
        contains("--key: a primary key has one attribute or two"));
  }

  @Test
  void thePartitionKeyComesFirst() {
    String partition = "\"pk\":{\"S\":\"%s\"}".formatted("x".repeat(2000));
    String sort = "\"sk\":{\"S\":\"%s\"}".formatted("x".repeat(1000));
    HistoryOptions inOrder =
        OneWorker.options(
            HistoryOptions.class, "--key={" + partition + "," + sort + "}", "--snapshots=x");
    assertThat(HistoryPlan.of(inOrder).schema().toString(), is("pk:S, sk:S"));
    assertThat(
        problems("--key={" + sort + "," + partition + "}", "--snapshots=x"),
        contains(containsString("key attribute 'pk': 2000 bytes long; the limit is 1024")));
  }

  @Test
  void theSnapshotsAreThoseOfTheTable() {
    String key = "--key={\"id\":{\"N\":\"7\"}}";
    assertThat(
        problems(key, "--table=trips", "--snapshots=x/snapshots_fares"),
        contains("--snapshots=x/snapshots_fares has the snapshots of fares, and --table is trips"));
    HistoryOptions same =
        OneWorker.options(
            HistoryOptions.class,
            key,
            "--table=arn:aws:dynamodb:us-east-1:123456789012:table/trips",
            "--snapshots=x/snapshots_trips");
    assertThat(HistoryPlan.of(same).snapshots(), is("x/snapshots_trips"));
  }

  private static List<String> problems(String... arguments) {
    HistoryOptions options = OneWorker.options(HistoryOptions.class, arguments);
    return assertThrows(UsageException.class, () -> HistoryPlan.of(options)).problems();
  }
}
