/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.testing.Postgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What slices see of a table that another connection changes meanwhile. */
class SnapshotTest {
  private Postgres postgres;

  @BeforeEach
  void createTable() throws SQLException {
    postgres = Postgres.database();
    postgres.execute(
        "CREATE TABLE t (id int PRIMARY KEY, v int)",
        "INSERT INTO t SELECT n, 0 FROM generate_series(1, 100) AS n");
  }

  private OpenRows open(int slices, boolean holds) throws IOException {
    return OpenRows.open(Rows.of(postgres), Rows.sliced("t", "id", slices), holds);
  }

  /** Reads all slices, and changes all rows after each. */
  private Rows readWhileChanging(RowsPlan plan) throws IOException, SQLException {
    Rows rows = new Rows(new ArrayList<>(), new ArrayList<>());
    int round = 0;
    for (RowSlice slice : plan.slices()) {
      rows.add(plan, slice, Rows.ID);
      round++;
      postgres.execute(
          "UPDATE t SET v = v + 1",
          "DELETE FROM t WHERE id % 10 = " + round,
          "UPDATE t SET id = id + 1000 WHERE id % 10 = 9 AND id < 1000",
          "INSERT INTO t VALUES (" + (2000 + round) + ", 0)");
    }
    return rows;
  }

  @Test
  void slicesAreOfOneSnapshot() throws IOException, SQLException {
    try (OpenRows open = open(5, true)) {
      assertThat(open.plan().consistency(), is(RowsPlan.Consistency.SNAPSHOT));
      Rows rows = readWhileChanging(open.plan());
      assertThat(ids(rows).size(), is(100));
      assertThat(Set.copyOf(rows.attribute("v")).size(), is(1));
      // Also when they are read again.
      Rows again = Rows.of(open.plan(), Rows.ID);
      assertThat(ids(again), is(ids(rows)));
      assertThat(again.items(), is(rows.items()));
    }
  }

  private static Set<Integer> ids(Rows rows) {
    Set<Integer> ids = new TreeSet<>();
    rows.attribute("id").forEach(id -> ids.add(Integer.parseInt(id.n())));
    return ids;
  }

  @Test
  void slicesAreOfSeveralMomentsWhereNobodyHoldsASnapshot() throws IOException, SQLException {
    try (OpenRows open = open(5, false)) {
      assertThat(open.plan().consistency(), is(RowsPlan.Consistency.STATEMENTS));
      Rows rows = readWhileChanging(open.plan());
      assertThat(Set.copyOf(rows.attribute("v")).size(), not(is(1)));
    }
    try (OpenRows open = OpenRows.open(Rows.of(postgres), Rows.query("SELECT * FROM t"), false)) {
      assertThat(open.plan().consistency(), is(RowsPlan.Consistency.STATEMENT));
    }
  }

  @Test
  void aSnapshotThatIsLostIsOneClearLine() throws IOException, SQLException {
    try (OpenRows open = open(5, true)) {
      new Rows(new ArrayList<>(), new ArrayList<>())
          .add(open.plan(), open.plan().slices().get(0), Rows.ID);
      endTransactionsOfOthers();
      DatabaseException e =
          assertThrows(DatabaseException.class, () -> Rows.of(open.plan(), Rows.ID));
      assertThat(
          e.getMessage(),
          allOf(
              startsWith("the snapshot of jdbc:postgresql://localhost:"),
              containsString("that this job reads is gone ("),
              containsString("run the job again")));
    }
  }

  private void endTransactionsOfOthers() throws SQLException {
    postgres.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
            + " AND pid <> pg_backend_pid()");
  }

  @Test
  void nothingIsHeldAfterTheEnd() throws IOException, SQLException {
    try (OpenRows open = open(5, true)) {
      assertThat(transactions(), is(List.of("idle in transaction")));
      assertThat(open.plan().rows(), is(100L));
    }
    assertThat(transactions(), is(List.of()));
    open(5, false).close();
    assertThat(transactions(), is(List.of()));
  }

  /** Waits for connections that are just ending. */
  private List<String> transactions() throws SQLException {
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement()) {
      for (int tries = 0; ; tries++) {
        List<String> states = new ArrayList<>();
        try (ResultSet others =
            statement.executeQuery(
                "SELECT state FROM pg_stat_activity WHERE application_name = 'sluice' AND datname ="
                    + " current_database()")) {
          while (others.next()) {
            states.add(others.getString(1));
          }
        }
        if (states.isEmpty() || tries == 200 || states.equals(List.of("idle in transaction"))) {
          return states;
        }
        Thread.onSpinWait();
      }
    }
  }

  /** A server may end transactions that wait. */
  @Test
  void theSnapshotIsHeldWhereWaitingIsNotAllowed() throws IOException, SQLException {
    postgres.execute(
        "DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database() || ' SET"
            + " idle_in_transaction_session_timeout = 700'; END $$");
    try (OpenRows open = open(2, true)) {
      postgres.execute("SELECT pg_sleep(1.5)");
      assertThat(ids(Rows.of(open.plan(), Rows.ID)).size(), is(100));
    }
  }
}
