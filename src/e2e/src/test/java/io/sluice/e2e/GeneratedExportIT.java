/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.item.json.ItemJson;
import io.sluice.testing.dynamodb.DynamoDbProcess;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.Fault;
import io.sluice.testing.dynamodb.Faults;
import io.sluice.testing.dynamodb.GeneratedItems;
import io.sluice.testing.dynamodb.TableSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Exports of generated tables on every runner: scanned once, killed, and through faults. */
class GeneratedExportIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double SHARE = 0.05;
  private static final double HANGING_SHARE = 0.005;
  private static final String OUT = "out";

  @TempDir Path folder;

  @ParameterizedTest
  // With so small a heap, the pages of the DirectRunner are in a file.
  @CsvSource({"direct, 256m, 100000", "flink, 1g, 100000", "spark, 512m, 600000"})
  void aTableIsScannedOnce(String profile, String heap, int count) throws IOException {
    GeneratedItems items = new GeneratedItems(count, 1_000);
    try (DynamoDbProcess endpoint = generated(items)) {
      runGenerated(profile, heap, endpoint).mustExitWith(0);
      assertThat(endpoint.books().itemsRead(), is((long) count));
    }
    JsonNode manifest = manifest(snapshots().get(0));
    assertThat(manifest.get("items").asLong(), is((long) count));
    assertThat(
        Snapshots.query(
            folder.resolve("out"), "select count(*), count(distinct id) from generated"),
        matchesPattern(count + " +" + count));
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct", "flink", "spark"})
  void thereAreAsManyFilesAsTheSizeAsksFor(String profile) throws IOException {
    List<String> formats = List.of("PARQUET", "JSON");
    GeneratedItems items = new GeneratedItems(40_000, 400);
    try (DynamoDbProcess endpoint = generated(items)) {
      List<List<String>> whole = new ArrayList<>();
      for (String format : formats) {
        whole.add(export(endpoint, format, "--outputFormat=" + format));
      }
      Runs.inOneJvm(profile, whole).forEach(run -> run.mustHaveExited(0));
      List<List<String>> parts = new ArrayList<>();
      for (String format : formats) {
        JsonNode one = manifest(snapshots(format).get(0));
        assertThat(one.get("items").asLong(), is(40_000L));
        assertThat(one.get("files").size(), is(1));
        long part = one.get("files").get(0).get("bytes").asLong() * 2 / 7;
        parts.add(
            export(
                endpoint,
                format,
                "--outputFormat=" + format,
                "--fileSize=" + (part >> 10) + "KB",
                "--snapshotTimestamp=2030-01-01T00:00:00Z"));
      }
      Runs.inOneJvm(profile, parts).forEach(run -> run.mustHaveExited(0));
      for (String format : formats) {
        JsonNode several = manifest(snapshots(format).get(1));
        assertThat(several.get("items").asLong(), is(40_000L));
        assertThat(several.get("files").size(), allOf(greaterThan(2), lessThan(7)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct", "flink", "spark"})
  void aKilledExportPublishesNothingAndTheNextCleansUp(String profile) throws IOException {
    GeneratedItems items = new GeneratedItems(40_000, 400);
    try (DynamoDbProcess endpoint = generated(items)) {
      runGenerated(profile, "1g", endpoint).mustExitWith(0);
      List<Path> before = snapshots();
      assertThat(before.size(), is(1));

      endpoint.reset();
      EndpointSettings settings = endpoint.settings();
      endpoint.change(settings.withThroughput(settings.throughput().withRead(400)));
      Program program =
          runGenerated(profile, "1g", endpoint, "--snapshotTimestamp=2030-01-01T00:00:00Z");
      program.await(() -> endpoint.books().itemsRead() >= items.count() / 2);
      assertThat(program.isRunning(), is(true));
      program.kill();
      assertThat(snapshots(), is(before));

      endpoint.change(settings);
      runGenerated(profile, "1g", endpoint, "--snapshotTimestamp=2030-01-02T00:00:00Z")
          .mustExitWith(0);
      assertThat(snapshots().size(), is(2));
      assertThat(Files.exists(folder.resolve("out/snapshots_generated/_staging")), is(false));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct", "flink", "spark"})
  void faultsChangeNothingButTheTime(String profile) throws IOException {
    GeneratedItems items = new GeneratedItems(40_000, 400);
    try (DynamoDbProcess endpoint = generated(items)) {
      Faults faults = Faults.none().of("Scan");
      for (Fault fault : Fault.values()) {
        if (fault != Fault.UNPROCESSED) {
          boolean hangs = fault == Fault.HANG_BEFORE || fault == Fault.HANG_AFTER;
          faults = faults.with(fault, hangs ? HANGING_SHARE : SHARE);
        }
      }
      endpoint.change(endpoint.settings().withFaults(faults));
      Program program =
          runGenerated(profile, "1g", endpoint, "--outputFormat=DYNAMODB_JSON", "--segments=200")
              .mustExitWith(0);
      assertThat(endpoint.books().faults(Fault.RESET_AFTER), greaterThan(0L));
      assertThat(endpoint.books().faults(Fault.THROTTLED), greaterThan(0L));
      assertThat(program.errors(), not(containsString("\tat ")));

      TableSettings table = endpoint.settings().table();
      Set<String> expected = new HashSet<>();
      for (long i = 0; i < items.count(); i++) {
        expected.add(
            "{\"Item\":" + ItemJson.toJson(sorted(items.item(i, table.keySchema()))) + "}");
      }
      List<String> lines = lines(snapshots().get(0));
      assertThat(lines.size(), is(items.count()));
      assertThat(new HashSet<>(lines), is(expected));
    }
  }

  @Test
  void aSnapshotIsAskedInSql() throws IOException {
    GeneratedItems items = new GeneratedItems(1_000, 200);
    try (DynamoDbProcess endpoint = generated(items)) {
      runGenerated("direct", "1g", endpoint).mustExitWith(0);
    }
    assertThat(
        Snapshots.query(
            folder.resolve("out"), "select count(*) as n, min(id) as first from generated"),
        is("1000  100000000000"));
  }

  private static Map<String, AttributeValue> sorted(Map<String, AttributeValue> item) {
    return new TreeMap<>(item);
  }

  private DynamoDbProcess generated(GeneratedItems items) {
    return DynamoDbProcess.start(
        EndpointSettings.of(TableSettings.of("generated", "id:S").withProvisioned(5, 1_000_000))
            .withGenerated(items)
            .withTrickleMillis(200),
        folder.resolve("dynamodb"));
  }

  private Program runGenerated(
      String profile, String heap, DynamoDbProcess endpoint, String... more) {
    return Program.startJar(profile, heap, export(endpoint, OUT, more));
  }

  private List<String> export(DynamoDbProcess endpoint, String output, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--pipeline=export",
                "--local",
                "--dynamodbEndpoint=" + endpoint.endpoint(),
                "--table=generated",
                "--output=" + folder.resolve(output),
                "--readRatio=1"));
    arguments.addAll(List.of(more));
    return arguments;
  }

  /** The published snapshots of the generated table, the oldest first. */
  private List<Path> snapshots() throws IOException {
    return snapshots(OUT);
  }

  private List<Path> snapshots(String output) throws IOException {
    try (Stream<Path> found = Files.walk(folder.resolve(output + "/snapshots_generated"))) {
      return found
          .filter(file -> file.getFileName().toString().equals("_SUCCESS"))
          .map(Path::getParent)
          .sorted()
          .toList();
    }
  }

  private static JsonNode manifest(Path snapshot) throws IOException {
    return JSON.readTree(snapshot.resolve("_manifest.json").toFile());
  }

  private static List<String> lines(Path snapshot) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.walk(snapshot)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json.gz")).toList()) {
        try (BufferedReader in =
            new BufferedReader(
                new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
          in.lines().forEach(lines::add);
        }
      }
    }
    return lines;
  }
}
