/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.pipelines.OneWorker;
import io.sluice.pipelines.capture.CaptureOptions;
import io.sluice.pipelines.capture.CaptureVerb;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.Printed;
import io.sluice.testing.LocalAws;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.beam.sdk.options.PipelineOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** The captured changes of one table are applied to another. */
@Timeout(180)
class ApplyChangesTest {
  private static final LocalAws AWS = LocalAws.shared();

  @TempDir Path folder;
  private final DynamoDbClient dynamodb = AWS.dynamodb();
  private final String from = "from-" + UUID.randomUUID();
  private final String to = "to-" + UUID.randomUUID();
  private final Random random = new Random(7);

  @BeforeEach
  void createTables() {
    create(from, StreamViewType.NEW_IMAGE);
    create(to, null);
  }

  private void create(String table, StreamViewType view) {
    dynamodb.createTable(
        create ->
            create
                .tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    d -> d.attributeName("id").attributeType(ScalarAttributeType.N))
                .keySchema(k -> k.attributeName("id").keyType(KeyType.HASH))
                .streamSpecification(
                    view == null
                        ? s -> s.streamEnabled(false)
                        : s -> s.streamEnabled(true).streamViewType(view)));
  }

  private static Map<String, AttributeValue> key(int id) {
    return Map.of("id", AttributeValue.fromN(Integer.toString(id)));
  }

  private void changeAtRandom(int times) {
    for (int i = 0; i < times; i++) {
      int id = random.nextInt(30);
      if (random.nextInt(3) == 0) {
        dynamodb.deleteItem(d -> d.tableName(from).key(key(id)));
      } else {
        Map<String, AttributeValue> item = new TreeMap<>(key(id));
        item.put("n", AttributeValue.fromN(Integer.toString(random.nextInt(1000))));
        item.put("l", AttributeValue.fromL(List.of()));
        dynamodb.putItem(p -> p.tableName(from).item(item));
      }
    }
  }

  private Map<String, Map<String, AttributeValue>> items(String table) {
    Map<String, Map<String, AttributeValue>> items = new TreeMap<>();
    dynamodb
        .scanPaginator(s -> s.tableName(table))
        .items()
        .forEach(item -> items.put(item.get("id").n(), item));
    return items;
  }

  private <T extends PipelineOptions> T options(Class<T> type, List<String> more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--local",
                "--dynamodbEndpoint=" + AWS.dynamodbEndpoint(),
                "--s3Endpoint=" + AWS.s3Endpoint()));
    arguments.addAll(more);
    return OneWorker.options(type, arguments.toArray(String[]::new));
  }

  private void capture() {
    CaptureOptions options =
        options(CaptureOptions.class, List.of("--table=" + from, "--output=" + folder));
    assertThat(new CaptureVerb().run(options, Printed.unread()), is(ExitCode.OK));
  }

  private int apply(Printed printed, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--table=" + to,
                "--changes=APPLY",
                "--input=" + folder.resolve("changes_" + from)));
    arguments.addAll(List.of(more));
    return ImportPipeline.run(options(ImportOptions.class, arguments), printed.console());
  }

  @Test
  void theTablesAreTheSameAfterEachRun() throws Exception {
    for (int run = 1; run <= 3; run++) {
      changeAtRandom(100);
      capture();
      Path file = folder.resolve("report.json");
      assertThat(apply(new Printed(), "--maxDeletes=30", "--report=" + file), is(ExitCode.OK));
      assertThat(items(to), is(items(from)));
      JsonNode report = new ObjectMapper().readTree(file.toFile());
      assertThat(report.get("addsUp").booleanValue(), is(true));
      assertThat(report.at("/job/changes").textValue(), is("APPLY"));
      assertThat(report.at("/job/format").textValue(), is("FEED"));
      assertThat(report.at("/counts/written").intValue(), is(items(from).size()));
      assertThat(
          report.at("/counts/deleted").intValue(), is(report.at("/counts/deletes").intValue()));
    }
    // Nobody has changed anything since.
    assertThat(apply(new Printed(), "--maxDeletes=30"), is(ExitCode.OK));
    assertThat(items(to), is(items(from)));
  }

  @Test
  void deletesAreFoundByADryRunAndNeedAnOption() {
    changeAtRandom(60);
    for (int id = 100; id < 104; id++) {
      int doomed = id;
      dynamodb.putItem(p -> p.tableName(from).item(key(doomed)));
      dynamodb.deleteItem(d -> d.tableName(from).key(key(doomed)));
    }
    capture();
    Printed dry = new Printed();
    assertThat(apply(dry, "--dryRun", "--maxDeletes=1000"), is(ExitCode.OK));
    String deletable =
        dry.lines().stream()
            .filter(line -> line.startsWith("  deletable"))
            .findFirst()
            .orElseThrow();
    int deletes = Integer.parseInt(deletable.replaceAll("[^0-9]", ""));
    assertThat(dry.lines(), hasItem(matchesPattern("  superseded +[0-9]+  by later changes .*")));

    Printed refused = new Printed();
    assertThat(apply(refused, "--maxDeletes=" + (deletes - 1)), is(ExitCode.REJECTIONS));
    assertThat(
        refused.errors(),
        hasItem(
            containsString(
                "the changes delete %d items, --maxDeletes=%d allows fewer: nothing was written;"
                        .formatted(deletes, deletes - 1)
                    + " --maxDeletes=%d applies them".formatted(deletes))));
    assertThat(items(to), is(anEmptyMap()));

    Printed done = new Printed();
    assertThat(apply(done, "--maxDeletes=" + deletes), is(ExitCode.OK));
    assertThat(
        done.lines(),
        hasItems(
            matchesPattern("  written +%d  in .*".formatted(items(from).size())),
            matchesPattern("  deleted +%d".formatted(deletes))));
    assertThat(items(to), is(items(from)));
  }

  @Test
  void aFeedThatLacksChangesIsRefused() {
    changeAtRandom(20);
    capture();
    dynamodb.updateTable(u -> u.tableName(from).streamSpecification(s -> s.streamEnabled(false)));
    changeAtRandom(5);
    dynamodb.updateTable(
        u ->
            u.tableName(from)
                .streamSpecification(
                    s -> s.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE)));
    CaptureOptions options =
        options(
            CaptureOptions.class,
            List.of("--table=" + from, "--output=" + folder, "--onGap=RESNAPSHOT"));
    new CaptureVerb().run(options, Printed.unread());
    JobException e = assertThrows(JobException.class, () -> apply(new Printed()));
    assertThat(e.getMessage(), containsString("gap"));
    assertThat(items(to), is(anEmptyMap()));
  }

  @Test
  void changesAreNotTakenForItems() throws Exception {
    changeAtRandom(20);
    capture();
    Path file = Files.createDirectories(folder.resolve("plain")).resolve("f.json.gz");
    try (var files = Files.walk(folder.resolve("changes_" + from))) {
      Files.copy(
          files.filter(name -> name.toString().endsWith(".json.gz")).findFirst().orElseThrow(),
          file);
    }
    ImportOptions options =
        options(ImportOptions.class, List.of("--table=" + to, "--input=" + file));
    JobException e =
        assertThrows(JobException.class, () -> ImportPipeline.run(options, Printed.unread()));
    assertThat(e.getMessage(), containsString("--changes=APPLY"));
    assertThat(items(to), is(anEmptyMap()));
  }

  @Test
  void aMissingFolderIsNamed() {
    JobException e =
        assertThrows(
            JobException.class, () -> apply(new Printed(), "--input=" + folder.resolve("none")));
    assertThat(e.getMessage(), startsWith("--input: "));
  }
}
