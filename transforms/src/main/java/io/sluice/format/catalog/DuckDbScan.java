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
 * How DuckDB reads files of a format. Names that differ only in the case of ASCII letters are one
 * to DuckDB.
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

  /** A text in quotes. */
  public static String text(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** Names with their types, as the functions that read text take them. */
  public static String columns(List<Field> fields, ColumnType.Dialect dialect) {
    return fields.stream()
        .map(f -> text(f.name()) + ": " + text(f.type().in(dialect)))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  /** The fields without those whose name another has already. */
  public static List<Field> distinct(List<Field> fields) {
    Set<String> names = new HashSet<>();
    return fields.stream().filter(f -> names.add(DuckDbNames.anyCase(f.name()))).toList();
  }

  /** The fields, each under a name of its own: columns that go by their order can be renamed. */
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
