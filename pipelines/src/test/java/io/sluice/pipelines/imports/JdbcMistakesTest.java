/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sluice.pipelines.OneWorker;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.testing.Postgres;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.TableSettings;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What users do wrong with a database, and the line that says so. */
@Timeout(120)
class JdbcMistakesTest {
  private static Postgres postgres;
  private static EmbeddedDynamoDb db;

  @BeforeAll
  static void start() throws IOException, SQLException {
    postgres = Postgres.database();
    postgres.execute(
        "CREATE TABLE trips (id int, fare numeric, doc json)",
        "INSERT INTO trips VALUES (1, 2.5, '{}'), (2, 3, '{}')",
        "DROP ROLE IF EXISTS guest",
        "CREATE ROLE guest LOGIN");
    postgres.createReader("guarded", "hunter2");
    db = EmbeddedDynamoDb.start(EndpointSettings.of(TableSettings.of("trips", "id:N")));
  }

  @AfterAll
  static void stop() {
    db.close();
  }

  /** The line, and the arguments; DB is the URL of a database with a table of trips. */
  static Stream<Arguments> options() {
    return Stream.of(
        arguments("--jdbcUrl is missing: give the database", "--jdbcTable=trips"),
        arguments(
            "--jdbcUrl must be the URL of a database, such as",
            "--jdbcUrl=host/shop --jdbcTable=t"),
        arguments(
            "--jdbcUrl: binaryTransfer, binaryTransferEnable and preferQueryMode are not",
            "--jdbcUrl=jdbc:postgresql://host/shop?binaryTransfer=true --jdbcTable=t"),
        arguments(
            "--jdbcUrl: binaryTransfer, binaryTransferEnable and preferQueryMode are not",
            "--jdbcUrl=jdbc:postgresql://host/shop?binaryTransfer=TRUE --jdbcTable=t"),
        arguments(
            "--jdbcUrl: binaryTransfer, binaryTransferEnable and preferQueryMode are not",
            "--jdbcUrl=jdbc:postgresql://host/shop?ssl=true&binaryTransfer=%74rue --jdbcTable=t"),
        arguments(
            "--jdbcUrl: binaryTransfer, binaryTransferEnable and preferQueryMode are not",
            "--jdbcUrl=jdbc:postgresql://host/shop?binaryTransferEnable=INT4 --jdbcTable=t"),
        arguments(
            "--jdbcUrl: binaryTransfer, binaryTransferEnable and preferQueryMode are not",
            "--jdbcUrl=jdbc:postgresql://host/shop?ssl=true&preferQueryMode=simple --jdbcTable=t"),
        arguments(
            "--jdbcUrl: a URL of PostgreSQL has no user before the host: give --jdbcUser, and",
            "--jdbcUrl=jdbc:postgresql://u:hunter2@host:5432/shop --jdbcTable=t"),
        arguments(
            "--jdbcUrl: a URL of PostgreSQL has no user before the host: give --jdbcUser, and",
            "--jdbcUrl=jdbc:postgresql://u:hunt?er2@host/shop --jdbcTable=t"),
        arguments(
            "--jdbcUrl: a URL of PostgreSQL has no user before the host: give --jdbcUser, and",
            "--jdbcUrl=jdbc:postgresql://u:hunt=er2@host/shop --jdbcTable=t"),
        arguments("--jdbcTable or --jdbcQuery is missing: one of them", "--jdbcUrl=DB"),
        arguments(
            "--jdbcTable and --jdbcQuery do not go together",
            "--jdbcUrl=DB --jdbcTable=trips --jdbcQuery=SELECT_1"),
        arguments(
            "--jdbcTable: 'trips where true' is no name of a table",
            "--jdbcUrl=DB --jdbcTable=trips_where_true"),
        arguments("--jdbcQuery: the query is empty", "--jdbcUrl=DB --jdbcQuery=_"),
        arguments(
            "--partitions goes with --partitionColumn or --jdbcTable",
            "--jdbcUrl=DB --jdbcQuery=SELECT_1 --partitions=4"),
        arguments(
            "--partitions=0 must be 1 to 1000",
            "--jdbcUrl=DB --jdbcTable=trips --partitionColumn=id --partitions=0"),
        arguments(
            "--keyFrom=md5 does not go with --source=JDBC: a row has no bytes",
            "--jdbcUrl=DB --jdbcTable=trips --keyFrom=md5"),
        arguments(
            "--dedupe=LATEST needs --orderBy with --source=JDBC",
            "--jdbcUrl=DB --jdbcTable=trips --dedupe=LATEST"),
        arguments(
            "--input is for files, and --source=JDBC reads a database",
            "--jdbcUrl=DB --jdbcTable=trips --input=in.csv"),
        arguments("--format is for files", "--jdbcUrl=DB --jdbcTable=trips --format=CSV"),
        arguments(
            "--compression is for files", "--jdbcUrl=DB --jdbcTable=trips --compression=GZIP"),
        arguments("--csvDelimiter is for files", "--jdbcUrl=DB --jdbcTable=trips --csvDelimiter=|"),
        arguments(
            "--onSuccess=DELETE is for files", "--jdbcUrl=DB --jdbcTable=trips --onSuccess=DELETE"),
        arguments("--changes=APPLY is for files", "--jdbcUrl=DB --jdbcTable=trips --changes=APPLY"),
        arguments(
            "--jdbcPasswordFile: there is no file of that name that can be read",
            "--jdbcUrl=DB --jdbcTable=trips --jdbcPasswordFile=hunter2"),
        arguments(
            "--jdbcPasswordEnv: there is no environment variable of that name",
            "--jdbcUrl=DB --jdbcTable=trips --jdbcPasswordEnv=hunter2"));
  }

