/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.capacity.Budget;
import io.sluice.capacity.OnDemandUnits;
import io.sluice.dynamodb.table.TableInfo;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.pipelines.OneWorker;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.pipelines.job.Aws;
import io.sluice.testing.Postgres;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.TableSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An import that deletes what its input does not have any more. */
@Timeout(120)
class PruneTest {
  private static final int ROWS = 400;
  private static final KeySchema KEY = KeySchema.of(KeyAttribute.parse("id:S"));

  @TempDir Path folder;

  private final EmbeddedDynamoDb db =
      EmbeddedDynamoDb.start(
          EndpointSettings.of(TableSettings.of("trips", "id:S").withWarm(200_000, 100_000)));
  private final Printed printed = new Printed();
  private final Set<String> ids = new TreeSet<>();

  @BeforeEach
  void loadTheTable() throws IOException {
    for (int i = 0; i < ROWS; i++) {
      ids.add((i % 2 == 0 ? "even-" : "odd-") + i);
    }
    assertThat(run(), is(ExitCode.OK));
    // One of a hundred is gone from the input.
    ids.removeAll(gone());
  }

  private static List<String> gone() {
    return List.of("even-0", "even-200", "odd-101", "odd-301");
  }

  @AfterEach
  void close() {
    db.close();
  }

