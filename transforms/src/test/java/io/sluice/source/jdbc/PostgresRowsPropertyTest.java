/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import io.sluice.format.columnar.ItemFromColumns;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemDraft;
import io.sluice.item.Origin;
import io.sluice.item.SourcedItem;
import io.sluice.source.jdbc.value.JsonAs;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Values of a real PostgreSQL become what a model of them says. */
class PostgresRowsPropertyTest {
  private static final AtomicInteger DRAFTED = new AtomicInteger();
  private static @Nullable CellTable shared;

  @AfterContainer
  static void someWerePlain() {
    assertThat(DRAFTED.get(), greaterThan(100));
  }

  private static synchronized CellTable table() throws SQLException {
    if (shared == null) {
      shared = new CellTable();
    }
    return shared;
  }

  @Provide
  Arbitrary<List<List<Cells.Cell>>> rows() {
    return Cells.rows(300);
  }

  @Property(tries = 40, shrinking = ShrinkingMode.OFF)
  void itemsAreThoseOfTheModel(@ForAll("rows") List<List<Cells.Cell>> rows)
      throws IOException, SQLException {
    table().fill(rows);
    // Rows are copied, or fetched where a column is not for that.
    for (String more : List.of("", ", NULL::money AS none")) {
      RowQuery query = Rows.query("SELECT *" + more + " FROM cells");
      Rows read = Rows.of(table().postgres(), query, Rows.ID);
      assertThat(read.rejections(), is(empty()));
      assertThat(CellTable.byId(read.items()), is(CellTable.items(rows)));
    }
  }

  /** From bytes to bytes, or by way of values: the items are the same. */
  @Property(tries = 20, shrinking = ShrinkingMode.OFF)
  void plainRowsAreWhatParsedOnesAre(@ForAll("rows") List<List<Cells.Cell>> rows)
      throws IOException, SQLException, InvalidItemException {
    table().fill(rows);
    String plain =
        CellTable.TYPES.stream()
            .filter(type -> !type.equals("bytea") && !type.equals("text[]"))
            .map(type -> '"' + type + '"')
            .collect(Collectors.joining(", "));
    RowQuery query = Rows.query("SELECT id, " + plain + " FROM cells");
    int drafted = 0;
    try (OpenRows open = OpenRows.open(Rows.of(table().postgres()), query, true);
        Connection connection = Rows.of(table().postgres()).connect()) {
      Dialect dialect = new PostgresDialect();
      dialect.begin(connection);
      dialect.settle(connection);
      List<RowColumn> columns = open.plan().columns();
      RowValues values =
          dialect.read(
              connection, open.plan().sql(), columns, JsonAs.NESTED, RowSlice.ALL, List.of());
      while (values.next()) {
        ItemDraft draft = new ItemDraft();
        draft.clear();
        if (values.draft(draft)) {
          drafted++;
          assertThat(draft.endOf(Origin.UNKNOWN), is(parsed(values, columns)));
        }
      }
    }
    DRAFTED.addAndGet(drafted);
  }

  private static SourcedItem parsed(RowValues values, List<RowColumn> columns)
      throws InvalidItemException {
    Map<String, @Nullable Object> row = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      if (!values.isNull(i)) {
        row.put(columns.get(i).name(), values.value(i));
      }
    }
    return SourcedItem.of(Origin.UNKNOWN, ItemFromColumns.of(row, List.of()));
  }
}
