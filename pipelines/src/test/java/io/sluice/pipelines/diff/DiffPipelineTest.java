/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.diff;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.change.feed.FeedCommit;
import io.sluice.change.feed.FeedCommits;
import io.sluice.change.feed.FeedFolder;
import io.sluice.pipelines.OneWorker;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.cli.SluiceOptions;
import io.sluice.pipelines.cli.Verb;
import io.sluice.pipelines.export.ExportVerb;
import io.sluice.pipelines.imports.ImportVerb;
import io.sluice.pipelines.merge.MergeVerb;
import io.sluice.testing.LocalAws;
import io.sluice.testing.NativeTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ExportDescription;
import software.amazon.awssdk.services.dynamodb.model.ExportFormat;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Comparisons of snapshots with each other and with the table. */
@Timeout(240)
class DiffPipelineTest {
  private static final LocalAws AWS = LocalAws.shared();
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private final DynamoDbClient dynamodb = AWS.dynamodb();
  private final String table = "diff-" + UUID.randomUUID();

  private <O extends SluiceOptions> Printed run(Verb<O> verb, int code, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--local",
                "--dynamodbEndpoint=" + AWS.dynamodbEndpoint(),
                "--s3Endpoint=" + AWS.s3Endpoint()));
    arguments.addAll(List.of(more));
    Printed printed = new Printed();
    O options = OneWorker.options(verb.options(), arguments.toArray(String[]::new));
    assertThat(verb.run(options, printed.console()), is(code));
    return printed;
  }

  private Printed diff(int code, String... more) {
    return run(new DiffVerb(), code, more);
  }

  private String failure(String... more) {
    return assertThrows(JobException.class, () -> diff(ExitCode.OK, more)).getMessage();
  }

  private void createTable(String name, ScalarAttributeType type) {
    dynamodb.createTable(
        create ->
            create
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(d -> d.attributeName("id").attributeType(type))
                .keySchema(k -> k.attributeName("id").keyType(KeyType.HASH)));
  }

  private void put(int id, String city) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("id", AttributeValue.fromN(Integer.toString(id)));
    item.put("text", AttributeValue.fromS("text"));
    item.put(
        "address",
        AttributeValue.fromM(
            Map.of(
                "city",
                AttributeValue.fromS(city),
                "tags",
                AttributeValue.fromSs(List.of("a", "b")))));
    dynamodb.putItem(p -> p.tableName(table).item(item));
  }

  private void export(String time, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("--table=" + table, "--output=" + lake(), "--snapshotTimestamp=" + time));
    arguments.addAll(List.of(more));
    run(new ExportVerb(), ExitCode.OK, arguments.toArray(String[]::new));
  }

  private String lake() {
    return folder.resolve("lake").toString();
  }

  private String snapshot(String time) {
    return lake() + "/snapshots_" + table + "/snapshot_timestamp=" + time + "/";
  }

  private String deltas() {
    return folder.resolve("deltas").toString();
  }

  private FeedCommit latest() throws IOException {
    return FeedCommits.of(new FeedFolder(deltas(), table)).latest().orElseThrow();
  }

  @Test
  void snapshotsAndTheTable() throws IOException {
    createTable(table, ScalarAttributeType.N);
    for (int id = 0; id < 30; id++) {
      put(id, "here");
    }
    export("2026-01-01T00:00:00Z");
    String report = folder.resolve("report.json").toString();
    assertThat(
        diff(ExitCode.OK, "--from=" + lake(), "--to=table", "--table=" + table).lines(),
        hasItem(matchesPattern("  unchanged +30  in .*")));

    put(3, "there");
    put(4, "there");
    put(40, "new");
    dynamodb.deleteItem(d -> d.tableName(table).key(Map.of("id", AttributeValue.fromN("5"))));
    Printed printed =
        diff(
            ExitCode.DIFFERENT,
            "--from=" + lake(),
            "--to=table",
            "--table=" + table,
            "--consistentRead",
            "--report=" + report);
    String first = snapshot("2026-01-01T00-00-00Z");
    assertThat(
        printed.lines(),
        contains(
            is(first + " -> the table " + table),
            matchesPattern("  from +30  " + first),
            matchesPattern("  to +30  the table " + table),
            matchesPattern("  added +1"),
            matchesPattern("  changed +2  address 2"),
            matchesPattern("  removed +1"),
            matchesPattern("  unchanged +27  in .*")));
    assertThat(printed.errors(), hasItem("sluice: --from and --to differ in 4 items"));
    JsonNode json = JSON.readTree(Path.of(report).toFile());
    assertThat(json.at("/diff/attributes/address").intValue(), is(2));
    assertThat(json.at("/counts/matched").intValue(), is(27));
    assertThat(json.get("addsUp").booleanValue(), is(true));

    export("2026-01-02T00:00:00Z", "--outputFormat=ION");
    String second = snapshot("2026-01-02T00-00-00Z");
    List<String> written =
        diff(
                ExitCode.OK,
                "--table=" + table,
                "--from=" + lake() + "@previous",
                "--to=" + lake(),
                "--output=" + deltas(),
                "--report=" + report)
            .lines();
    assertThat(written.get(0), is(first + " -> " + second));
    assertThat(
        written.get(written.size() - 1),
        matchesPattern(
            "  written +4  in 1 file, [^:]*: commit 1 of " + deltas() + "/changes_" + table + "/"));
    FeedCommit commit = latest();
    assertThat(commit.records(), is(4L));
    assertThat(JSON.readTree(Path.of(report).toFile()).at("/delta/records").intValue(), is(4));

    // They make the one state the other.
    String copy = table + "-copy";
    run(
        new ImportVerb(),
        ExitCode.OK,
        "--table=" + copy,
        "--input=" + first,
        "--createTable=ON_DEMAND",
        "--partitionKey=id:N");
    run(
        new ImportVerb(),
        ExitCode.OK,
        "--table=" + copy,
        "--input=" + deltas() + "/changes_" + table + "/",
        "--changes=APPLY",
        "--maxDeletes=1");
    assertThat(
        diff(ExitCode.OK, "--from=" + second, "--to=table", "--table=" + copy).lines(),
        hasItem(matchesPattern("  unchanged +30  in .*")));

    // Each goes on where the last has ended.
    assertThat(
        failure("--from=" + first, "--to=" + second, "--output=" + deltas()),
        containsString("has the differences up to " + commit.completeThrough() + " already"));
    dynamodb.deleteItem(d -> d.tableName(table).key(Map.of("id", AttributeValue.fromN("6"))));
    diff(
        ExitCode.OK,
        "--table=" + table,
        "--from=" + lake() + "/snapshots_" + table + "@2026-01-02T00-00-00Z",
        "--to=table",
        "--output=" + deltas(),
        "--report=" + report);
    assertThat(
        JSON.readTree(Path.of(report).toFile()).at("/consumed/reads/table").doubleValue(),
        greaterThan(0.0));
    assertThat(JSON.readTree(Path.of(report).toFile()).at("/cost/dollars").isNumber(), is(true));
    assertThat(latest().number(), is(2L));
    assertThat(latest().records(), is(1L));
    assertThat(
        "no time of a change is known",
        assertThrows(
                JobException.class,
                () ->
                    run(
                        new MergeVerb(),
                        ExitCode.OK,
                        "--table=" + table,
                        "--base=" + first,
                        "--deltas=" + deltas(),
                        "--asOf=2100-01-01T00:00:00Z",
                        "--output=" + lake()))
            .getMessage(),
        containsString("has differences of snapshots, which do not say when a change was made"));
  }

  @Test
  void aHeapThatMayBeTooSmallIsWarnedOf() {
    createTable(table, ScalarAttributeType.N);
    put(1, "here");
    export("2026-01-01T00:00:00Z");
    DiffOptions options =
        OneWorker.options(
            DiffOptions.class,
            "--from=" + snapshot("2026-01-01T00-00-00Z"),
            "--to=" + snapshot("2026-01-01T00-00-00Z"));
    DiffJob job = DiffJob.of(options, DiffPlan.of(options), Instant.now());
    assertThat(job.heapWarning(1 << 20), is(nullValue()));
    assertThat(
        job.heapWarning(1000),
        containsString("which may not fit into 1,000 bytes: give more (SLUICE_JAVA_OPTS=-Xmx8g)"));
  }

  @Test
  void mistakesAreOneSentence() throws IOException {
    createTable(table, ScalarAttributeType.N);
    put(1, "here");
    export("2026-01-01T00:00:00Z");
    assertThat(
        failure("--from=" + lake() + "@previous", "--to=" + lake(), "--table=" + table),
        is("--from=" + lake() + "@previous has one snapshot only, and none before it"));
    assertThat(
        failure("--from=" + lake(), "--to=" + lake()),
        containsString("is no snapshot: give the folder of one"));
    assertThat(
        failure("--from=" + lake() + "@2026-01-02T00-00-00Z", "--to=x", "--table=" + table),
        is("--from=" + lake() + "@2026-01-02T00-00-00Z: there is no such snapshot"));
    assertThat(
        failure("--from=" + folder.resolve("none"), "--to=x", "--table=" + table),
        is("--from=" + folder.resolve("none") + " has no snapshot of " + table));
    String first = "--from=" + snapshot("2026-01-01T00-00-00Z");
    assertThat(
        failure(first, "--to=table", "--table=" + table + "-none"),
        is("the table " + table + "-none does not exist"));
    String other = table + "-other";
    createTable(other, ScalarAttributeType.S);
    assertThat(
        failure(first, "--to=table", "--table=" + other),
        is("--from has the key id:N and --to id:S: items of different keys cannot be compared"));
    export("2026-01-03T00:00:00Z", "--outputFormat=CSV");
    assertThat(
        failure(first, "--to=" + lake(), "--table=" + table),
        containsString("is in CSV, which loses types"));
    Files.delete(
        Files.list(Path.of(snapshot("2026-01-01T00-00-00Z")))
            .filter(file -> file.getFileName().toString().startsWith("part-"))
            .findFirst()
            .orElseThrow());
    assertThat(
        failure(first, first.replace("from", "to")),
        containsString("is missing, or has another length than its manifest says"));
  }

  /** Import, native export, export --source, import elsewhere: there is no difference. */
  @Test
  void aRoundTripChangesNothing() {
    String from = NativeTables.create();
    Map<String, Map<String, AttributeValue>> items = NativeTables.fill(from);
    ExportDescription export =
        NativeTables.export(from, "exports-" + UUID.randomUUID(), ExportFormat.DYNAMODB_JSON);
    run(
        new ExportVerb(),
        ExitCode.OK,
        "--table=" + from,
        "--source=NATIVE_EXPORT=" + NativeTables.folder(export),
        "--output=" + lake());
    String snapshots = lake() + "/snapshots_" + from;
    String to = from + "-copy";
    run(
        new ImportVerb(),
        ExitCode.OK,
        "--table=" + to,
        "--input=" + snapshots + "/**",
        "--createTable=ON_DEMAND",
        "--partitionKey=pk:S");
    run(new ExportVerb(), ExitCode.OK, "--table=" + to, "--output=" + lake());
    String elsewhere = lake() + "/snapshots_" + to;
    for (String other : List.of(elsewhere, "table")) {
      assertThat(
          diff(ExitCode.OK, "--from=" + snapshots, "--to=" + other, "--table=" + to).lines(),
          hasItem(matchesPattern("  unchanged +" + items.size() + "  in .*")));
    }

    Map<String, AttributeValue> changed = new HashMap<>(items.get("k0"));
    changed.put("one more", AttributeValue.fromNul(true));
    dynamodb.putItem(p -> p.tableName(to).item(changed));
    List<String> found =
        diff(ExitCode.DIFFERENT, "--from=" + snapshots, "--to=table", "--table=" + to).lines();
    assertThat(found, hasItem(matchesPattern("  changed +1  one more 1")));
    assertThat(found, hasItem(matchesPattern("  unchanged +" + (items.size() - 1) + "  in .*")));
  }
}
