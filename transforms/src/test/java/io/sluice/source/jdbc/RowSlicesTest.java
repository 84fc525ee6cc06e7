/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.source.jdbc.value.JsonAs;
import io.sluice.testing.Postgres;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Slices of a real PostgreSQL have each row once, whatever divides them. */
class RowSlicesTest {
  private static @Nullable CellTable shared;

  private static synchronized CellTable table() throws SQLException {
    if (shared == null) {
      shared = new CellTable();
    }
    return shared;
  }

  @Provide
  Arbitrary<List<List<Cells.Cell>>> rows() {
    return Cells.rows(200);
  }

  @Property(tries = 15, shrinking = ShrinkingMode.OFF)
  void haveEachRowOnceForEveryType(
      @ForAll("rows") List<List<Cells.Cell>> rows, @ForAll @IntRange(min = 1, max = 20) int slices)
      throws IOException, SQLException {
    table().fill(rows);
    for (String type : CellTable.TYPES) {
      RowQuery query = Rows.sliced("cells", type, slices);
      Rows read = Rows.of(table().postgres(), query, Rows.ID);
      assertThat(type, CellTable.byId(read.items()), is(CellTable.items(rows)));
    }
  }

  /** Without a snapshot, rows that arrive may be read or not, and those that were there are. */
  @Property(tries = 10, shrinking = ShrinkingMode.OFF)
  void haveEachRowOnceWhileOthersArrive(
      @ForAll("rows") List<List<Cells.Cell>> rows,
      @ForAll("rows") List<List<Cells.Cell>> more,
      @ForAll @IntRange(min = 2, max = 9) int slices)
      throws IOException, SQLException {
    for (String type : List.of("int4", "text", "uuid", "timestamptz", "numeric")) {
      table().fill(rows);
      RowQuery query = Rows.sliced("cells", type, slices);
      Rows read = new Rows(new ArrayList<>(), new ArrayList<>());
      try (OpenRows open = OpenRows.open(Rows.of(table().postgres()), query, false)) {
        int arrived = 0;
        for (RowSlice slice : open.plan().slices()) {
          read.add(open.plan(), slice, Rows.ID);
          int next = Math.min(more.size(), arrived + more.size() / 3 + 1);
          table().add(more.subList(arrived, next), rows.size() + arrived);
          arrived = next;
        }
      }
      Map<String, ?> found = CellTable.byId(read.items());
      found.keySet().removeIf(id -> Integer.parseInt(id) >= rows.size());
      assertThat(type, found, is(CellTable.items(rows)));
    }
  }

  private static List<Integer> sizes(Postgres postgres, RowQuery query) throws IOException {
    List<Integer> sizes = new ArrayList<>();
    try (OpenRows open = OpenRows.open(Rows.of(postgres), query, true)) {
      for (RowSlice slice : open.plan().slices()) {
        Rows rows = new Rows(new ArrayList<>(), new ArrayList<>());
        rows.add(open.plan(), slice, null);
        sizes.add(rows.items().size());
      }
    }
    return sizes;
  }

  @Example
  void areOfAboutTheSameSizeHoweverValuesAreSpread() throws IOException, SQLException {
    Postgres postgres = Postgres.database();
    postgres.execute(
        "CREATE TABLE skewed AS SELECT CASE WHEN n % 10 = 0 THEN NULL ELSE 1.5 ^ (n / 10.0) END AS v,"
            + " n FROM generate_series(1, 1000) AS n");
    List<Integer> sizes = sizes(postgres, Rows.sliced("skewed", "v", 8));
    assertThat(sizes.size(), is(9));
    assertThat(sizes, everyItem(lessThanOrEqualTo(113)));
    assertThat(sizes, everyItem(greaterThan(99)));
    assertThat(sizes.stream().mapToInt(n -> n).sum(), is(1000));
  }

  @Example
  void doNotDivideRowsWithOneValue() throws IOException, SQLException {
    Postgres postgres = Postgres.database();
    postgres.execute(
        "CREATE TABLE same AS SELECT 7 AS v FROM generate_series(1, 100)",
        "CREATE TABLE nulls AS SELECT NULL::int AS v FROM generate_series(1, 100)",
        "CREATE TABLE none (v int)",
        "CREATE TABLE few AS SELECT 7 AS v UNION ALL SELECT NULL");
    assertThat(sizes(postgres, Rows.sliced("same", "v", 4)), is(List.of(0, 100)));
    assertThat(sizes(postgres, Rows.sliced("nulls", "v", 4)), is(List.of(100)));
    assertThat(sizes(postgres, Rows.sliced("none", "v", 4)), is(List.of(0)));
    assertThat(sizes(postgres, Rows.sliced("few", "v", 4)), is(List.of(2)));
  }

  @Example
  void mayDivideOddTypes() throws IOException, SQLException {
    Postgres postgres = Postgres.database();
    postgres.execute(
        "CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy')",
        "CREATE TABLE odd AS SELECT n, (ARRAY['sad','ok','happy'])[n % 3 + 1]::mood AS mood,"
            + " make_interval(days => n % 9) AS span, ('10.0.0.' || n)::inet AS inet,"
            + " CASE WHEN n % 5 = 0 THEN 'NaN'::float8 ELSE n END AS nan,"
            + " CASE WHEN n % 5 = 0 THEN 'infinity' ELSE now() - make_interval(days => n) END AS time,"
            + " (n || 'x')::char(5) AS padded, B'0' || n::bit(8) AS bits"
            + " FROM generate_series(1, 100) AS n");
    for (String column : List.of("mood", "span", "inet", "nan", "time", "padded", "bits")) {
      RowQuery query =
          new RowQuery(null, "SELECT * FROM odd -- with a comment", JsonAs.NESTED, column, 5);
      List<Integer> sizes = sizes(postgres, query);
      assertThat(column, sizes.size(), greaterThan(2));
      Map<String, Integer> times = new TreeMap<>();
      Rows.of(postgres, query, null)
          .attribute("n")
          .forEach(n -> times.merge(n.n(), 1, Integer::sum));
      assertThat(column, times.size(), is(80));
      assertThat(column, times.values(), everyItem(is(1)));
    }
  }

  @Example
  void saysThatATypeHasNoOrder() throws SQLException {
    Postgres postgres = Postgres.database();
    postgres.execute(
        "CREATE TABLE docs AS SELECT '{}'::json AS doc, n AS id FROM generate_series(1, 2) AS n");
    DatabaseException e =
        assertThrows(
            DatabaseException.class,
            () -> OpenRows.open(Rows.of(postgres), Rows.sliced("docs", "doc", 2), true));
    assertThat(
        e.getMessage(),
        is(
            "the values of the column 'doc', of the type json, have no order: give another"
                + " --partitionColumn"));
  }

  @Example
  void findsTheColumnWhateverItsCase() throws IOException, SQLException {
    Postgres postgres = Postgres.database();
    postgres.execute("CREATE TABLE cased AS SELECT n AS \"Id\" FROM generate_series(1, 9) AS n");
    assertThat(sizes(postgres, Rows.sliced("cased", "ID", 3)), is(List.of(3, 3, 3)));
    DatabaseException e =
        assertThrows(
            DatabaseException.class,
            () -> OpenRows.open(Rows.of(postgres), Rows.sliced("cased", "key", 3), true));
    assertThat(
        e.getMessage(),
        containsString("--partitionColumn=key is no column of what is read, which has Id"));
  }
}