  private static ImportOptions options(String line) {
    String[] words = ("--source=JDBC " + line).split(" ");
    for (int i = 0; i < words.length; i++) {
      words[i] = words[i].replace('_', ' ');
      words[i] = words[i].replace("=DB", "=" + postgres.url());
    }
    ImportOptions options = OneWorker.options(ImportOptions.class, words);
    options.setLocal(true);
    options.setDynamodbEndpoint(db.endpoint().toString());
    options.setTable("trips");
    return options;
  }

  @ParameterizedTest
  @MethodSource("options")
  void ofOptionsAreOneLine(String line, String arguments) {
    UsageException e = assertThrows(UsageException.class, () -> ImportPlan.of(options(arguments)));
    assertThat(e.problems(), hasSize(1));
    assertThat(e.problems().get(0), startsWith(line));
    assertThat(e.problems().get(0), not(containsString("hunt")));
  }

  @ParameterizedTest
  @MethodSource("options")
  void ofOptionsAreFoundByTheSourceOfFiles(String line, String arguments) {
    ImportOptions options = options(arguments);
    boolean isOfDatabase = arguments.contains("--jdbc");
    options.setSource("FILES");
    options.setInput(List.of("in.csv"));
    if (isOfDatabase) {
      UsageException e = assertThrows(UsageException.class, () -> ImportPlan.of(options));
      assertThat(String.join("\n", e.problems()), containsString("goes with --source=JDBC"));
    }
  }

