/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.catalog;

import io.sluice.format.catalog.ColumnType.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Describes how DuckDB reads files of a format. To DuckDB, names that differ only in the case of
 * ASCII letters are the same.
 *
 * @param select what is selected of each record: {@code *}, or expressions separated by commas
 * @param from the function that reads the files
 */
public record DuckDbScan(String select, String from) {
  private static final String ALL = "*";

  /** Selects all columns that a function finds in the files. */
  public static DuckDbScan all(String from) {
    return new DuckDbScan(ALL, from);
  }

  /** Whether all columns are selected as the function finds them. */
  public boolean isAll() {
    return select.equals(ALL);
  }

  /** Quotes a text. */
  public static String text(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** Formats names with their types as the functions that read text files take them. */
  public static String columns(List<Field> fields, ColumnType.Dialect dialect) {
    return fields.stream()
        .map(f -> text(f.name()) + ": " + text(f.type().in(dialect)))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  /** Returns the fields without those whose name an earlier one has. */
  public static List<Field> distinct(List<Field> fields) {
    Set<String> names = new HashSet<>();
    return fields.stream().filter(f -> names.add(DuckDbNames.anyCase(f.name()))).toList();
  }

  /** Gives every field a unique name: columns that are found by position can be renamed. */
  public static List<Field> numbered(List<Field> fields) {
    Set<String> names = new HashSet<>();
    List<Field> distinct = new ArrayList<>();
    for (Field field : fields) {
      String name = field.name();
      for (int i = 2; !names.add(DuckDbNames.anyCase(name)); i++) {
        name = field.name() + "_" + i;
      }
      distinct.add(new Field(name, field.type()));
    }
    return distinct;
  }
}
