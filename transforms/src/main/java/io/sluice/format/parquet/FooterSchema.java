/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import io.sluice.schema.TableSchema;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * Writes an Avro schema for the footer of a Parquet file. Columns whose names Avro does not allow
 * become aliases, by which parquet-avro finds them.
 */
final class FooterSchema {
  private final Set<Schema> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private FooterSchema() {}

  /** Returns the schema as JSON. */
  static String of(Schema schema) {
    // Aliases of a field cannot be removed, and the schema belongs to the caller.
    Schema copy = new Schema.Parser().parse(schema.toString());
    new FooterSchema().addAliases(copy);
    return copy.toString();
  }

  private void addAliases(Schema schema) {
    if (!seen.add(schema)) {
      return;
    }
    switch (schema.getType()) {
      case RECORD -> {
        for (Schema.Field field : schema.getFields()) {
          String column = TableSchema.parquetColumn(field);
          if (!column.equals(field.name())) {
            field.addAlias(column);
          }
          addAliases(field.schema());
        }
      }
      case ARRAY -> addAliases(schema.getElementType());
      case MAP -> addAliases(schema.getValueType());
      case UNION -> schema.getTypes().forEach(this::addAliases);
      default -> {
        // Other types have no fields.
      }
    }
  }
}
