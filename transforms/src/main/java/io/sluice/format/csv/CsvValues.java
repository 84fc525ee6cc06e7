/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.csv;

import io.sluice.format.stream.ColumnText;
import java.io.Serializable;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What becomes of a field's text.
 *
 * @param columns types of named columns, which every file must have; others are strings
 * @param keyTypes types of the key attributes of the table and its indexes, where files have
 *     columns of these names
 * @param emptyAs what an empty field becomes
 * @param nullValue a text that stands for an empty field; null for none
 * @param decimalComma whether numbers have a comma before their fraction, and never a point
 */
public record CsvValues(
    Map<String, ColumnText.Type> columns,
    Map<String, ColumnText.Type> keyTypes,
    EmptyAs emptyAs,
    @Nullable String nullValue,
    boolean decimalComma)
    implements Serializable {

  /** Values with a point before the fraction of a number. */
  public CsvValues(
      Map<String, ColumnText.Type> columns,
      Map<String, ColumnText.Type> keyTypes,
      EmptyAs emptyAs,
      @Nullable String nullValue) {
    this(columns, keyTypes, emptyAs, nullValue, false);
  }

  /** Every column a string, empty fields left out. */
  public static final CsvValues STRINGS = new CsvValues(Map.of(), Map.of(), EmptyAs.OMIT, null);

  ColumnText.Type typeOf(String column) {
    return columns.getOrDefault(column, keyTypes.getOrDefault(column, ColumnText.Type.S));
  }

  /** What an empty field becomes. */
  public enum EmptyAs {
    /** No attribute. */
    OMIT,
    /** An empty string or empty binary; a number or boolean column rejects the record. */
    EMPTY,
    /** An attribute of type NULL. */
    NULL
  }
}
