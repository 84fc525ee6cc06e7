/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format;

import io.sluice.format.catalog.ColumnType.Field;
import io.sluice.format.catalog.DuckDbScan;
import io.sluice.format.catalog.HiveSerde;
import io.sluice.schema.ColumnNaming;
import io.sluice.schema.TableSchema;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Defines the files of one format that an export writes: how they are written, and what catalogs
 * must know about them.
 */
public interface OutputDefinition {

  /** Returns the suffix of file names, with the dot, by which readers recognise files. */
  String suffix();

  /** Whether an import of the files restores the same items. */
  boolean isLossless();

  /** Whether the attributes of all items must be known before the first item is written. */
  boolean needsSchema();

  /**
   * Returns the rules by which columns can be named, for attributes with any names; empty if
   * attributes keep their names.
   */
  default Set<ColumnNaming> namings() {
    return Set.of();
  }

  /** Whether columns get names that readers accept; otherwise attributes keep their names. */
  default boolean namesColumns() {
    return !namings().isEmpty();
  }

  /**
   * Checks that items can be written to such files with this schema, and that the files can be
   * queried; always passes if the format needs no schema.
   *
   * @throws IllegalArgumentException with the reason when they cannot
   */
  default void check(TableSchema schema) {}

  /**
   * Creates a factory of files.
   *
   * @throws IllegalArgumentException when the format has no type for a field of the schema, or
   *     needs a schema and is given none
   */
  SinkFactory sinks(SinkSettings settings);

  /** Returns the columns of the files, in their order if they have one. */
  List<Field> columns(TableSchema schema);

  /** Returns the columns that a query of the files sees. */
  default List<Field> queriedColumns(TableSchema schema) {
    return columns(schema);
  }

  /**
   * Returns the classes with which Hive reads the files.
   *
   * @param named the columns with their names in the catalog
   */
  HiveSerde serde(TableSchema schema, List<Field> named);

  /**
   * Returns how DuckDB reads the files.
   *
   * @param files a glob that matches them, as SQL text
   */
  DuckDbScan duckDb(TableSchema schema, String files);

  /** Returns the extension that DuckDB must load for the files; empty if it needs none. */
  default Optional<String> duckDbExtension() {
    return Optional.empty();
  }

  /**
   * Returns the layout of the format's own manifests; empty if files lie in the snapshot's folder
   * itself.
   */
  default Optional<ExportLayout> layout() {
    return Optional.empty();
  }
}