  static Stream<Arguments> databases() {
    return Stream.of(
        arguments(
            "there is no driver for jdbc:mysql://host/shop on the class path: give its jar by"
                + " --jdbcDriverJar",
            "--jdbcUrl=jdbc:mysql://u:hunter2@host/shop --jdbcTable=t"),
        arguments(
            "no driver in JAR takes jdbc:mysql://host/shop",
            "--jdbcUrl=jdbc:mysql://host/shop --jdbcTable=t --jdbcDriverJar=JAR"),
        arguments(
            "--jdbcDriverJar: no file /nowhere/driver.jar",
            "--jdbcUrl=DB --jdbcTable=t --jdbcDriverJar=/nowhere/driver.jar"),
        arguments(
            "jdbc:postgresql://localhost:1/shop cannot be reached: nobody answers there (connection"
                + " refused)",
            "--jdbcUrl=jdbc:postgresql://localhost:1/shop --jdbcTable=t"),
        arguments(
            "jdbc:postgresql://no-such-host.invalid/shop cannot be reached: no such host:"
                + " no-such-host.invalid",
            "--jdbcUrl=jdbc:postgresql://no-such-host.invalid/shop --jdbcTable=t"),
        arguments(
            "DB refuses the user or the password: check --jdbcUser and the password",
            "--jdbcUrl=DB --jdbcUser=nobody --jdbcTable=trips"),
        arguments(
            "DB refuses the user or the password: check --jdbcUser and the password",
            "--jdbcUrl=DB?password=hunter3 --jdbcUser=guarded --jdbcTable=trips"),
        arguments(
            "DB refuses the connection: The server requested SCRAM-based authentication, but no"
                + " password was provided",
            "--jdbcUrl=DB --jdbcUser=guarded --jdbcTable=trips"),
        arguments(
            "DB-none reports SQLSTATE 3D000: the URL names no database that is there",
            "--jdbcUrl=DB-none --jdbcTable=trips"),
        arguments(
            "DB reports: relation \"tripz\" does not exist (42P01)",
            "--jdbcUrl=DB --jdbcTable=tripz"),
        arguments(
            "DB reports: permission denied for table trips (42501)",
            "--jdbcUrl=DB --jdbcUser=guest --jdbcTable=trips"),
        arguments(
            "DB reports: column \"price\" does not exist (42703)",
            "--jdbcUrl=DB --jdbcQuery=SELECT_price_FROM_trips"),
        arguments(
            "DB reports: syntax error at or near \"1\" (42601)",
            "--jdbcUrl=DB --jdbcQuery=SELEC_1_FROM_trips"),
        arguments(
            "DB reports: syntax error at or near \";\" (42601)",
            "--jdbcUrl=DB --jdbcQuery=SELECT_1_AS_id;_SELECT_2_AS_id"),
        arguments(
            "DB (query) has no column 'id', of which the table's key is: it has fare, number; SELECT"
                + " its column AS \"id\" names one",
            "--jdbcUrl=DB --jdbcQuery=SELECT_fare,_id_AS_number_FROM_trips"),
        arguments(
            "DB (query) has no column 'id', of which the table's key is: it has ID; SELECT ID AS"
                + " \"id\" names one",
            "--jdbcUrl=DB --jdbcQuery=SELECT_id_AS_\"ID\"_FROM_trips"),
        arguments(
            "two columns of what is read are named 'id': give one another name by AS",
            "--jdbcUrl=DB --jdbcQuery=SELECT_a.id,_b.id_FROM_trips_a_CROSS_JOIN_trips_b"),
        arguments(
            "--partitionColumn=day is no column of what is read, which has id, fare, doc",
            "--jdbcUrl=DB --jdbcTable=trips --partitionColumn=day"),
        arguments(
            "the values of the column 'doc', of the type json, have no order: give another"
                + " --partitionColumn",
            "--jdbcUrl=DB --jdbcTable=trips --partitionColumn=doc"));
  }

  @ParameterizedTest
  @MethodSource("databases")
  void ofDatabasesAreOneLine(String line, String arguments) {
    String jar = DuckDBDriver.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    String user = arguments.contains("--jdbcUser") ? "" : " --jdbcUser=postgres";
    ImportOptions options = options(arguments + user);
    if (arguments.contains("=JAR")) {
      options.setJdbcDriverJar(List.of(jar));
    }
    JobException e =
        assertThrows(JobException.class, () -> ImportPipeline.run(options, Printed.unread()));
    assertThat(e.getMessage(), is(line.replace("DB", postgres.url()).replace("JAR", jar)));
    assertThat(e.getMessage(), not(containsString("hunter2")));
    assertThat(db.items(), hasSize(0));
  }
}
