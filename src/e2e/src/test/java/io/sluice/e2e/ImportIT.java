/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.e2e.Runs.Run;
import io.sluice.testing.LocalAws;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The import as a user runs it, on every runner: the jar, S3, DynamoDB, and what is left there. */
class ImportIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final LocalAws AWS = LocalAws.shared();
  private static final Trips TRIPS = Trips.make(3, 700);
  private static final Map<String, JsonNode> REPORTS = new HashMap<>();

  private static final Map<String, OfOneRunner> RUNS = new HashMap<>();

  @TempDir static Path shared;
  private static DynamoDbProxy proxy;
  @TempDir Path folder;

  @BeforeAll
  static void upload() {
    proxy = new DynamoDbProxy(AWS.dynamodbEndpoint());
    put("trips/a.csv", TRIPS.files().get(0).getBytes(StandardCharsets.UTF_8));
    put("trips/b.csv.gz", gzip(TRIPS.files().get(1)));
    put("trips/c.csv", TRIPS.files().get(2).getBytes(StandardCharsets.UTF_8));
    put("trips/_SUCCESS", new byte[0]);
  }

  @AfterAll
  static void close() {
    proxy.close();
  }

  /** What the runs of a runner are: an engine is started once for all of them. */
  private record OfOneRunner(Run async, Run dynamodbio, Run gated, Run latest) {}

  private static OfOneRunner of(String profile) {
    return RUNS.computeIfAbsent(profile, ImportIT::runAll);
  }

  private static OfOneRunner runAll(String profile) {
    List<Run> runs =
        Runs.inOneJvm(
            profile,
            List.of(
                whole(profile, "async"),
                whole(profile, "dynamodbio"),
                importOfTrips(
                    "gated_" + profile,
                    "--rejects=s3://" + AWS.bucket() + "/gated/" + profile,
                    "--maxRejects=" + (TRIPS.broken() - 1)),
                importOf(
                    "--input=" + versions(),
                    "--table=latest_" + profile,
                    "--columns=version:N",
                    "--dedupe=LATEST",
                    "--orderBy=version",
                    "--createTable=5,5",
                    "--partitionKey=pk:S",
                    "--sortKey=sk:N")));
    return new OfOneRunner(runs.get(0), runs.get(1), runs.get(2), runs.get(3));
  }

  private static List<String> whole(String profile, String engine) {
    String name = profile + "_" + engine;
    return importOfTrips(
        "trips_" + name,
        "--writeEngine=" + engine,
        "--report=" + report(name),
        "--rejects=s3://" + AWS.bucket() + "/rejects/" + name,
        "--maxRejects=1000");
  }

  private static Path report(String name) {
    return shared.resolve(name + ".json");
  }

  @ParameterizedTest
  @CsvSource({
    "direct, async",
    "flink, async",
    "spark, async",
    "direct, dynamodbio",
    "flink, dynamodbio",
    "spark, dynamodbio"
  })
  void everyItemArrivesOnceAndTheCountsAddUp(String profile, String engine) throws IOException {
    String name = profile + "_" + engine;
    String table = "trips_" + name;
    OfOneRunner runs = of(profile);
    (engine.equals("async") ? runs.async() : runs.dynamodbio()).mustHaveExited(0);

    assertThat(itemsOf(table), is(TRIPS.items()));
    JsonNode counts = JSON.readTree(report(name).toFile()).get("counts");
    assertThat(counts.get("read").asLong(), is(TRIPS.rows()));
    assertThat(counts.get("skipped").asLong(), is(TRIPS.blanks()));
    assertThat(counts.get("rejected").asLong(), is(TRIPS.broken()));
    assertThat(counts.get("duplicates").asLong(), is(TRIPS.duplicates()));
    assertThat(counts.get("written").asLong(), is((long) TRIPS.items().size()));
    assertThat(counts.get("withheld").asLong(), is(0L));
    assertThat(
        counts.get("read").asLong(),
        is(
            counts.get("written").asLong()
                + counts.get("duplicates").asLong()
                + counts.get("rejected").asLong()
                + counts.get("skipped").asLong()));

    // Nothing is paid for twice: the proxy's books, not ours.
    assertThat(proxy.puts(table), is((long) TRIPS.items().size()));
    assertThat(rejects(name).size(), is((int) TRIPS.broken()));

    sameOfEveryRunnerAndEngine(name, JSON.readTree(report(name).toFile()));
  }

  /** All but the names that differ on purpose. */
  private static void sameOfEveryRunnerAndEngine(String name, JsonNode report) {
    ((ObjectNode) report.get("job")).removeAll();
    // When requests are sent, and how many, is up to the runner; DynamoDBIO reports no units.
    ((ObjectNode) report).remove(List.of("consumed", "cost"));
    REPORTS.put(name, report);
    REPORTS.values().forEach(other -> assertThat(report, is(other)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct", "flink", "spark"})
  void oneRejectionTooManyAndNothingIsWritten(String profile) {
    String table = "gated_" + profile;
    Run gated = of(profile).gated().mustHaveExited(3);

    assertThat(proxy.puts(table), is(0L));
    assertThat(AWS.dynamodb().listTables().tableNames().contains(table), is(false));
    assertThat(gated.errors(), containsString("--maxRejects=" + (TRIPS.broken() - 1)));
    assertThat(gated.errors(), containsString("nothing was written"));
    assertThat(objects("gated/" + profile).size(), greaterThan(0));
  }

  @Test
  void aKilledImportRunAgainGivesTheSameTable() {
    String table = "killed";
    long half = TRIPS.items().size() / 2;
    proxy.stallAfter(half);
    Program program =
        importTrips("direct", table, "--maxRejects=1000", "--rejects=" + folder.resolve("rejects"));
    program.await(() -> proxy.puts(table) > half);
    assertThat(program.isRunning(), is(true));
    program.kill();
    proxy.stallAfter(Long.MAX_VALUE);
    int left = itemsOf(table).size();
    assertThat(left, greaterThan(0));
    assertThat(left, lessThan(TRIPS.items().size()));

    importTrips("direct", table, "--maxRejects=1000", "--rejects=" + folder.resolve("rejects"))
        .mustExitWith(0);
    assertThat(itemsOf(table), is(TRIPS.items()));
  }

  /** A file of twelve versions of each of fifty items. */
  private static Path versions() {
    Path input = shared.resolve("versions.csv");
    List<String> lines = new ArrayList<>(List.of("pk,sk,version,value"));
    for (int version = 1; version <= 12; version++) {
      for (int pk = 0; pk < 50; pk++) {
        // 1, 1.0 and 1.00 are one key; versions are compared as numbers: 9 before 12.
        String sk = "1.00".substring(0, 1 + (version % 3 == 0 ? 0 : 1 + version % 3));
        int shuffled = version * 7 % 13;
        lines.add("p" + pk + "," + sk + "," + shuffled + ",v" + shuffled + "-" + pk);
      }
    }
    try {
      return Files.write(input, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct", "flink", "spark"})
  void theLatestOfEachKeyStays(String profile) {
    of(profile).latest().mustHaveExited(0);

    Map<String, Map<String, AttributeValue>> expected = new HashMap<>();
    for (int pk = 0; pk < 50; pk++) {
      expected.put(
          "p" + pk,
          Map.of(
              "pk", AttributeValue.fromS("p" + pk),
              "sk", AttributeValue.fromN("1"),
              "version", AttributeValue.fromN("12"),
              "value", AttributeValue.fromS("v12-" + pk)));
    }
    assertThat(items("latest_" + profile, "pk"), is(expected));
  }

  private static Program importTrips(String profile, String table, String... more) {
    return Program.startJar(profile, importOfTrips(table, more));
  }

  private static List<String> importOfTrips(String table, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--input=s3://" + AWS.bucket() + "/trips/*",
                "--format=CSV",
                "--table=" + table,
                "--columns=distance:N,fare:N,flag:BOOL",
                "--keyFrom=md5",
                "--createTable=ON_DEMAND",
                "--partitionKey=id:S"));
    arguments.addAll(List.of(more));
    return importOf(arguments.toArray(String[]::new));
  }

  private static List<String> importOf(String... arguments) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--pipeline=import",
                "--local",
                "--dynamodbEndpoint=" + proxy.endpoint(),
                "--s3Endpoint=" + AWS.s3Endpoint()));
    all.addAll(List.of(arguments));
    return all;
  }

  private static Map<String, Map<String, AttributeValue>> itemsOf(String table) {
    return items(table, "id");
  }

  /** The items of a table by their partition key; fails on two of one. */
  private static Map<String, Map<String, AttributeValue>> items(String table, String key) {
    Map<String, Map<String, AttributeValue>> items = new HashMap<>();
    AWS.dynamodb()
        .scanPaginator(scan -> scan.tableName(table).consistentRead(true))
        .items()
        .forEach(item -> assertThat(items.put(item.get(key).s(), item) == null, is(true)));
    return items;
  }

  /** The lines of the records that were rejected, without those of their columns. */
  private static List<String> rejects(String name) {
    return objects("rejects/" + name).stream()
        .flatMap(
            o ->
                AWS.s3()
                    .getObjectAsBytes(get -> get.bucket(AWS.bucket()).key(o.key()))
                    .asUtf8String()
                    .lines())
        .filter(line -> line.contains("\"record\""))
        .toList();
  }

  private static List<S3Object> objects(String prefix) {
    Stream<S3Object> objects =
        AWS
            .s3()
            .listObjectsV2Paginator(list -> list.bucket(AWS.bucket()).prefix(prefix + "/"))
            .contents()
            .stream();
    return objects.toList();
  }

  private static void put(String key, byte[] bytes) {
    AWS.s3().putObject(p -> p.bucket(AWS.bucket()).key(key), RequestBody.fromBytes(bytes));
  }

  private static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
