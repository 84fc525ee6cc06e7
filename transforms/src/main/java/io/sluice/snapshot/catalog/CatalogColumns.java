/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.catalog;

import io.sluice.format.catalog.ColumnType;
import io.sluice.format.catalog.ColumnType.Field;
import io.sluice.format.catalog.ColumnType.ListOf;
import io.sluice.format.catalog.ColumnType.MapOf;
import io.sluice.format.catalog.ColumnType.Struct;
import io.sluice.format.registry.FileFormat;
import io.sluice.snapshot.TableFolder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Names the columns of a catalog's table, and the fields of structures in them.
 *
 * <p>In Parquet and Avro files, Athena finds a column by its name in lower case, so each column has
 * that name; one that cannot have it is left out, since it would be empty under another name. For
 * other formats the table states the key or position in the files of each column, so any name will
 * do.
 */
final class CatalogColumns {
  private final List<String> notes = new ArrayList<>();
  private final List<Field> columns;

  private CatalogColumns(FileFormat format, List<Field> inFiles) {
    Set<String> taken = new HashSet<>(Set.of(TableFolder.TIME_COLUMN));
    this.columns =
        format.output().namesColumns()
            ? found(inFiles, CatalogNames.COLUMN, taken, "")
            : renamed(inFiles, CatalogNames.COLUMN, taken, notes);
  }

  /** Names the columns of files of a format. */
  static CatalogColumns of(FileFormat format, List<Field> inFiles) {
    return new CatalogColumns(format, inFiles);
  }

  /** Returns the columns with their names in the catalog. */
  List<Field> columns() {
    return columns;
  }

  /** Returns notes for people on columns that were renamed or left out. */
  List<String> notes() {
    return notes;
  }

  /** Numbers the later ones of names that become the same. */
  private static List<Field> renamed(
      List<Field> inFiles, CatalogNames names, Set<String> taken, List<String> notes) {
    List<Field> fields = new ArrayList<>();
    for (Field field : inFiles) {
      String name = names.name(field.name());
      String free = name;
      for (int i = 2; !taken.add(free); i++) {
        free = name + "_" + i;
      }
      if (!free.equals(name)) {
        notes.add(
            "column %s is %s in Athena, where another has the name %s"
                .formatted(field.name(), free, name));
      }
      fields.add(new Field(free, renamed(field.type())));
    }
    return fields;
  }

  private static ColumnType renamed(ColumnType type) {
    if (type instanceof Struct struct) {
      // No notes on these: the statement shows the keys next to the names.
      List<String> unsaid = new ArrayList<>();
      return new Struct(renamed(struct.fields(), CatalogNames.FIELD, new HashSet<>(), unsaid));
    } else if (type instanceof ListOf list) {
      return new ListOf(renamed(list.element()));
    } else if (type instanceof MapOf map) {
      return new MapOf(renamed(map.value()));
    }
    return type;
  }

  private List<Field> found(
      List<Field> inFiles, CatalogNames names, Set<String> taken, String path) {
    List<Field> fields = new ArrayList<>();
    for (Field field : inFiles) {
      String name = CatalogNames.compared(field.name());
      String at = path + field.name();
      if (!names.takes(field.name())) {
        leaveOut(at, "which takes no such name" + (path.isEmpty() ? "" : " within a struct"));
      } else if (!taken.add(name)) {
        leaveOut(at, "where another has its name");
      } else {
        found(field.type(), at).ifPresent(type -> fields.add(new Field(name, type)));
      }
    }
    return fields;
  }

  /**
   * Returns the type of a column with only the fields that are found; empty when there are none.
   */
  private Optional<ColumnType> found(ColumnType type, String path) {
    if (type instanceof Struct struct) {
      List<Field> fields = found(struct.fields(), CatalogNames.FIELD, new HashSet<>(), path + ".");
      return fields.isEmpty() ? Optional.empty() : Optional.of(new Struct(fields));
    } else if (type instanceof ListOf list) {
      return found(list.element(), path).map(ListOf::new);
    } else if (type instanceof MapOf map) {
      return found(map.value(), path).map(MapOf::new);
    }
    return Optional.of(type);
  }

  private void leaveOut(String path, String why) {
    notes.add("column %s is left out in Athena, %s".formatted(path, why));
  }
}
