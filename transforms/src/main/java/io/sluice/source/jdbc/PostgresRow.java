/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.item.ItemDraft;
import io.sluice.item.KeyAttribute;
import io.sluice.source.jdbc.copy.TextRows;
import io.sluice.source.jdbc.value.JsonAs;
import io.sluice.source.jdbc.value.PostgresType;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The values of rows of PostgreSQL, by their text. */
final class PostgresRow implements RowValues {
  private final TextRows rows;
  private final String[] names;
  private final byte[][] utf8;
  private final PostgresType[] types;
  private final KeyAttribute.@Nullable Type[] keyTypes;
  private final byte[] @Nullable [] raw;

  /** The columns in the order of their names, in which an item has them. */
  private final int[] inOrder;

  PostgresRow(TextRows rows, List<RowColumn> columns, JsonAs json, List<KeyAttribute> keys) {
    this.rows = rows;
    int count = columns.size();
    names = new String[count];
    utf8 = new byte[count][];
    types = new PostgresType[count];
    keyTypes = new KeyAttribute.Type[count];
    raw = new byte[count][];
    inOrder =
        IntStream.range(0, count)
            .boxed()
            .sorted(Comparator.comparing(i -> columns.get(i).name()))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int i = 0; i < count; i++) {
      RowColumn column = columns.get(i);
      names[i] = column.name();
      utf8[i] = column.name().getBytes(UTF_8);
      types[i] = PostgresType.of(column.type(), column.sqlType() == Types.ARRAY, json);
      for (KeyAttribute key : keys) {
        if (key.name().equals(column.name())) {
          keyTypes[i] = key.type();
        }
      }
    }
  }

  @Override
  public boolean next() throws SQLException {
    return rows.next(raw);
  }

  @Override
  public boolean isNull(int column) {
    return raw[column] == null;
  }

  @Override
  public @Nullable Object value(int column) {
    return types[column].value(raw[column]);
  }

  @Override
  public boolean draft(ItemDraft item) {
    item.begin();
    for (int i : inOrder) {
      if (raw[i] != null) {
        item.name(names[i], utf8[i]);
        if (!types[i].draft(raw[i], keyTypes[i], item)) {
          return false;
        }
      }
    }
    return true;
  }

  @Override
  public void close() {
    rows.close();
  }
}
