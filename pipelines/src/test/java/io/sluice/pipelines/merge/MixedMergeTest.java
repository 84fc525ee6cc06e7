/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.merge;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import io.sluice.localaws.dynamodb.DynamoDb;
import io.sluice.pipelines.OneWorker;
import io.sluice.pipelines.capture.CaptureVerb;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.cli.SluiceOptions;
import io.sluice.pipelines.cli.Verb;
import io.sluice.pipelines.export.ExportVerb;
import io.sluice.pipelines.imports.ImportVerb;
import io.sluice.snapshot.Snapshots;
import io.sluice.testing.DiskBuckets;
import io.sluice.testing.NewTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.retry.backoff.FixedDelayBackoffStrategy;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ExportFormat;
import software.amazon.awssdk.services.dynamodb.model.ExportTableToPointInTimeRequest;
import software.amazon.awssdk.services.dynamodb.model.ExportType;

/**
 * Bases and changes of all kinds of one table, which has a stream, exports and a sort key: a native
 * export with captured changes, a scan with native ones, and the result of one kind with the other.
 */
class MixedMergeTest {
  private static final String TABLE = "trips";
  private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

  /** More than the clocks of a stream and of a scan may differ by. */
  private static final Duration MARGIN = Duration.ofMinutes(5);

  @TempDir Path root;
  private Duration ahead = Duration.ofHours(-6);
  private DynamoDb server;
  private DynamoDbClient dynamodb;
  private String arn;

  private Instant now() {
    return Instant.now().plus(ahead);
  }

  private void passes(Duration time) {
    ahead = ahead.plus(time);
  }

  @BeforeEach
  void start() {
    server = DynamoDb.builder().clock(this::now).buckets(new DiskBuckets(root), 3).start();
    dynamodb =
        DynamoDbClient.builder()
            .endpointOverride(server.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
            .httpClientBuilder(ApacheHttpClient.builder())
            .build();
    NewTable.of(TABLE, "z:N", "a:S").withStream().createIn(dynamodb);
    dynamodb.updateContinuousBackups(
        u ->
            u.tableName(TABLE)
                .pointInTimeRecoverySpecification(on -> on.pointInTimeRecoveryEnabled(true)));
    arn = dynamodb.describeTable(d -> d.tableName(TABLE)).table().tableArn();
  }

  @AfterEach
  void stop() {
    dynamodb.close();
    server.close();
  }

  private <O extends SluiceOptions> List<String> run(Verb<O> verb, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("--local", "--dynamodbEndpoint=" + server.endpoint()));
    arguments.addAll(List.of(more));
    Printed printed = new Printed();
    O options = OneWorker.options(verb.options(), arguments.toArray(String[]::new));
    assertThat(verb.run(options, printed.console()), is(ExitCode.OK));
    return printed.errors();
  }

  private List<String> merge(Object base, Object deltas, Path output, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--table=" + TABLE, "--base=" + base, "--deltas=" + deltas, "--output=" + output));
    arguments.addAll(List.of(more));
    return run(new MergeVerb(), arguments.toArray(String[]::new));
  }

  private void put(int number, String text) {
    Map<String, AttributeValue> item = new HashMap<>(key(number));
    item.put("text", AttributeValue.fromS(text));
    dynamodb.putItem(p -> p.tableName(TABLE).item(item));
  }

  private static Map<String, AttributeValue> key(int number) {
    return Map.of(
        "z", AttributeValue.fromN(String.valueOf(number / 3)),
        "a", AttributeValue.fromS("sort " + number % 3));
  }

  /** Puts some items anew, some others and deletes some, other ones at each time. */
  private void change(int time) {
    for (int number = time; number < 30; number += 4) {
      put(number, "at " + time);
    }
    for (int number = time + 1; number < 30; number += 7) {
      int deleted = number;
      dynamodb.deleteItem(d -> d.tableName(TABLE).key(key(deleted)));
    }
  }

  private Path export(Consumer<ExportTableToPointInTimeRequest.Builder> what) {
    String export =
        dynamodb
            .exportTableToPointInTime(
                e -> {
                  e.tableArn(arn).s3Bucket("bucket").exportFormat(ExportFormat.ION);
                  what.accept(e);
                })
            .exportDescription()
            .exportArn();
    String manifest =
        dynamodb
            .waiter()
            .waitUntilExportCompleted(
                d -> d.exportArn(export),
                wait ->
                    wait.backoffStrategy(FixedDelayBackoffStrategy.create(Duration.ofMillis(20))))
            .matched()
            .response()
            .orElseThrow()
            .exportDescription()
            .exportManifest();
    return root.resolve("bucket").resolve(manifest).getParent();
  }

  private Path exportChanges(Instant from, Instant to) {
    return export(
        e ->
            e.exportType(ExportType.INCREMENTAL_EXPORT)
                .incrementalExportSpecification(s -> s.exportFromTime(from).exportToTime(to)));
  }

  private Map<Map<String, AttributeValue>, Map<String, AttributeValue>> items(String table) {
    return dynamodb.scanPaginator(s -> s.tableName(table)).items().stream()
        .collect(Collectors.toMap(item -> Map.of("z", item.get("z"), "a", item.get("a")), i -> i));
  }

  private void assertIsTheTable(Path lake, String copy) throws IOException {
    run(
        new ImportVerb(),
        "--table=" + copy,
        "--input=" + Snapshots.under(lake.toString()).latest(TABLE).orElseThrow().place(),
        "--createTable=ON_DEMAND",
        "--partitionKey=z:N",
        "--sortKey=a:S");
    assertThat(items(copy), is(items(TABLE)));
  }

  @Test
  void eachKindOfBaseGoesWithEachKindOfChanges() throws IOException {
    Path feeds = root.resolve("feeds");
    passes(HALF_AN_HOUR);
    change(0);
    passes(HALF_AN_HOUR);
    Instant before = now().truncatedTo(ChronoUnit.SECONDS);
    Path full = export(e -> {});
    Path scans = root.resolve("scans");
    run(new ExportVerb(), "--table=" + TABLE, "--output=" + scans);
    passes(HALF_AN_HOUR);
    change(1);
    passes(HALF_AN_HOUR);
    Instant after = now().truncatedTo(ChronoUnit.SECONDS);
    Path changes = exportChanges(before.minus(MARGIN), after);

    // The scan began in the middle of the export.
    assertThat(
        merge(scans, changes, root.resolve("of-scan")),
        contains(startsWith("sluice: the base is not as of the beginning of an export: ")));
    assertIsTheTable(root.resolve("of-scan"), "of-scan");

    run(new CaptureVerb(), "--table=" + TABLE, "--output=" + feeds);
    Path captured = root.resolve("captured");
    assertThat(merge(full, feeds, captured), is(empty()));
    assertIsTheTable(captured, "captured");

    change(2);
    passes(HALF_AN_HOUR);
    run(new CaptureVerb(), "--table=" + TABLE, "--output=" + feeds);
    Path later = root.resolve("later");
    merge(root.resolve("of-scan"), feeds, later);
    assertIsTheTable(later, "later");

    Instant last = now().truncatedTo(ChronoUnit.SECONDS);
    merge(captured, exportChanges(after.minus(MARGIN), last), root.resolve("last"));
    assertIsTheTable(root.resolve("last"), "last");
  }
}
