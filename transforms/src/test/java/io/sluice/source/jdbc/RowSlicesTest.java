/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.source.jdbc.value.JsonAs;
import io.sluice.testing.Postgres;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  @Property(tries = 6, shrinking = ShrinkingMode.OFF)
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
  @Property(tries = 5, shrinking = ShrinkingMode.OFF)
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
    assertThat(sizes(postgres, Rows.sliced("same", "v", 4)), is(List.of(100)));
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

  /** A sample is not all values, so slices are of about the same size only. */
  @Example
  void divideAColumnByASample() throws IOException, SQLException {
    Postgres postgres = Postgres.database();
    postgres.execute(
        "CREATE TABLE sampled AS SELECT CASE WHEN n % 10 = 0 THEN NULL ELSE md5(n::text) END AS v,"
            + " n FROM generate_series(1, 50000) AS n",
        "ANALYZE sampled");
    RowQuery query = new RowQuery(null, "SELECT * FROM sampled", JsonAs.NESTED, "v", 8);
    List<Integer> sizes = sizes(postgres, query);
    assertThat(sizes.stream().mapToInt(n -> n).sum(), is(50_000));
    assertThat(sizes.size(), is(9));
    assertThat(sizes.get(8), is(5000));
    // A sample of 8,000: the standard deviation of a slice is 2.7 % of it.
    assertThat(sizes.subList(0, 8), everyItem(allOf(greaterThan(4700), lessThan(6550))));
  }

  @Example
  void divideATableByItsBlocks() throws IOException, SQLException {
    Postgres postgres = Postgres.database();
    for (String column : Arrays.asList("text", null)) {
      postgres.execute(
          "DROP TABLE IF EXISTS wide",
          "CREATE TABLE wide AS SELECT n AS id, repeat('x', 1000) AS text"
              + " FROM generate_series(1, 10000) AS n",
          "DELETE FROM wide WHERE id % 3 = 0",
          "UPDATE wide SET text = 'new' WHERE id % 5 = 0");
      RowQuery query = Rows.sliced("wide", column, 4);
      try (OpenRows open = OpenRows.open(Rows.of(postgres), query, true)) {
        assertThat(open.plan().consistency(), is(RowsPlan.Consistency.SNAPSHOT));
        assertThat(open.plan().slices().size(), is(4));
        postgres.execute(
            "UPDATE wide SET text = 'newer' WHERE id % 2 = 0", "DELETE FROM wide WHERE id % 7 = 0");
        Rows rows = Rows.of(open.plan(), Rows.ID);
        assertThat(rows.items().size(), is(6667));
        assertThat(Set.copyOf(rows.attribute("id")).size(), is(6667));
        assertThat(Set.copyOf(rows.attribute("text")).size(), is(2));
      }
    }
    int rows = 6667 - 952;
    postgres.execute("CREATE VIEW seen AS SELECT * FROM wide");
    // A view has no blocks, a row that changes moves to others, and a few are one slice.
    assertThat(sizes(postgres, Rows.sliced("seen", null, 4)), is(List.of(rows)));
    try (OpenRows open = OpenRows.open(Rows.of(postgres), Rows.sliced("wide", null, 4), false)) {
      assertThat(open.plan().slices(), is(List.of(RowSlice.ALL)));
    }
    assertThat(sizes(postgres, Rows.sliced("wide", null, 1)), is(List.of(rows)));
  }

  @Example
  void divideAPartitionedTableByItsBlocks() throws IOException, SQLException {
    Postgres postgres = Postgres.database();
    postgres.execute(
        "CREATE SCHEMA \"my shop\"",
        "CREATE TABLE \"my shop\".parts (id int, text text) PARTITION BY RANGE (id)",
        "CREATE TABLE low PARTITION OF \"my shop\".parts FOR VALUES FROM (0) TO (9000)",
        "CREATE TABLE high PARTITION OF \"my shop\".parts FOR VALUES FROM (9000) TO (20000)",
        "INSERT INTO \"my shop\".parts SELECT n, repeat('x', 1000)"
            + " FROM generate_series(1, 10000) AS n");
    RowQuery query = Rows.sliced("\"my shop\".parts", null, 3);
    assertThat(sizes(postgres, query).size(), is(3));
    assertThat(Set.copyOf(Rows.of(postgres, query, null).attribute("id")).size(), is(10_000));
    assertThat(sizes(postgres, query).stream().mapToInt(n -> n).sum(), is(10_000));
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
