/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.columnar;

import io.sluice.format.catalog.ColumnType;
import io.sluice.format.catalog.ColumnType.Field;
import io.sluice.format.catalog.ColumnType.ListOf;
import io.sluice.format.catalog.ColumnType.MapOf;
import io.sluice.format.catalog.ColumnType.Struct;
import io.sluice.format.catalog.PlainColumns;
import io.sluice.schema.ItemRecords;
import io.sluice.schema.TableSchema;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.Schema;

/**
 * Lists the columns of files whose format stores a schema, with names and types as in the files.
 */
public final class StoredColumns {
  private StoredColumns() {}

  /**
   * Returns a column for each field of a schema.
   *
   * @param names gives the name of a field in the files
   */
  public static List<Field> of(Schema record, Function<Schema.Field, String> names) {
    return record.getFields().stream()
        .map(field -> new Field(names.apply(field), type(field.schema(), names)))
        .toList();
  }

  private static ColumnType type(Schema orNull, Function<Schema.Field, String> names) {
    Schema schema = PlainColumns.withoutNull(orNull);
    return switch (schema.getType()) {
      case ARRAY -> new ListOf(type(schema.getElementType(), names));
      case MAP -> new MapOf(type(schema.getValueType(), names));
      case RECORD -> new Struct(of(schema, names));
      default -> PlainColumns.flat(schema);
    };
  }

  /**
   * Checks that items can be written as records of a schema, and that catalogs have types for it.
   *
   * @throws IllegalArgumentException with the reason when they cannot
   */
  public static void check(TableSchema schema) {
    ItemRecords.of(schema);
    checkFinite(schema.avro(), new HashSet<>());
  }

  /** Refuses types that contain themselves: Avro allows them, but Parquet and catalogs do not. */
  private static void checkFinite(Schema schema, Set<String> around) {
    switch (schema.getType()) {
      case RECORD -> {
        if (!around.add(schema.getFullName())) {
          throw new IllegalArgumentException(
              "the record %s contains itself, which neither Parquet nor a catalog has a type for"
                  .formatted(schema.getFullName()));
        }
        schema.getFields().forEach(field -> checkFinite(field.schema(), around));
        around.remove(schema.getFullName());
      }
      case ARRAY -> checkFinite(schema.getElementType(), around);
      case MAP -> checkFinite(schema.getValueType(), around);
      case UNION -> schema.getTypes().forEach(type -> checkFinite(type, around));
      default -> {
        // Other types have no parts.
      }
    }
  }
}
