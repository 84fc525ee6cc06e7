/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromB;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromBool;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNul;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.item.Reason;
import io.sluice.source.jdbc.value.JsonAs;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;

/** A database that is not PostgreSQL: DuckDB, by its own driver. */
class OtherDatabaseTest {
  @TempDir Path folder;
  private String url;

  @BeforeEach
  void nameDatabase() {
    url = "jdbc:duckdb:" + folder.resolve("test.db");
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private Rows read(RowQuery query) throws IOException {
    try (OpenRows open = OpenRows.open(Database.of(url, null, null, List.of()), query, true)) {
      return Rows.of(open.plan(), null);
    }
  }

  @Test
  void typesAreThoseOfJdbc() throws IOException, SQLException {
    execute("CREATE TABLE t (id int)");
    Rows rows =
        read(
            Rows.query(
                "SELECT 1::tinyint AS a, 9223372036854775807::bigint AS b, 1.50::decimal(9,2) AS c,"
                    + " 0.1::double AS d, true AS e, 'x' AS f, date '2024-01-31' AS g,"
                    + " timestamp '2024-01-31 12:00:00.25' AS h, 'ab'::blob AS i, [1, NULL] AS j,"
                    + " NULL::int AS k, timestamptz '2024-01-31 12:00:00+05:30' AS l, 1.1::float AS m"));
    assertThat(rows.rejections(), is(empty()));
    assertThat(
        new TreeMap<>(rows.items().get(0)),
        is(
            new TreeMap<>(
                Map.ofEntries(
                    Map.entry("a", fromN("1")),
                    Map.entry("b", fromN("9223372036854775807")),
                    Map.entry("c", fromN("1.5")),
                    Map.entry("d", fromN("0.1")),
                    Map.entry("e", fromBool(true)),
                    Map.entry("f", fromS("x")),
                    Map.entry("g", fromS("2024-01-31")),
                    Map.entry("h", fromS("2024-01-31T12:00:00.25")),
                    Map.entry("i", fromB(SdkBytes.fromUtf8String("ab"))),
                    Map.entry("j", fromL(List.of(fromN("1"), fromNul(true)))),
                    Map.entry("l", fromS("2024-01-31T06:30:00Z")),
                    Map.entry("m", fromN("1.1"))))));
  }

  @Test
  void numbersThatJdbcHasNoTypeForAreNumbers() throws IOException, SQLException {
    execute("CREATE TABLE t (id int)");
    String max = "170141183460469231731687303715884105727";
    Rows rows =
        read(
            Rows.query(
                "SELECT 12345678901234567890::hugeint AS a, 18446744073709551615::ubigint AS b,"
                    + " NULL::hugeint AS c, '{\"x\": 1}'::json AS d, interval 1 day AS e"));
    assertThat(
        rows.items(),
        is(
            List.of(
                Map.of(
                    "a",
                    fromN("12345678901234567890"),
                    "b",
                    fromN("18446744073709551615"),
                    "d",
                    fromS("{\"x\": 1}"),
                    "e",
                    fromS("1 day")))));
    Rows beyond = read(Rows.query("SELECT " + max + "::hugeint AS a"));
    assertThat(beyond.rejections().get(0).reason(), is(Reason.NUMBER_RANGE));
  }

  /** On that day New York had no half past two. */
  @Test
  void timesDoNotDependOnTheZoneOfThisProgram() throws IOException, SQLException {
    execute("CREATE TABLE t (id int)");
    TimeZone before = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
      Rows rows =
          read(
              Rows.query(
                  "SELECT timestamp '2024-03-10 02:30:00.123456' AS a, date '0044-03-15 (BC)' AS b,"
                      + " timestamptz '2024-03-10 02:30:00+00' AS c,"
                      + " timestamp_ns '2024-03-10 02:30:00.000000001' AS d"));
      assertThat(
          rows.items(),
          is(
              List.of(
                  Map.of(
                      "a", fromS("2024-03-10T02:30:00.123456"),
                      "b", fromS("-0043-03-15"),
                      "c", fromS("2024-03-10T02:30:00Z"),
                      "d", fromS("2024-03-10T02:30:00.000000001")))));
    } finally {
      TimeZone.setDefault(before);
    }
  }

