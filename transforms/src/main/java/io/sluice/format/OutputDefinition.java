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

/** Files of one format that an export writes: how, and what catalogs have to know of them. */
public interface OutputDefinition {

  /** How the names of files end, with the dot; readers know files by it. */
  String suffix();

  /** Whether an import of the files makes the same items of them. */
  boolean isLossless();

  /** Whether the attributes of all items must be known before the first is written. */
  boolean needsSchema();

  /**
   * The rules by which columns can be named, for attributes of any name; empty where attributes
   * keep their names as they are.
   */
  default Set<ColumnNaming> namings() {
    return Set.of();
  }

  /** Whether its columns have names that readers take; else attributes keep their names. */
  default boolean namesColumns() {
    return !namings().isEmpty();
  }

  /**
   * Checks that items can be written into such files by this schema, and the files be queried;
   * always passes where no schema is needed.
   *
   * @throws IllegalArgumentException with what is in the way
   */
  default void check(TableSchema schema) {}

  /**
   * Makes what begins files.
   *
   * @throws IllegalArgumentException when the format has no type for a field of the schema, or
   *     needs a schema and is given none
   */
  SinkFactory sinks(SinkSettings settings);

  /** The columns that the files have, in their order where they have one. */
  List<Field> columns(TableSchema schema);

  /** The columns that a query of the files sees. */
  default List<Field> queriedColumns(TableSchema schema) {
    return columns(schema);
  }

  /**
   * The classes by which Hive reads the files.
   *
   * @param named the columns with the names that the catalog has for them
   */
  HiveSerde serde(TableSchema schema, List<Field> named);

  /**
   * How DuckDB reads the files.
   *
   * @param files a glob that matches them, as SQL has it
   */
  DuckDbScan duckDb(TableSchema schema, String files);

  /** The extension that DuckDB has to load for the files; empty where it needs none. */
  default Optional<String> duckDbExtension() {
    return Optional.empty();
  }

  /** Manifests of the format's own; empty where the files lie in the snapshot's folder itself. */
  default Optional<ExportLayout> layout() {
    return Optional.empty();
  }
}
