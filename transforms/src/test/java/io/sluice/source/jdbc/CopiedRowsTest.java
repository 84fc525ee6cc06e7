/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.source.KeyFrom;
import io.sluice.source.jdbc.copy.CopiedRows;
import io.sluice.source.jdbc.copy.PostgresBinary;
import io.sluice.source.jdbc.copy.TextRows;
import io.sluice.source.slice.SliceRecords;
import io.sluice.testing.Postgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a COPY sends is spelt as PostgreSQL spells it. */
class CopiedRowsTest {
  private Postgres postgres;

  @BeforeEach
  void createDatabase() {
    postgres = Postgres.database();
  }

  private static List<@Nullable String> texts(TextRows rows, int columns) throws SQLException {
    List<@Nullable String> texts = new ArrayList<>();
    byte[] @Nullable [] values = new byte[columns][];
    while (rows.next(values)) {
      for (byte[] value : values) {
        texts.add(value == null ? null : new String(value, UTF_8));
      }
    }
    return texts;
  }

  /** Returns the values of a query, once copied and once fetched. */
  private List<List<@Nullable String>> bothWays(String query) throws IOException, SQLException {
    try (OpenRows open = OpenRows.open(Rows.of(postgres), Rows.query(query), true);
        Connection connection = Rows.of(postgres).connect()) {
      Dialect dialect = new PostgresDialect();
      dialect.begin(connection);
      dialect.settle(connection);
      RowsPlan plan = open.plan();
      int columns = plan.columns().size();
      Optional<List<PostgresBinary>> formats =
          PostgresDialect.formats(connection, plan.sql(), plan.columns());
      List<List<@Nullable String>> both = new ArrayList<>();
      both.add(
          formats.isEmpty()
              ? List.of()
              : texts(
                  CopiedRows.open(
                      connection,
                      PostgresDialect.copied(
                          plan.sql(), plan.columns(), RowSlice.ALL, formats.get()),
                      formats.get()),
                  columns));
      both.add(
          texts(
              FetchedRows.execute(plan.sql().prepare(connection, RowSlice.ALL, dialect::bind)),
              columns));
      return both;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "numeric|'0', '0.00', '-0.5', '1', '10000', '99999999.9999', '-1e-20', '1e20', '123456789.000100'",
        "numeric|'NaN', 'Infinity', '-Infinity', '1e-16383', '1e131071', '0.0001', '12345.6789', NULL",
        "numeric(5,-2)|'12345', '-50', '49'",
        "int2|'-32768', '32767', '0'",
        "int8|'-9223372036854775808', '9223372036854775807', '-1'",
        "date|'2024-02-29', '0001-01-01', '0044-03-15 BC', '4713-01-01 BC', '5874897-12-31', '-infinity', 'infinity', '9999-12-31', '10000-01-01'",
        "timestamp|'2024-01-31 12:00:00.1', '1999-12-31 23:59:59.999999', '4713-01-01 00:00:00 BC', '294276-12-31 23:59:59.999999', 'infinity', '-infinity', '0001-01-01 00:00:00'",
        "timestamptz|'2024-01-31 12:00:00.000001+05:30', '0044-03-15 12:00:00+00 BC', 'infinity', '12024-01-01 00:00:00Z'",
        "float8|'0.1', '1e300', '-0', 'NaN', '-Infinity', '5e-324', '1e15', '1e16'",
        "float4|'0.1', '3.4e38', '16777216'",
        "bool|'true', 'false', NULL",
        "uuid|'00000000-0000-0000-ffff-ffffffffffff', 'ffffffff-0000-0000-0000-000000000001'",
        "json|'{\"a\":  1}', '[1, 2]', 'null'",
        "jsonb|'{\"a\":  1}', '[1, 2]', 'null'",
        "char(5)|'a', '', 'abcde'",
        "varchar(9)|'', 'it''s', 'na\u00efve'",
        "name|'x', 'y z'",
        "text[]|'{a,NULL,\"b c\"}', '[2:3]={x,y}', '{}', '{{a},{b}}'",
        "float8[]|'{0.1,NaN}', NULL",
        "bool[]|'{t,f}', NULL",
        "time|'12:00:00.5', '24:00:00'",
        "interval|'1 day 2 hours', '-3 months', '0'",
      })
  void valuesAreSpeltAsTheServerSpellsThem(String type, String values)
      throws IOException, SQLException {
    String rows = "SELECT v::%s AS v FROM unnest(ARRAY[%s]::text[]) AS v".formatted(type, values);
    List<List<@Nullable String>> both = bothWays(rows);
    assertThat(both.get(0).size(), greaterThan(1));
    assertThat(both.get(0), is(both.get(1)));
  }

