/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatabaseTest {
  private final List<String> calls = new ArrayList<>();

  /** A connection that closes only when no transaction is open, as that of Derby or Db2. */
  private Connection connection(boolean isLost) {
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              calls.add(method.getName());
              if (isLost || (method.getName().equals("close") && !calls.contains("rollback"))) {
                throw new SQLException("no", "25001");
              }
              return null;
            });
  }

  @Test
  void endsTheTransactionBeforeTheConnection() {
    Database.end(connection(false));
    assertThat(calls, is(List.of("rollback", "close")));
  }

  @Test
  void endsWhatIsLost() {
    Database.end(connection(true));
    assertThat(calls, is(List.of("rollback", "close")));
  }
}
