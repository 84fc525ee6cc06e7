/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.csv;

import io.sluice.format.stream.ColumnText;
import io.sluice.item.DottedPath;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Settings for converting the text of fields to values.
 *
 * @param columns types of named columns, which every file must have; other columns are strings
 * @param keyTypes types of the key attributes of the table and its indexes, where files have
 *     columns with these names
 * @param emptyAs the value of an empty field
 * @param nullValue a text that is treated as an empty field; null for none
 * @param decimalComma whether numbers have a decimal comma, and never a point
 * @param nested whether the names of columns are paths into maps ({@link DottedPath}); those of key
 *     attributes are not
 */
public record CsvValues(
    Map<String, ColumnText.Type> columns,
    Map<String, ColumnText.Type> keyTypes,
    EmptyAs emptyAs,
    @Nullable String nullValue,
    boolean decimalComma,
    boolean nested)
    implements Serializable {

  /** Takes the names of columns as they are. */
  public CsvValues(
      Map<String, ColumnText.Type> columns,
      Map<String, ColumnText.Type> keyTypes,
      EmptyAs emptyAs,
      @Nullable String nullValue,
      boolean decimalComma) {
    this(columns, keyTypes, emptyAs, nullValue, decimalComma, false);
  }

  /** Uses a decimal point. */
  public CsvValues(
      Map<String, ColumnText.Type> columns,
      Map<String, ColumnText.Type> keyTypes,
      EmptyAs emptyAs,
      @Nullable String nullValue) {
    this(columns, keyTypes, emptyAs, nullValue, false);
  }

  /** Every column is a string; empty fields are left out. */
  public static final CsvValues STRINGS = new CsvValues(Map.of(), Map.of(), EmptyAs.OMIT, null);

  ColumnText.Type typeOf(String column) {
    ColumnText.Type type = columns.getOrDefault(column, keyTypes.get(column));
    if (type == null && nested) {
      List<String> path = DottedPath.split(column);
      type = path.size() == 1 ? keyTypes.get(path.get(0)) : null;
    }
    return type == null ? ColumnText.Type.S : type;
  }

  /** The value of an empty field. */
  public enum EmptyAs {
    /** The attribute is left out. */
    OMIT,
    /** An empty string or empty binary; a number or boolean column rejects the record. */
    EMPTY,
    /** An attribute of type NULL. */
    NULL
  }
}