  @ParameterizedTest
  @CsvSource({"inet,10.0.0.1", "xml,<a/>", "money,1"})
  void otherTypesAreFetched(String type, String value) throws IOException, SQLException {
    List<List<@Nullable String>> both =
        bothWays("SELECT 1 AS id, '%s'::%s AS v".formatted(value, type));
    assertThat(both.get(0), is(empty()));
    assertThat(both.get(1).size(), is(2));
  }

  /** The driver makes one question mark of two, and COPY does not go through that. */
  @Test
  void aQueryWithAQuestionMarkIsFetched() throws IOException, SQLException {
    List<List<@Nullable String>> both =
        bothWays("SELECT 1 AS id, '{\"a\": 1}'::jsonb ?? 'a' AS has");
    assertThat(both, is(List.of(List.of(), List.of("1", "t"))));
    // What JDBC writes in braces is understood both ways.
    both = bothWays("SELECT {fn length('abc')} AS n");
    assertThat(both, is(List.of(List.of("3"), List.of("3"))));
  }

  @Test
  void aQueryMayEndWithAComment() throws IOException, SQLException {
    assertThat(bothWays("SELECT 7 AS n -- one").get(0), is(List.of("7")));
  }

  @Test
  void boundsMayBeAnyText() throws IOException, SQLException {
    postgres.execute(
        "CREATE TABLE t AS SELECT v FROM unnest(ARRAY['a''b', 'a\\b', 'a\"b', 'b', E'c\\nd']) AS v");
    Rows rows = Rows.of(postgres, Rows.sliced("t", "v", 5), null);
    assertThat(rows.items().size(), is(5));
    try (OpenRows open = OpenRows.open(Rows.of(postgres), Rows.sliced("t", "v", 5), true)) {
      assertThat(open.plan().slices().size(), is(5));
    }
  }

  @Test
  void aRowMayBeLarge() throws IOException, SQLException {
    postgres.execute("CREATE TABLE t AS SELECT 1 AS id, repeat('x', 300000) AS text");
    assertThat(
        Rows.of(postgres, "SELECT * FROM t").attribute("text").get(0).s().length(), is(300_000));
  }

  @Test
  void anErrorOnTheWayIsOneLine() throws IOException, SQLException {
    postgres.execute("CREATE TABLE t AS SELECT n AS id FROM generate_series(1, 5000) AS n");
    DatabaseException e =
        assertThrows(
            DatabaseException.class,
            () -> Rows.of(postgres, "SELECT id, 1 / (4000 - id) AS v FROM t"));
    assertThat(
        e.getMessage(), containsString("cannot evaluate an expression (SQLSTATE 22012); what it"));
  }

  @Test
  void aReaderMayEndBeforeTheRows() throws IOException, SQLException, InterruptedException {
    postgres.execute("CREATE TABLE t AS SELECT n AS id FROM generate_series(1, 1000000) AS n");
    try (OpenRows open = OpenRows.open(Rows.of(postgres), Rows.query("SELECT * FROM t"), true)) {
      SliceRecords records =
          new RowOpener(open.plan(), KeyFrom.RECORD, Rows.ID, List.of()).open(RowSlice.ALL);
      records.next();
      records.close();
    }
    String others =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            + " AND pid <> pg_backend_pid()";
    while (!Rows.of(postgres, Rows.query(others), null).attribute("count").get(0).n().equals("1")) {
      // The one that is left is the program's own, which asks.
      Thread.sleep(50);
    }
  }

  /** It would be for the whole slice, and not for a page of it. */
  @Test
  void aTimeOutForStatementsIsNotForASlice() throws IOException, SQLException {
    postgres.execute(
        "CREATE TABLE t AS SELECT n AS id FROM generate_series(1, 20) AS n",
        "ALTER ROLE postgres IN DATABASE %s SET statement_timeout TO 150"
            .formatted(postgres.url().replaceFirst(".*/", "")));
    assertThat(
        Rows.of(postgres, "SELECT id, pg_sleep(0.02)::text AS s FROM t").items().size(), is(20));
  }
}
