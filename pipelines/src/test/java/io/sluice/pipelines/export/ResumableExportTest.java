/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.export;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.pipelines.OneWorker;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.job.Aws;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.Run;
import io.sluice.snapshot.Snapshots;
import io.sluice.snapshot.TableFolder;
import io.sluice.snapshot.UnfinishedRuns;
import io.sluice.testing.NewTable;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.GeneratedItems;
import io.sluice.testing.dynamodb.TableSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Exports that are started again. The first start of each fails when all is scanned. */
class ResumableExportTest {
  private static final GeneratedItems ITEMS = new GeneratedItems(2_000, 1_024);
  private static final String ANEW = "is dropped, and the table scanned anew: ";

  @TempDir Path folder;

  private final EmbeddedDynamoDb db =
      EmbeddedDynamoDb.start(
          EndpointSettings.of(TableSettings.of("trips", "id:S").withWarm(4_000, 200_000))
              .withGenerated(ITEMS));

  private Path out;

  @BeforeEach
  void begin() throws IOException {
    out = folder.resolve("out");
    Files.writeString(
        folder.resolve("narrow.avsc"),
        """
        {"type": "record", "name": "trips", "fields": [{"name": "id", "type": "string"}]}""");
  }

  @AfterEach
  void close() {
    db.close();
  }

  private Printed export(String... more) {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.add("--resumable");
    return plain(arguments.toArray(String[]::new));
  }

