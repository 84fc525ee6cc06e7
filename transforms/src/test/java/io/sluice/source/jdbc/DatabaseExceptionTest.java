/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseExceptionTest {
  private static final DatabaseUrl URL = new DatabaseUrl("jdbc:postgresql://host/shop", "hunter2");
  private static final String NOT_SHOWN =
      "; what it reports may have a value of a row, and is not shown";

  private static String message(String state, int code) {
    SQLException e = new SQLException("ERROR: key (4711) of hunter2.\nDETAIL: more", state, code);
    return DatabaseException.of(URL, e).getMessage();
  }

  @ParameterizedTest
  @CsvSource({
    "08006, cannot be reached: key (4711) of ***",
    "08004, refuses the connection: key (4711) of ***",
    "28P01, refuses the user or the password: check --jdbcUser and the password",
    "3D000, reports SQLSTATE 3D000: the URL names no database that is there",
    "40001, reports: key (4711) of *** (40001)",
    "42P01, reports: key (4711) of *** (42P01)",
    "53300, reports: key (4711) of *** (53300)",
    "57014, reports: key (4711) of *** (57014)"
  })
  void hasWhatTheDriverSaysOfTheStatementOrTheServer(String state, String reason) {
    assertThat(message(state, 0), is("jdbc:postgresql://host/shop " + reason));
  }

  @ParameterizedTest
  @ValueSource(strings = {"23505", "25006", "P0001", "XX000", "HY000", "S0001", "4"})
  void hasTheStateOnlyWhereTheTextMayHaveAValue(String state) {
    String shop = "jdbc:postgresql://host/shop reports ";
    assertThat(message(state, 0), is(shop + "SQLSTATE " + state + NOT_SHOWN));
    assertThat(message(state, 1062), is(shop + "SQLSTATE " + state + ", code 1062" + NOT_SHOWN));
    assertThat(message(null, 0), is(shop + "no SQLSTATE" + NOT_SHOWN));
  }

  @ParameterizedTest
  @CsvSource({
    "08006, true",
    "40001, true",
    "40P01, true",
    "53300, true",
    "57P01, true",
    "58030, true",
    "XX000, true",
    "22P02, false",
    "28P01, false",
    "42P01, false",
    ", false"
  })
  void knowsWhatMayPass(String state, boolean passes) {
    assertThat(DatabaseException.isAway(new SQLException("no", state)), is(passes));
  }
}