  /** Workers may have other zones than the program that finds the bounds. */
  @Test
  void boundsDoNotDependOnTheZonesOfPrograms() throws IOException, SQLException {
    execute(
        "CREATE TABLE t AS SELECT n, timestamp '2024-03-10 00:00:00' + to_minutes(n * 10) AS time"
            + " FROM range(1, 51) r(n)");
    RowQuery query = Rows.sliced("t", "time", 10);
    Rows rows = new Rows(new ArrayList<>(), new ArrayList<>());
    TimeZone before = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
      try (OpenRows open = OpenRows.open(Database.of(url, null, null, List.of()), query, true)) {
        for (RowSlice slice : open.plan().slices()) {
          String zone = slice.number() % 2 == 0 ? "America/New_York" : "Asia/Kathmandu";
          TimeZone.setDefault(TimeZone.getTimeZone(zone));
          rows.add(open.plan(), slice, null);
        }
      }
    } finally {
      TimeZone.setDefault(before);
    }
    assertThat(
        rows.attribute("n").stream().map(n -> Integer.parseInt(n.n())).sorted().toList(),
        is(IntStream.rangeClosed(1, 50).boxed().toList()));
  }

  @Test
  void whatIsNoNumberIsRejected() throws IOException, SQLException {
    execute("CREATE TABLE t (id int)");
    Rows rows = read(Rows.query("SELECT 1 AS id, 'NaN'::double AS v"));
    assertThat(rows.items(), is(empty()));
    assertThat(rows.rejections().get(0).reason(), is(Reason.NOT_OF_TYPE));
    assertThat(rows.rejections().get(0).message(), containsString("attribute 'v'"));
  }

  @Test
  void slicesHaveEachRowOnce() throws IOException, SQLException {
    execute(
        "CREATE TABLE t AS SELECT n, n % 7 AS few, CASE WHEN n % 5 = 0 THEN NULL ELSE 'x' || n END AS"
            + " name, timestamp '2024-01-01' + to_days(n::int) AS time, n / 3.0 AS fraction"
            + " FROM range(1, 101) r(n)");
    for (String column : List.of("n", "few", "name", "time", "fraction")) {
      RowQuery query = Rows.sliced("t", column, 6);
      try (OpenRows open = OpenRows.open(Database.of(url, null, null, List.of()), query, true)) {
        assertThat(open.plan().consistency(), is(RowsPlan.Consistency.STATEMENTS));
        assertThat(open.plan().rows(), is(100L));
        List<Integer> found =
            Rows.of(open.plan(), null).attribute("n").stream()
                .map(n -> Integer.parseInt(n.n()))
                .sorted()
                .toList();
        assertThat(column, found, is(IntStream.rangeClosed(1, 100).boxed().toList()));
      }
    }
  }

  @Test
  void aDriverInAJarHasAClassLoaderOfItsOwn() throws IOException, SQLException {
    String jar =
        Path.of(DuckDBDriver.class.getProtectionDomain().getCodeSource().getLocation().getPath())
            .toString();
    Driver driver = Drivers.find(url, List.of(jar)).orElseThrow();
    assertThat(driver.getClass().getName(), is(DuckDBDriver.class.getName()));
    assertThat(driver.getClass(), is(not(sameInstance(DuckDBDriver.class))));
    assertThat(
        Drivers.find(url, List.of(jar)).orElseThrow().getClass() == driver.getClass(), is(true));
    assertThat(Drivers.find("jdbc:postgresql://host/db", List.of(jar)).isPresent(), is(false));
  }

  @Test
  void saysThatThereIsNoDriver() {
    for (String given : List.of("jdbc:mysql://u:secret@host/shop", "jdbc:nothing:x")) {
      DatabaseException e =
          assertThrows(
              DatabaseException.class,
              () ->
                  OpenRows.open(
                      Database.of(given, null, null, List.of()),
                      new RowQuery("t", null, JsonAs.NESTED, null, 1),
                      true));
      assertThat(
          e.getMessage(),
          is(
              "there is no driver for "
                  + given.replace("u:secret@", "")
                  + " on the class path: give its jar by --jdbcDriverJar"));
    }
    DatabaseException e =
        assertThrows(
            DatabaseException.class,
            () -> Database.of(url, null, null, List.of("/nowhere/driver.jar")).connect());
    assertThat(e.getMessage(), is("--jdbcDriverJar: no file /nowhere/driver.jar"));
  }
}
