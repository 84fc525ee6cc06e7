/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.catalog;

import io.sluice.format.catalog.ColumnType.Decimal;
import io.sluice.format.catalog.ColumnType.Field;
import io.sluice.format.catalog.ColumnType.ListOf;
import io.sluice.format.catalog.ColumnType.MapOf;
import io.sluice.format.catalog.ColumnType.Scalar;
import io.sluice.format.catalog.ColumnType.Struct;
import io.sluice.schema.TableSchema;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Lists attributes as columns of plain values: binary as text, and names as in the item. */
public final class PlainColumns {
  private PlainColumns() {}

  /** Returns a column for each attribute of the schema, in the schema's order. */
  public static List<Field> of(TableSchema schema) {
    return attributes(schema, PlainColumns::type);
  }

  /**
   * Returns a column for each attribute of a schema.
   *
   * @param type gives the type of a value with this schema
   */
  public static List<Field> attributes(TableSchema schema, Function<Schema, ColumnType> type) {
    return schema.columns().stream()
        .filter(column -> column.attribute() != null)
        .map(column -> new Field(column.attribute(), type.apply(column.field().schema())))
        .toList();
  }

  /** Returns the type of a plain value. */
  public static ColumnType type(Schema orNull) {
    Schema schema = withoutNull(orNull);
    return switch (schema.getType()) {
      case BYTES, FIXED -> schema.getLogicalType() == null ? Scalar.STRING : flat(schema);
      case STRING ->
          TableSchema.JSON.equals(schema.getProp(TableSchema.TYPE)) ? Scalar.JSON : Scalar.STRING;
      case ARRAY -> new ListOf(type(schema.getElementType()));
      case MAP -> new MapOf(type(schema.getValueType()));
      case RECORD -> new Struct(of(TableSchema.of(schema)));
      default -> flat(schema);
    };
  }

  /** Returns the type of a value without parts, as it is stored. */
  public static ColumnType flat(Schema schema) {
    LogicalType logical = schema.getLogicalType();
    if (logical instanceof LogicalTypes.Decimal decimal) {
      return new Decimal(decimal.getPrecision(), decimal.getScale());
    }
    return switch (schema.getType()) {
      case INT -> Scalar.INT;
      case LONG -> Scalar.LONG;
      case FLOAT -> Scalar.FLOAT;
      case DOUBLE -> Scalar.DOUBLE;
      case BOOLEAN -> Scalar.BOOLEAN;
      case BYTES, FIXED -> Scalar.BINARY;
      default -> Scalar.STRING;
    };
  }

  /** Returns a union's first type that is not null; our schemas do not have several. */
  public static Schema withoutNull(Schema schema) {
    if (schema.getType() != Schema.Type.UNION) {
      return schema;
    }
    return schema.getTypes().stream()
        .filter(type -> type.getType() != Schema.Type.NULL)
        .findFirst()
        .orElseGet(() -> Schema.create(Schema.Type.STRING));
  }
}
