/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.item.ItemDraft;
import io.sluice.item.KeyAttribute;
import io.sluice.source.jdbc.value.JsonAs;
import io.sluice.source.jdbc.value.PostgresType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The row of a result of PostgreSQL, by the text of its values. */
final class PostgresRow implements RowValues {
  private final String[] names;
  private final byte[][] utf8;
  private final PostgresType[] types;
  private final KeyAttribute.@Nullable Type[] keyTypes;
  private final byte[] @Nullable [] raw;
  private long bytes;

  PostgresRow(List<RowColumn> columns, JsonAs json, List<KeyAttribute> keys) {
    int count = columns.size();
    names = new String[count];
    utf8 = new byte[count][];
    types = new PostgresType[count];
    keyTypes = new KeyAttribute.Type[count];
    raw = new byte[count][];
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
  public void load(ResultSet row) throws SQLException {
    bytes = 0;
    for (int i = 0; i < raw.length; i++) {
      // Of text, the driver returns the bytes that came.
      raw[i] = row.getBytes(i + 1);
      bytes += raw[i] == null ? 0 : raw[i].length;
    }
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
    for (int i = 0; i < raw.length; i++) {
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
  public long bytes() {
    return bytes;
  }
}
