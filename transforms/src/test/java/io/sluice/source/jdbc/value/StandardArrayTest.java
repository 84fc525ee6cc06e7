/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc.value;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;

import io.sluice.format.columnar.ColumnarValue.Unusable;
import io.sluice.testing.Postgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Arrays;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Times within arrays, in a zone whose clocks pass over some of them. */
class StandardArrayTest {
  /** Neither of them is a time of New York: clocks were put forward at two. */
  private static final String PASSED_OVER =
      "[timestamp '2024-03-10 02:30:00.25', NULL, timestamp '2024-03-10 03:30:00',"
          + " timestamp '2024-03-10 02:00:00']";

  private final TimeZone before = TimeZone.getDefault();

  @BeforeEach
  void moveToNewYork() {
    TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
  }

  @AfterEach
  void moveBack() {
    TimeZone.setDefault(before);
  }

  private static Object read(String url, String expression) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT " + expression)) {
      row.next();
      return StandardValues.read(row, 1, Types.ARRAY, 0);
    }
  }

  private static Object duckDb(String expression) throws SQLException {
    return read("jdbc:duckdb:", expression);
  }

  /** Its driver has times of java.time in the rows of an array. */
  private static Object postgres(String expression) throws SQLException {
    return read(Postgres.database().url() + "?user=postgres", "ARRAY" + expression);
  }

  @Test
  void areNotMoved() throws SQLException {
    List<String> times =
        Arrays.asList("2024-03-10T02:30:00.25", null, "2024-03-10T03:30:00", "2024-03-10T02:00:00");
    assertThat(duckDb(PASSED_OVER), is(times));
    assertThat(postgres(PASSED_OVER), is(times));
  }

  @Test
  void areNotMovedInNestedArrays() throws SQLException {
    String nested = "[[timestamp '2024-03-10 02:30:00'],[timestamp '2024-03-10 03:30:00']]";
    List<List<String>> times =
        List.of(List.of("2024-03-10T02:30:00"), List.of("2024-03-10T03:30:00"));
    assertThat(duckDb(nested), is(times));
    assertThat(postgres(nested), is(times));
  }

  @Test
  void ofOtherTypesAreAsTheyAreElsewhere() throws SQLException {
    assertThat(
        duckDb("[timestamptz '2024-03-10 02:30:00+00', NULL]"),
        is(Arrays.asList("2024-03-10T02:30:00Z", null)));
    assertThat(duckDb("[date '2024-03-10']"), is(List.of("2024-03-10")));
    assertThat(postgres("[date '2024-03-10', NULL]"), is(Arrays.asList("2024-03-10", null)));
  }

  /** In the text its year has five digits. */
  @Test
  void thatMayBeMovedAreRejected() throws SQLException {
    String text = "[timestamp '10024-03-10 %s', timestamp '10024-03-10 %s']";
    List<?> read = (List<?>) duckDb(text.formatted("02:30:00", "03:59:59.9"));
    assertThat(read.get(0), is(instanceOf(Unusable.class)));
    assertThat(read.get(1), is(instanceOf(Unusable.class)));
    assertThat(
        duckDb(text.formatted("01:59:59", "04:00:00")),
        is(List.of("+10024-03-10T01:59:59", "+10024-03-10T04:00:00")));
  }
}
