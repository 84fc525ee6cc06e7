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
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.testing.dynamodb.Books;
import io.sluice.testing.dynamodb.DynamoDbProcess;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.TableSettings;
import io.sluice.testing.dynamodb.Throughput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How fast, until when and at what price: what an import says of it, and that it keeps to it. */
class BudgetIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ITEMS = 6_000;

  private static DynamoDbProcess provisioned;
  private static DynamoDbProcess onDemand;
  @TempDir Path folder;
  private Path input;

  @BeforeAll
  static void start() {
    provisioned = start(TableSettings.of("hourly", "id:S").withProvisioned(10_000, 5));
    onDemand = start(TableSettings.of("on_demand", "id:S"));
  }

  private static DynamoDbProcess start(TableSettings table) {
    return DynamoDbProcess.start(EndpointSettings.of(table));
  }

  @AfterAll
  static void stop() {
    provisioned.close();
    onDemand.close();
  }

  @BeforeEach
  void prepare() throws IOException {
    provisioned.reset();
    onDemand.reset();
    input = folder.resolve("ids.csv");
    writeInput(ITEMS);
  }

  private void writeInput(int items) throws IOException {
    List<String> lines = new ArrayList<>(List.of("id"));
    IntStream.range(0, items).mapToObj(i -> "id-" + i).forEach(lines::add);
    Files.write(input, lines);
  }

  @Test
  void aDeadlineThatIsMissedIsToldBeforeTheFirstWrite() {
    Throughput unlimited = provisioned.settings().throughput();
    // Nothing is taken until the program has told.
    provisioned.change(provisioned.settings().withThroughput(unlimited.withWrite(0)));
    Program program = importHourly("--deadline=1s");
    program.await(() -> program.output().contains("aws dynamodb"));
    assertThat(program.isRunning(), is(true));
    assertThat(provisioned.books().itemsAccepted(), is(0L));
    provisioned.change(provisioned.settings().withThroughput(unlimited));
    program.mustExitWith(0);

    assertThat(
        program.output(),
        allOf(
            containsString("6,000 items take 6,000 write units; in 1 s that is 6,000 a second."),
            containsString(
                "The job may use 5,000 of 10,000 a second (provisioned; ratio 0.5): not enough,"
                    + " 2,000 units a second are missing."),
            containsString("With what the job may use it takes 2 s."),
            containsString("Raising the capacity for 1 h costs $1.30 (us-east-1 price of "),
            containsString(
                "aws dynamodb update-table --table-name hourly --provisioned-throughput"
                    + " ReadCapacityUnits=5,WriteCapacityUnits=12000")));
    assertThat(provisioned.books().itemsStored(), is((long) ITEMS));
  }

  @Test
  void aDeadlineThatIsKeptIsToldToo() {
    Program program = importHourly("--deadline=1m", "--writeRatio=0.1").mustExitWith(0);
    assertThat(
        program.output(),
        allOf(
            containsString("6,000 items take 6,000 write units; in 1 min that is 100 a second."),
            containsString(
                "The job may use 1,000 of 10,000 a second (provisioned; ratio 0.1): enough."),
            containsString("With what the job may use it takes 6 s."),
            not(containsString("aws dynamodb"))));
    assertThat(program.errors(), not(containsString("sluice: ")));
    assertThat(provisioned.books().itemsStored(), is((long) ITEMS));
  }

  @Test
  void aDryRunReckonsWithThePricesThatAreGiven() {
    Program hourly =
        importHourly("--dryRun", "--deadline=1s", "--writeUnitHourPrice=0.01").mustExitWith(0);
    assertThat(
        hourly.output(),
        allOf(
            containsString("writable"),
            containsString("With what the job may use it takes 2 s."),
            containsString("Raising the capacity for 1 h costs $20.00 (price as given)")));
    Program asked =
        run(
                onDemand,
                "--table=on_demand",
                "--dryRun",
                "--onDemandWriteUnits=1000",
                "--writeRatio=0.2",
                "--millionWritesPrice=50")
            .mustExitWith(0);
    assertThat(
        asked.output(),
        allOf(
            containsString("6,000 items take 6,000 write units."),
            containsString(
                "The job may use 200 of 1,000 a second (as the option says; ratio 0.2)."),
            containsString("With what the job may use it takes 30 s."),
            containsString("The writes cost $0.30 (price as given).")));
    assertThat(provisioned.books().requests("BatchWriteItem"), is(0L));
    assertThat(onDemand.books().requests("BatchWriteItem"), is(0L));
  }

  @Test
  void aTableThatIsNotThereIsReckonedWithAsItWouldBe() {
    Program program =
        run(
                provisioned,
                "--table=to_be",
                "--dryRun",
                "--createTable=5,60",
                "--partitionKey=id:S",
                "--writeRatio=1")
            .mustExitWith(0);
    assertThat(
        program.output(),
        allOf(
            containsString("The job may use 60 of 60 a second (provisioned; ratio 1.0)."),
            containsString("With what the job may use it takes 1 min 40 s.")));
  }

  @Test
  void moreThanDynamoDbPromisesIsAWarning() {
    Program program = importHourly("--writeRatio=1.2").mustExitWith(0);
    assertThat(
        program.errors(),
        containsString(
            "sluice: --writeRatio=1.2 asks for more than DynamoDB promises of hourly: it may refuse"
                + " a part"));
    assertThat(provisioned.books().itemsStored(), is((long) ITEMS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct", "flink", "spark"})
  void whatIsLeftWhenTheTimeIsUpIsCountedAndWrittenByTheNextRun(String profile) throws IOException {
    writeInput(20_000);
    Path report = folder.resolve("report.json");
    List<String> command =
        List.of("--table=on_demand", "--onSuccess=DELETE", "--writeRatio=1", "--report=" + report);
    Program stopped =
        run(profile, onDemand, with(command, "--onDemandWriteUnits=200", "--terminateAfter=40s"))
            .mustExitWith(1);

    JsonNode counts = JSON.readTree(report.toFile()).get("counts");
    long written = counts.get("written").asLong();
    long left = counts.get("left").asLong();
    Books books = onDemand.books();
    assertThat(written, is(books.itemsStored()));
    assertThat(books.itemsAccepted(), is(books.itemsStored()));
    assertThat(written, greaterThan(0L));
    assertThat(left, greaterThan(0L));
    assertThat(counts.get("read").asLong(), is(20_000L));
    assertThat(written + left, is(20_000L));
    assertThat(
        stopped.errors(),
        containsString(
            String.format(
                Locale.ROOT,
                "sluice: stopped by --terminateAfter: %,d items are written and %,d are left; the"
                    + " same command writes all of them",
                written,
                left)));
    assertThat(stopped.output(), containsString("not written, since the time was up"));
    assertThat(Files.exists(input), is(true));

    run(profile, onDemand, command).mustExitWith(0);
    assertThat(onDemand.books().itemsStored(), is(20_000L));
    assertThat(Files.exists(input), is(false));
  }

  private Program importHourly(String... more) {
    return run("direct", provisioned, with(List.of("--table=hourly"), more));
  }

  private Program run(DynamoDbProcess endpoint, String... arguments) {
    return run("direct", endpoint, List.of(arguments));
  }

  private Program run(String profile, DynamoDbProcess endpoint, List<String> arguments) {
    return Program.startJar(
        profile,
        with(
            arguments,
            "--pipeline=import",
            "--local",
            "--dynamodbEndpoint=" + endpoint.endpoint(),
            "--input=" + input));
  }

  private static List<String> with(List<String> arguments, String... more) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of(more));
    return all;
  }
}
