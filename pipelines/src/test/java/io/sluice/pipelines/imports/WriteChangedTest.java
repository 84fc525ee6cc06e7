/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.pipelines.OneWorker;
import io.sluice.pipelines.OwnJvm;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.pipelines.job.Aws;
import io.sluice.testing.FlakyProxy;
import io.sluice.testing.FlakyProxy.Held;
import io.sluice.testing.dynamodb.Books;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.TableSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An import that writes only what differs from the table. */
@Timeout(120)
class WriteChangedTest {
  private static final int ROWS = 2000;

  @TempDir Path folder;

  private final EmbeddedDynamoDb db =
      EmbeddedDynamoDb.start(
          EndpointSettings.of(TableSettings.of("trips", "id:S").withWarm(200_000, 100_000)));
  private final Printed printed = new Printed();
  private final Map<String, String> rows = new TreeMap<>();

  /** What it took to load the table. */
  private Books loaded;

  @BeforeEach
  void loadTheTable() throws IOException {
    for (int i = 0; i < ROWS; i++) {
      rows.put("trip-" + i, "12.50," + "x".repeat(150));
    }
    assertThat(run(), is(ExitCode.OK));
    loaded = db.books();
  }

  @AfterEach
  void close() {
    db.close();
  }

  private ImportOptions options(String... more) throws IOException {
    StringBuilder csv = new StringBuilder("id,fare,note\n");
    rows.forEach((id, rest) -> csv.append(id).append(',').append(rest).append('\n'));
    Path file = Files.writeString(folder.resolve("trips.csv"), csv);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--runner=DirectRunner",
                "--input=" + file,
                "--columns=id:S,fare:N,note:S",
                "--report=" + folder.resolve("report.json")));
    arguments.addAll(List.of(more));
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

  private void assertTheTableIsTheFile(Map<String, AttributeValue>... others) {
    List<Map<String, AttributeValue>> expected = new ArrayList<>(List.of(others));
    rows.forEach(
        (id, rest) -> {
          String[] cells = rest.split(",");
          Map<String, AttributeValue> item = new HashMap<>();
          item.put("id", fromS(id));
          item.put("fare", fromN(Double.valueOf(cells[0]).toString().replaceAll("\\.0$", "")));
          item.put("note", fromS(cells[1]));
          expected.add(item);
        });
    assertThat(db.items(), containsInAnyOrder(expected.toArray()));
  }

  /** One of a hundred rows changes, and two of a hundred are new. */
  private void changeRows() {
    for (int i = 0; i < ROWS; i += 100) {
      rows.put("trip-" + i, "13.75,changed");
      rows.put("new-" + i, "1,new");
      rows.put("newer-" + i, "2,newer");
    }
  }

  @Test
  void whatTheTableHasIsNotWritten() throws IOException {
    changeRows();
    int code = run("--write=CHANGED", "--millionWritesPrice=1000000");
    assertThat(printed.errors(), is(empty()));
    assertThat(code, is(ExitCode.OK));
    assertTheTableIsTheFile();
    assertThat(count("read"), is(ROWS + 40L));
    assertThat(count("written"), is(60L));
    assertThat(count("unchanged"), is(ROWS - 20L));
    assertThat(report().at("/addsUp").asBoolean(), is(true));
    JsonNode comparison = report().at("/comparison");
    assertThat(comparison.get("by").asText(), is("SCAN"));
    assertThat(comparison.get("compared").asLong(), is(ROWS + 40L));
    assertThat(comparison.get("added").asLong(), is(40L));
    assertThat(comparison.get("changed").asLong(), is(20L));
    assertThat(comparison.get("unchanged").asLong(), is(ROWS - 20L));
    assertThat(comparison.get("savedWriteUnits").asLong(), is(ROWS - 20L));
    double readUnits = comparison.get("readUnits").asDouble();
    assertThat("by the books", db.books().readUnits(), closeTo(readUnits, 0.01));
    assertThat(comparison.get("savedDollars").asDouble(), closeTo(ROWS - 20L, 0.1));
    assertThat(db.books().writeUnits() - loaded.writeUnits(), is(60.0));
    // Reads cost a fifth of writes.
    assertThat(60 + readUnits / 5, lessThan(0.06 * (ROWS + 40)));
    assertThat(printed.lines(), hasItem(matchesPattern(" +unchanged +1,980  not written.*")));
  }

  @Test
  void anImportThatIsRepeatedWritesNothing() throws IOException {
    assertThat(run("--write=CHANGED"), is(ExitCode.OK));
    assertThat(count("written"), is(0L));
    assertThat(db.books().requests("BatchWriteItem"), is(loaded.requests("BatchWriteItem")));
    assertTheTableIsTheFile();
  }

  @Test
  void anImportThatIsKilledIsRepeated() throws Exception {
    for (int i = 0; i < ROWS; i += 2) {
      rows.put("trip-" + i, "13.75,changed");
    }
    options();
    try (FlakyProxy proxy = new FlakyProxy(db.endpoint())) {
      Held request = proxy.hold(Pattern.compile("BatchWriteItem"), 20);
      Process process =
          OwnJvm.start(
              KilledImportTest.Killed.class,
              folder.resolve("output"),
              List.of(
                  "--local",
                  "--dynamodbEndpoint=" + proxy.endpoint(),
                  "--table=trips",
                  "--input=" + folder.resolve("trips.csv"),
                  "--columns=id:S,fare:N,note:S",
                  "--write=CHANGED"));
      while (process.isAlive() && !request.isThere()) {
        Thread.onSpinWait();
      }
      process.destroyForcibly().waitFor();
      request.drop();
    }
    while (db.books().requestsNow() > 0) {
      Thread.onSpinWait();
    }
    long before = db.books().itemsAccepted() - loaded.itemsAccepted();
    assertThat(
        Files.readString(folder.resolve("output")),
        before,
        is(both(greaterThan(0L)).and(lessThan(ROWS / 2L))));
    assertThat(run("--write=CHANGED"), is(ExitCode.OK));
    assertTheTableIsTheFile();
    assertThat(count("written"), is(ROWS / 2 - before));
    assertThat(count("unchanged"), is(ROWS / 2 + before));
  }

  @Test
  void aFewRowsAreComparedByTheirKeys() throws IOException {
    rows.clear();
    rows.put("trip-1", "12.50," + "x".repeat(150));
    rows.put("trip-2", "99,changed");
    assertThat(run("--write=CHANGED", "--consistentRead"), is(ExitCode.OK));
    assertThat(count("written"), is(1L));
    assertThat(report().at("/comparison/by").asText(), is("KEYS"));
    assertThat(db.books().requests("Scan"), is(0L));
    assertThat("consistent", db.books().readUnits(), is(2.0));
  }

  @Test
  void aDryRunCountsWhatWouldBeWritten() throws IOException {
    changeRows();
    assertThat(run("--write=CHANGED", "--dryRun"), is(ExitCode.OK));
    assertThat(count("writable"), is(60L));
    assertThat(count("unchanged"), is(ROWS - 20L));
    assertThat(report().at("/survey/items").asLong(), is(60L));
    assertThat(db.books().requests("BatchWriteItem"), is(loaded.requests("BatchWriteItem")));
  }

  @Test
  void whatAnotherWritesMeanwhileIsTheirsOrTheFiles() throws Exception {
    changeRows();
    Map<String, AttributeValue> theirs =
        Map.of("id", fromS("trip-100"), "fare", fromN("7"), "note", fromS("theirs"));
    Map<String, AttributeValue> onlyTheirs = Map.of("id", fromS("other"), "n", fromN("1"));
    AtomicBoolean done = new AtomicBoolean();
    // Made here, for the options of a client write the file again, which the import reads.
    DynamoDbClient theirClient = client();
    Thread writer =
        new Thread(
            () -> {
              try (DynamoDbClient client = theirClient) {
                while (!done.get()) {
                  client.putItem(put -> put.tableName("trips").item(theirs));
                  client.putItem(put -> put.tableName("trips").item(onlyTheirs));
                  Thread.sleep(5);
                }
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    writer.start();
    try {
      assertThat(run("--write=CHANGED"), is(ExitCode.OK));
    } finally {
      done.set(true);
      writer.join();
    }
    assertThat(count("written") + count("unchanged"), is(ROWS + 40L));
    // The writer came last, and a run without it makes the table that of the file again.
    assertThat(run("--write=CHANGED"), is(ExitCode.OK));
    assertThat(count("written"), is(1L));
    assertTheTableIsTheFile(onlyTheirs);
  }

  private DynamoDbClient client() throws IOException {
    ImportOptions options = options();
    Aws.configure(options);
    return Aws.dynamodbClient(options);
  }

  @Test
  void aTableThatIsCreatedIsNotCompared() throws IOException {
    ImportOptions options =
        options("--write=CHANGED", "--createTable=ON_DEMAND", "--partitionKey=id:S");
    options.setTable("fresh");
    assertThat(ImportPipeline.run(options, printed.console()), is(ExitCode.OK));
    assertThat(count("written"), is((long) ROWS));
    assertThat(report().at("/comparison").isMissingNode(), is(true));
  }

  @Test
  void anEmptyTableIsNotReadByKeys() throws IOException {
    try (DynamoDbClient client = client()) {
      client.createTable(
          create ->
              create
                  .tableName("empty")
                  .billingMode("PAY_PER_REQUEST")
                  .attributeDefinitions(a -> a.attributeName("id").attributeType("S"))
                  .keySchema(k -> k.attributeName("id").keyType("HASH")));
    }
    ImportOptions options = options("--write=CHANGED");
    options.setTable("empty");
    assertThat(ImportPipeline.run(options, printed.console()), is(ExitCode.OK));
    assertThat(count("written"), is((long) ROWS));
    assertThat(db.books().requests("BatchGetItem"), is(0L));
    assertThat(db.books().requests("Scan"), greaterThan(0L));
  }

  @Test
  void optionsThatDoNotGoTogetherAreRefused() {
    assertThat(
        problems("--write=CHANGED", "--dedupe=NONE", "--changes=APPLY", "--deadline=1h"),
        containsInAnyOrder(
            startsWith("--write=CHANGED does not go with --dedupe=NONE: "),
            startsWith("--write=CHANGED does not go with --changes=APPLY: "),
            startsWith("--write=CHANGED does not go with --deadline: "),
            startsWith("--dedupe does not go with --changes=APPLY: ")));
    assertThat(
        problems("--consistentRead", "--readRatio=0.5", "--onDemandReadUnits=10"),
        containsInAnyOrder(
            "--consistentRead goes with --write=CHANGED",
            "--readRatio goes with --write=CHANGED, which reads the table",
            "--onDemandReadUnits goes with --write=CHANGED, which reads the table"));
  }

  private List<String> problems(String... more) {
    return assertThrows(UsageException.class, () -> ImportPlan.of(options(more))).problems();
  }
}
