/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.pipelines.OneWorker;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.verify.VerifyOptions;
import io.sluice.pipelines.verify.VerifyPipeline;
import io.sluice.testing.Postgres;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.TableSettings;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An import from a real PostgreSQL. */
@Timeout(120)
class JdbcImportTest {
  @TempDir Path folder;

  private final Postgres postgres = Postgres.database();
  private final EmbeddedDynamoDb db =
      EmbeddedDynamoDb.start(EndpointSettings.of(TableSettings.of("trips", "id:N")));
  private final Printed printed = new Printed();

  @BeforeEach
  void createTable() throws SQLException {
    postgres.execute(
        "CREATE TABLE trips (id int, zone text, fare numeric(9, 2))",
        "INSERT INTO trips SELECT n, CASE WHEN n % 10 = 0 THEN NULL ELSE 'zone ' || n % 7 END, n / 4.0"
            + " FROM generate_series(1, 2000) AS n");
  }

  @AfterEach
  void close() {
    db.close();
  }

  private ImportOptions options(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--runner=DirectRunner",
                "--source=JDBC",
                "--jdbcUrl=" + postgres.url() + "?password=hunter2",
                "--jdbcUser=postgres",
                "--report=" + folder.resolve("report.json")));
    arguments.addAll(List.of(more));
    ImportOptions options =
        OneWorker.options(ImportOptions.class, arguments.toArray(String[]::new));
    options.setLocal(true);
    options.setDynamodbEndpoint(db.endpoint().toString());
    options.setTable("trips");
    return options;
  }

  private int run(String... more) {
    return ImportPipeline.run(options(more), printed.console());
  }

  private JsonNode report() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("report.json").toFile());
  }

  private static Map<String, AttributeValue> trip(int n) {
    Map<String, AttributeValue> trip = new HashMap<>();
    trip.put("id", fromN(Integer.toString(n)));
    trip.put("fare", fromN(new BigDecimal(n).divide(BigDecimal.valueOf(4)).toString()));
    if (n % 10 != 0) {
      trip.put("zone", fromS("zone " + n % 7));
    }
    return trip;
  }

  private void assertAllWritten() {
    Map<String, Map<String, AttributeValue>> found = new HashMap<>();
    db.items().forEach(item -> found.put(item.get("id").n(), item));
    Map<String, Map<String, AttributeValue>> expected = new HashMap<>();
    for (int n = 1; n <= 2000; n++) {
      expected.put(Integer.toString(n), trip(n));
    }
    assertThat(found, is(expected));
  }

  @Test
  void writesATableInSlices() throws IOException {
    int code = run("--jdbcTable=trips", "--partitionColumn=zone", "--partitions=5");
    assertThat(printed.errors(), is(empty()));
    assertThat(code, is(ExitCode.OK));
    assertAllWritten();
    assertThat(report().at("/counts/read").asLong(), is(2000L));
    assertThat(report().at("/counts/written").asLong(), is(2000L));
    assertThat(report().at("/addsUp").asBoolean(), is(true));
    assertThat(report().at("/job/input").asText(), is(postgres.url() + " trips"));
    assertThat(report().at("/job/format").asText(), is("JDBC"));
    assertThat(report().at("/job/consistency").asText(), is("one snapshot of the database"));
    assertThat(printed.lines(), hasItem(postgres.url() + " trips -> trips"));
    assertThat(printed.lines(), hasItem("  consistent  one snapshot of the database"));
  }

  @Test
  void writesAQueryByOneStatement() {
    assertThat(run("--jdbcQuery=SELECT * FROM trips ORDER BY fare DESC;"), is(ExitCode.OK));
    assertAllWritten();
  }

  @Test
  void verifiesWhatItWrote() throws SQLException {
    assertThat(run("--jdbcTable=trips"), is(ExitCode.OK));
    VerifyOptions options =
        options("--jdbcTable=trips", "--partitionColumn=id").as(VerifyOptions.class);
    assertThat(VerifyPipeline.run(options, Printed.unread()), is(ExitCode.OK));
    postgres.execute("UPDATE trips SET fare = 1 WHERE id = 7");
    assertThat(VerifyPipeline.run(options, printed.console()), is(ExitCode.DIFFERENT));
    assertThat(printed.errors(), contains("sluice: the table differs from the input in 1 items"));
  }

  @Test
  void aDryRunWritesNothing() {
    assertThat(run("--jdbcTable=trips", "--dryRun"), is(ExitCode.OK));
    assertThat(db.items(), is(empty()));
    assertThat(printed.out(), containsString("writable           2,000"));
  }

  @Test
  void rejectionsAreCountedAndKeptAndMayBeReplayed() throws IOException, SQLException {
    postgres.execute(
        "ALTER TABLE trips ALTER fare TYPE float8",
        "UPDATE trips SET fare = 'NaN' WHERE id IN (5, 6)",
        "INSERT INTO trips VALUES (7, 'other', 0), (8, 'zone 1', 2)");
    Path rejects = folder.resolve("rejects");
    int code = run("--jdbcTable=trips", "--rejects=" + rejects, "--maxRejects=3");
    assertThat(code, is(ExitCode.OK));
    assertThat(report().at("/counts/duplicates").asLong(), is(1L));
    assertThat(report().at("/rejections/NOT_OF_TYPE").asLong(), is(2L));
    assertThat(report().at("/rejections/DUPLICATE_KEY").asLong(), is(1L));
    assertThat(report().at("/counts/written").asLong(), is(1998L));
    String kept;
    try (Stream<Path> files = Files.walk(rejects)) {
      StringBuilder all = new StringBuilder();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file, UTF_8));
      }
      kept = all.toString();
    }
    assertThat(kept, containsString("attribute 'fare': NaN, which DynamoDB has no number for"));
    assertThat(kept, containsString(postgres.url() + " trips, slice 1"));
    assertThat(run("--jdbcTable=trips"), is(ExitCode.REJECTIONS));
    assertThat(
        printed.errors().get(printed.errors().size() - 1),
        startsWith("sluice: 3 rejected, --maxRejects=0 allows fewer: nothing was written"));
  }

  @Test
  void makesKeysOfColumnsAndTakesTheLatest() throws SQLException {
    postgres.execute(
        "CREATE TABLE versions AS SELECT n % 10 AS key, n AS version FROM generate_series(1, 100) AS n");
    assertThat(
        run(
            "--jdbcQuery=SELECT key AS id, version FROM versions", "--dedupe=LATEST",
            "--orderBy=version", "--partitionColumn=version"),
        is(ExitCode.OK));
    assertThat(db.items().size(), is(10));
    assertThat(
        db.items().stream()
            .mapToInt(item -> Integer.parseInt(item.get("version").n()))
            .min()
            .getAsInt(),
        is(91));
  }

  @Test
  void saysThatOtherDatabasesGiveNoSnapshot() throws IOException, SQLException {
    String url = "jdbc:duckdb:" + folder.resolve("test.db");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t AS SELECT n AS id FROM range(1, 101) r(n)");
    }
    ImportOptions options = options("--jdbcTable=t", "--partitionColumn=id", "--partitions=2");
    options.setJdbcUrl(url);
    options.setJdbcUser(null);
    assertThat(ImportPipeline.run(options, printed.console()), is(ExitCode.OK));
    String told =
        "not one snapshot: each of the 3 statements sees what is committed when it begins";
    assertThat(printed.errors(), contains("sluice: the input is " + told));
    assertThat(printed.lines(), hasItem("  consistent  " + told));
    assertThat(report().at("/job/consistency").asText(), is(told));
    assertThat(db.items().size(), is(100));
  }

  @Test
  void thePasswordMayBeInAFile() throws IOException, SQLException {
    postgres.createReader("reader", "s3cret");
    Path secret = Files.writeString(folder.resolve("secret"), "s3cret\n");
    ImportOptions options = options("--jdbcTable=trips", "--jdbcPasswordFile=" + secret);
    options.setJdbcUrl(postgres.url());
    options.setJdbcUser("reader");
    assertThat(ImportPipeline.run(options, printed.console()), is(ExitCode.OK));
    assertAllWritten();
  }

  @Test
  void thePasswordIsInNoOptionThatTravels() throws IOException {
    ImportOptions options = options("--jdbcTable=trips");
    String json =
        new ObjectMapper()
            .registerModules(ObjectMapper.findModules(getClass().getClassLoader()))
            .writeValueAsString(options);
    assertThat(json, containsString("jdbcTable"));
    assertThat(json, not(containsString("hunter2")));
    assertThat(json, not(containsString("jdbcUrl")));
    assertThat(DisplayData.from(options).toString(), not(containsString("hunter2")));
  }
}