  private ImportOptions options(String... more) throws IOException {
    List<String> lines = new ArrayList<>(List.of("id,fare"));
    ids.forEach(id -> lines.add(id + ",12.50"));
    Path file = Files.write(folder.resolve("trips.csv"), lines);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--runner=DirectRunner",
                "--input=" + file,
                "--columns=id:S,fare:N",
                "--report=" + folder.resolve("report.json")));
    arguments.addAll(List.of(more));
    return onTable(arguments);
  }

  private ImportOptions onTable(List<String> arguments) {
    ImportOptions options =
        OneWorker.options(ImportOptions.class, arguments.toArray(String[]::new));
    options.setLocal(true);
    options.setDynamodbEndpoint(db.endpoint().toString());
    options.setTable("trips");
    return options;
  }

  private int run(String... more) throws IOException {
    return ImportPipeline.run(options(more), printed.console());
  }

  private JsonNode report() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("report.json").toFile());
  }

  private long count(String name) throws IOException {
    return report().at("/counts/" + name).asLong();
  }

  private Set<String> tableIds() {
    return db.items().stream()
        .map(item -> item.get("id").s())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void whatTheInputHasNoMoreIsDeleted() throws IOException {
    assertThat(run("--write=CHANGED", "--prune"), is(ExitCode.OK));
    assertThat(tableIds(), is(ids));
    assertThat(count("surplus"), is(4L));
    assertThat(count("pruned"), is(4L));
    assertThat(count("retained"), is(0L));
    assertThat(count("written"), is(0L));
    assertThat(report().at("/comparison/scanned").asLong(), is((long) ROWS));
    assertThat(report().at("/comparison/surplus").asLong(), is(4L));
    assertThat(report().at("/addsUp").asBoolean(), is(true));
    assertThat(printed.lines(), hasItem(matchesPattern(" +pruned +4  of them deleted")));
  }

  @Test
  void moreThanTheBoundIsNotDeleted() throws IOException {
    ids.add("new");
    ids.remove("odd-1");
    Set<String> all = new TreeSet<>(ids);
    all.addAll(gone());
    all.add("odd-1");
    assertThat(run("--write=CHANGED", "--prune"), is(ExitCode.REJECTIONS));
    assertThat(
        printed.errors(),
        hasItem(
            "sluice: 5 items that only the table has are more than --maxPrune=1% allows: none was deleted"));
    assertThat("what is new is written", tableIds(), is(all));
    assertThat(count("spared"), is(5L));
    assertThat(db.books().requests("DeleteItem"), is(0L));
    assertThat(run("--write=CHANGED", "--prune", "--maxPrune=5"), is(ExitCode.OK));
    assertThat(tableIds(), is(ids));
  }

  @Test
  void anInputWithRejectionsIsNotComplete() throws IOException {
    ids.add("x".repeat(3000));
    int code =
        run("--write=CHANGED", "--prune", "--maxRejects=1", "--rejects=" + folder.resolve("r"));
    assertThat(code, is(ExitCode.REJECTIONS));
    assertThat(
        printed.errors(),
        hasItem(
            "sluice: 4 items that only the table has were not deleted: with 1 rejected records the input is"
                + " not complete"));
    assertThat(tableIds().size(), is(ROWS));
  }

  @Test
  void theInputStaysWhenTheTableWasNotPruned() throws IOException {
    ids.remove("odd-1");
    int code = run("--write=CHANGED", "--prune", "--onSuccess=DELETE");
    assertThat(code, is(ExitCode.REJECTIONS));
    assertThat(Files.exists(folder.resolve("trips.csv")), is(true));
    code = run("--write=CHANGED", "--prune", "--maxPrune=5", "--onSuccess=DELETE");
    assertThat(code, is(ExitCode.OK));
    assertThat(Files.exists(folder.resolve("trips.csv")), is(false));
  }

  @Test
  void anItemOfTooManyAttributesStays() throws IOException {
    Map<String, AttributeValue> wide = new HashMap<>(Map.of("id", AttributeValue.fromS("wide")));
    for (int i = 0; i <= 140; i++) {
      wide.put("a" + i, AttributeValue.fromN("1"));
    }
    ImportOptions options = options();
    Aws.configure(options);
    try (DynamoDbClient client = Aws.dynamodbClient(options)) {
      client.putItem(put -> put.tableName("trips").item(wide));
    }
    assertThat(run("--write=CHANGED", "--prune", "--maxPrune=5"), is(ExitCode.OK));
    assertThat(tableIds(), hasItem("wide"));
    assertThat(count("pruned"), is(4L));
    assertThat(count("retained"), is(1L));
    assertThat(
        printed.lines(),
        hasItem(matchesPattern(" +retained +1  .*, or of too many attributes to compare")));
  }

  @Test
  void aVersionOfTheKeyIsRefused() {
    JobException e =
        assertThrows(
            JobException.class, () -> run("--write=CHANGED", "--prune", "--versionAttribute=id"));
    assertThat(e.getMessage(), is("--versionAttribute: 'id' is an attribute of the key"));
  }

  @Test
  void aDryRunHasTheFirstKeys() throws IOException {
    assertThat(run("--write=CHANGED", "--prune", "--dryRun"), is(ExitCode.OK));
    assertThat(count("prunable"), is(4L));
    List<String> keys = new ArrayList<>();
    report().at("/surplus/firstKeys").forEach(key -> keys.add(key.asText()));
    assertThat(
        keys,
        contains(
            "{\"id\":{\"S\":\"even-0\"}}",
            "{\"id\":{\"S\":\"even-200\"}}",
            "{\"id\":{\"S\":\"odd-101\"}}",
            "{\"id\":{\"S\":\"odd-301\"}}"));
    assertThat(tableIds().size(), is(ROWS));
  }

  @Test
  void aScopeLeavesItemsOfOthersAlone() throws IOException {
    ids.removeIf(id -> id.startsWith("even-"));
    assertThat(run("--write=CHANGED", "--prune", "--pruneScope=odd-"), is(ExitCode.OK));
    assertThat(count("pruned"), is(2L));
    assertThat(tableIds().size(), is(ROWS - 2));
  }

  @Test
  void anEmptyInputDeletesNothing() throws IOException {
    ids.clear();
    assertThat(run("--write=CHANGED", "--prune"), is(ExitCode.REJECTIONS));
    assertThat(tableIds().size(), is(ROWS));
  }

  @Test
  void aTableFollowsADatabase() throws SQLException {
    Postgres postgres = Postgres.database();
    postgres.execute(
        "CREATE TABLE trips AS SELECT 'odd-' || n AS id, n FROM generate_series(1, 9) n");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--runner=DirectRunner",
                "--source=JDBC",
                "--jdbcUrl=" + postgres.url() + "?password=hunter2",
                "--jdbcUser=postgres",
                "--jdbcTable=trips",
                "--write=CHANGED",
                "--prune",
                "--maxPrune=100%"));
    assertThat(ImportPipeline.run(onTable(arguments), printed.console()), is(ExitCode.OK));
    assertThat(tableIds().size(), is(9));
  }

  @Test
  void writesAndDeletesDivideTheBudget() throws IOException {
    ImportPlan both = ImportPlan.of(options("--write=CHANGED", "--prune", "--writeRatio=0.8"));
    Budget half = both.budget().budget().dividedBy(2);
    assertThat(half.allowed(100), is(40.0));
    TableInfo table = TableInfo.toBe("t", KEY, null, OnDemandUnits.NONE);
    assertThat("of the puts", both.writeBudget(existing(table)), is(half));
    assertThat("nothing to prune", both.writeBudget(table), is(both.budget().budget()));
    assertThat("of the deletes", both.comparison().writeBudget(), is(half));
    ImportPlan one = ImportPlan.of(options("--write=CHANGED", "--writeRatio=0.8"));
    assertThat(one.writeBudget(existing(table)), is(one.budget().budget()));
  }

  private static TableInfo existing(TableInfo table) {
    return new TableInfo(table.name(), null, table.keySchema(), List.of(), table.capacity(), 0, 0);
  }

  @Test
  void optionsThatDoNotGoTogetherAreRefused() {
    assertThat(
        problems("--prune", "--terminateAfter=1h", "--maxPrune=all", "--pruneScope="),
        containsInAnyOrder(
            startsWith("--maxPrune: 'all' must be a number such as 500, or a share such as 1%"),
            startsWith("--prune goes with --write=CHANGED"),
            startsWith("--prune does not go with --terminateAfter"),
            startsWith("--pruneScope is empty")));
    assertThat(
        problems("--maxPrune=5", "--pruneScope=a", "--versionAttribute=v"),
        containsInAnyOrder(
            "--maxPrune goes with --prune",
            "--pruneScope goes with --prune",
            "--versionAttribute goes with --prune"));
  }

  private List<String> problems(String... more) {
    return assertThrows(UsageException.class, () -> ImportPlan.of(options(more))).problems();
  }
}
