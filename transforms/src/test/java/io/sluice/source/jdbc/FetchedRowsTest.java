/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.lang.reflect.Proxy;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FetchedRowsTest {
  private final List<Integer> pages = new ArrayList<>();

  /** Answers a call of a class of JDBC; null for what it does not know. */
  private @Nullable Object answer(String method, @Nullable Object[] arguments) {
    if (method.equals("setFetchSize")) {
      pages.add((Integer) arguments[0]);
    }
    return switch (method) {
      case "executeQuery" -> of(ResultSet.class);
      case "next" -> true;
      default -> null;
    };
  }

  private <T> T of(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answer(method.getName(), arguments)));
  }

  /** Rows of so many bytes; 0 where nobody knows, as with any database but PostgreSQL. */
  @ParameterizedTest
  @CsvSource({"0, 100", "100, 1000", "41943, 100", "1000000, 10"})
  void pagesAreAsLargeAsTheirRowsAllow(long bytes, int rows) throws SQLException {
    FetchedRows fetched = FetchedRows.execute(of(PreparedStatement.class));
    for (int i = 0; i < 1100; i++) {
      fetched.next();
      fetched.took(bytes);
    }
    assertThat(pages.subList(0, 2), is(List.of(100, rows)));
  }
}