  private Printed plain(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--local",
                "--dynamodbEndpoint=" + db.endpoint(),
                "--table=trips",
                "--output=" + out));
    arguments.addAll(List.of(more));
    if (arguments.stream().noneMatch(argument -> argument.startsWith("--segments"))) {
      arguments.add("--segments=6");
    }
    Printed printed = new Printed();
    ExportOptions options =
        OneWorker.options(ExportOptions.class, arguments.toArray(String[]::new));
    assertThat(ExportPipeline.run(options, printed.console()), is(ExitCode.OK));
    return printed;
  }

  /** Scans all, and fails when it writes, for the schema lacks an attribute. */
  private void fail(String... more) {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.add("--schema=" + folder.resolve("narrow.avsc"));
    assertThrows(JobException.class, () -> export(arguments.toArray(String[]::new)));
  }

  private List<Manifest> published() throws IOException {
    List<Manifest> manifests = new ArrayList<>();
    for (Snapshots.Snapshot snapshot : Snapshots.under(out.toString()).of("trips")) {
      manifests.add(snapshot.manifest());
    }
    return manifests;
  }

  private UnfinishedRuns unfinished() {
    return new UnfinishedRuns(new TableFolder(out.toString(), "trips"));
  }

  private List<Path> kept() throws IOException {
    Path staging = out.resolve("snapshots_trips/_staging");
    if (!Files.exists(staging)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(staging)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Test
  void theSecondStartScansNothingThatTheFirstHasKept() throws Exception {
    fail();
    double units = db.books().readUnits();
    Instant first = unfinished().read().orElseThrow().run().start();
    assertThat(published().isEmpty(), is(true));
    Printed printed = export("--report=" + folder.resolve("report.json"));
    assertThat(
        printed.errors(),
        hasItem(startsWith("sluice: going on with the export that began at " + first)));
    assertThat(db.books().readUnits(), is(units));
    Manifest manifest = published().get(0);
    assertThat(manifest.items(), is(2_000L));
    assertThat(manifest.readUnits(), is(units));
    assertThat(manifest.run(), startsWith(first.toString().substring(0, 10)));
    assertThat(manifest.scan().start().isAfter(first.minusSeconds(2)), is(true));
    assertThat(printed.out(), containsString("  read units             0  "));
    assertThat(
        printed.out(),
        containsString(
            "  taken over         2,000  of the items read: 6 pages, 251 read units, scanned before"));
    String report = Files.readString(folder.resolve("report.json"));
    assertThat(report, containsString("\"firstStart\" : \"" + first));
    assertThat(kept(), is(List.of()));
    assertThat(unfinished().read().isPresent(), is(false));
    // The next is another run, and scans.
    export("--snapshotTimestamp=2030-01-01T00:00:00Z");
    assertThat(db.books().readUnits(), is(2 * units));
  }

  @Test
  void otherOptionsOfTheScanAreRefused() throws Exception {
    String[] filtered = {"--filter=a = :a", "--expressionValues={\":a\": {\"S\": \"secret-1\"}}"};
    // Of another second than what follows.
    export(filtered[0], filtered[1], "--snapshotTimestamp=2020-01-01T00:00:00Z");
    fail();
    double units = db.books().readUnits();
    for (String[] other :
        new String[][] {{"--segments=5"}, {"--consistentRead"}, {"--projection=id"}, filtered}) {
      JobException refused = assertThrows(JobException.class, () -> export(other));
      assertThat(
          refused.getMessage(),
          containsString(
              "had another "
                  + (other == filtered ? "--expressionValues" : other[0].replaceFirst("=.*", ""))
                  + ": give it the same options, or --startOver to scan anew"));
    }
    assertThat(db.books().readUnits(), is(units));
    // Of the writing all may differ.
    export("--outputFormat=JSON", "--readRatio=0.5", "--keepSnapshots=1", "--segments=6");
    assertThat(db.books().readUnits(), is(units));
  }

  @Test
  void noFileHasTheValuesOfAnExpression() throws Exception {
    fail(
        "--filter=attribute_exists(id) and id <> :a",
        "--expressionValues={\":a\":{\"S\":\"secret\"}}");
    Path record = out.resolve("snapshots_trips/_staging/" + UnfinishedRuns.FILE);
    assertThat(Files.readString(record), not(containsString("secret")));
    assertThat(Files.readString(record), containsString("expressionValues"));
  }

  @Test
  void startingOverScansAnew() throws Exception {
    fail();
    double units = db.books().readUnits();
    fail("--startOver");
    assertThat(db.books().readUnits(), is(2 * units));
    export();
    assertThat(db.books().readUnits(), is(2 * units));
    assertThat(kept(), is(List.of()));
  }

  @Test
  void anotherTimeOfTheSnapshotIsAnotherRun() throws Exception {
    String time = "--snapshotTimestamp=2026-01-31T23:26:00Z";
    fail(time);
    double units = db.books().readUnits();
    assertThat(
        export("--snapshotTimestamp=2026-02-01T23:26:00Z").errors(),
        hasItem(containsString(ANEW + "it is for the snapshot 2026-01-31T23-26-00Z")));
    assertThat(db.books().readUnits(), is(2 * units));
    assertThat(kept(), is(List.of()));
  }

  @Test
  void withoutATimeAnExportOfYesterdayIsNotGoneOnWith() throws Exception {
    fail();
    double units = db.books().readUnits();
    Instant old = Instant.now().minus(Duration.ofHours(13));
    String run = unfinished().read().orElseThrow().run().id();
    age(old, run);
    assertThat(export().errors(), hasItem(containsString(ANEW + "it has not gone on since ")));
    assertThat(db.books().readUnits(), is(2 * units));
  }

  /** Makes all that a run has kept, and the run itself, as old as this. */
  private void age(Instant old, String run) throws IOException {
    Path record = out.resolve("snapshots_trips/_staging/" + UnfinishedRuns.FILE);
    String older = Run.startingAt(old).id();
    Files.writeString(record, Files.readString(record).replace(run, older));
    Path staging = record.resolveSibling(run);
    Files.move(staging, record.resolveSibling(older));
    for (Path file : kept()) {
      Files.setLastModifiedTime(file, FileTime.from(old));
    }
  }

  @Test
  void anotherExportSparesAnUnfinishedOneForAWeek() throws Exception {
    fail();
    double units = db.books().readUnits();
    List<Path> before = kept();
    assertThat(plain().out(), not(containsString("stays")));
    assertThat(kept(), is(before));
    assertThat(db.books().readUnits(), is(2 * units));
    String run = unfinished().read().orElseThrow().run().id();
    age(Instant.now().minus(Duration.ofDays(8)), run);
    plain("--snapshotTimestamp=2030-01-01T00:00:00Z");
    assertThat(kept(), is(List.of()));
  }

  @Test
  void aDamagedRecordIsNamed() throws Exception {
    fail();
    Path record = out.resolve("snapshots_trips/_staging/" + UnfinishedRuns.FILE);
    for (String wrong : List.of("", "{", "{}", Files.readString(record).replace("2", "x"))) {
      Files.writeString(record, wrong);
      JobException refused = assertThrows(JobException.class, this::export);
      assertThat(refused.getMessage(), containsString("_unfinished.json cannot be read: "));
      assertThat(refused.getMessage(), containsString("; --startOver scans anew"));
    }
    export("--startOver");
    assertThat(published().get(0).items(), is(2_000L));
  }

  @Test
  void aDamagedFileOfPagesIsNamed() throws Exception {
    fail();
    Path file =
        kept().stream().filter(f -> f.toString().endsWith(".pages")).findFirst().orElseThrow();
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    JobException refused = assertThrows(JobException.class, this::export);
    assertThat(refused.getMessage(), containsString(file + " has pages that were scanned before"));
    export("--startOver");
    assertThat(published().get(0).items(), is(2_000L));
  }

  @Test
  void ofATableThatWasCreatedAgainNothingIsTakenOver() throws Exception {
    fail();
    ExportOptions options =
        OneWorker.options(
            ExportOptions.class, "--local", "--dynamodbEndpoint=" + db.endpoint(), "--table=trips");
    Aws.configure(options);
    try (DynamoDbClient client = Aws.dynamodbClient(options)) {
      client.deleteTable(delete -> delete.tableName("trips"));
      client.waiter().waitUntilTableNotExists(wait -> wait.tableName("trips"));
      NewTable.of("trips", "id:S").createIn(client);
      client.waiter().waitUntilTableExists(wait -> wait.tableName("trips"));
      client.putItem(put -> put.tableName("trips").item(Map.of("id", AttributeValue.fromS("new"))));
    }
    assertThat(
        export().errors(), hasItem(containsString(ANEW + "the table is another one by now")));
    assertThat(published().get(0).items(), is(1L));
    assertThat(kept(), is(List.of()));
  }
}
