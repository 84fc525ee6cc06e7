/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.item.json.ItemJson;
import io.sluice.testing.dynamodb.DynamoDbProcess;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.GeneratedItems;
import io.sluice.testing.dynamodb.TableSettings;
import java.io.IOException;
import java.io.InputStream;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Exports that are killed while they scan, and go on with another runner. */
class ResumedExportIT {
  private static final GeneratedItems ITEMS = new GeneratedItems(60_000, 1_000);
  private static final int SEGMENTS = 12;

  /** The units of the largest page: 1 MB, and the rest of an item, at 8 KB each. */
  private static final double PAGE_UNITS = 129;

  @TempDir Path folder;

  private Program start(String profile, DynamoDbProcess endpoint) {
    return Program.startJar(
        profile,
        List.of(
            "--pipeline=export",
            "--local",
            "--dynamodbEndpoint=" + endpoint.endpoint(),
            "--table=generated",
            "--output=" + folder.resolve("out"),
            "--readRatio=1",
            "--segments=" + SEGMENTS,
            "--outputFormat=DYNAMODB_JSON",
            "--resumable"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct, flink, spark", "flink, spark, direct", "spark, direct, flink"})
  void eachRunnerGoesOnWithWhatAnotherHasKept(String order) throws IOException {
    List<String> profiles = List.of(order.split(", "));
    try (DynamoDbProcess endpoint =
        DynamoDbProcess.start(
            EndpointSettings.of(TableSettings.of("generated", "id:S").withProvisioned(5, 1_000_000))
                .withGenerated(ITEMS),
            folder.resolve("dynamodb"))) {
      EndpointSettings settings = endpoint.settings();
      endpoint.change(settings.withThroughput(settings.throughput().withRead(1_000)));
      for (int third = 1; third < profiles.size(); third++) {
        int wanted = ITEMS.count() * third / profiles.size();
        Program killed = start(profiles.get(third - 1), endpoint);
        killed.await(() -> endpoint.books().itemsRead() >= wanted);
        assertThat(killed.errors(), killed.isRunning(), is(true));
        killed.kill();
      }
      endpoint.change(settings);
      Program last = start(profiles.get(2), endpoint).mustExitWith(0);
      assertThat(last.errors(), containsString("going on with the export that began at "));

      JsonNode manifest = manifest();
      assertThat(manifest.get("items").asLong(), is((long) ITEMS.count()));
      Set<String> expected = new HashSet<>();
      for (long i = 0; i < ITEMS.count(); i++) {
        Map<String, AttributeValue> item = ITEMS.item(i, settings.table().keySchema());
        expected.add("{\"Item\":" + ItemJson.toJson(new TreeMap<>(item)) + "}");
      }
      List<String> lines = lines();
      assertThat(lines.size(), is(ITEMS.count()));
      assertThat(new HashSet<>(lines).equals(expected), is(true));
      double twice = endpoint.books().readUnits() - manifest.get("readUnits").asDouble();
      assertThat(twice, is(lessThanOrEqualTo(2 * SEGMENTS * PAGE_UNITS)));
      assertThat(last.output(), containsString("taken over"));
      assertThat(manifest.get("readUnits").asDouble(), is(greaterThan(7_000.0)));
      assertThat(Files.exists(folder.resolve("out/snapshots_generated/_staging")), is(false));
      System.out.printf("%s: %.0f units read twice%n%s", order, twice, last.output());
    }
  }

  private JsonNode manifest() throws IOException {
    try (Stream<Path> found = Files.walk(folder.resolve("out/snapshots_generated"))) {
      List<Path> manifests =
          found.filter(file -> file.getFileName().toString().equals("_manifest.json")).toList();
      assertThat(manifests.size(), is(1));
      return new ObjectMapper().readTree(manifests.get(0).toFile());
    }
  }

  private List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder.resolve("out/snapshots_generated"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json.gz")).toList()) {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
          new String(in.readAllBytes(), UTF_8).lines().forEach(lines::add);
        }
      }
    }
    return lines;
  }
}
