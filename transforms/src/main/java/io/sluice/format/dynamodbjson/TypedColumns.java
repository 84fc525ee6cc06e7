/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.dynamodbjson;

import io.sluice.format.catalog.ColumnType;
import io.sluice.format.catalog.ColumnType.Field;
import io.sluice.format.catalog.ColumnType.ListOf;
import io.sluice.format.catalog.ColumnType.MapOf;
import io.sluice.format.catalog.ColumnType.Scalar;
import io.sluice.format.catalog.ColumnType.Struct;
import io.sluice.format.catalog.PlainColumns;
import io.sluice.schema.TableSchema;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Lists the columns of lines of DynamoDB JSON: each value is a structure whose field is named after
 * its type.
 */
final class TypedColumns {
  /** The only column. */
  static final String ITEM = "Item";

  private static final ListOf STRINGS = new ListOf(Scalar.STRING);

  /** A value that may be of any type. */
  private static final Struct ANY =
      new Struct(
          List.of(
              new Field("S", Scalar.STRING),
              new Field("N", Scalar.STRING),
              new Field("B", Scalar.STRING),
              new Field("BOOL", Scalar.BOOLEAN),
              new Field("NULL", Scalar.BOOLEAN),
              new Field("SS", STRINGS),
              new Field("NS", STRINGS),
              new Field("BS", STRINGS),
              new Field("L", Scalar.JSON),
              new Field("M", Scalar.JSON)));

  private TypedColumns() {}

  static List<Field> of(TableSchema schema) {
    return List.of(
        new Field(ITEM, new Struct(PlainColumns.attributes(schema, TypedColumns::type))));
  }

  private static ColumnType type(Schema orNull) {
    Schema schema = PlainColumns.withoutNull(orNull);
    return switch (schema.getType()) {
      case INT, LONG, FLOAT, DOUBLE -> one("N", Scalar.STRING);
      case BOOLEAN -> one("BOOL", Scalar.BOOLEAN);
      case BYTES, FIXED -> one(schema.getLogicalType() == null ? "B" : "N", Scalar.STRING);
      case ARRAY -> {
        String set = schema.getProp(TableSchema.TYPE);
        yield set == null ? one("L", new ListOf(type(schema.getElementType()))) : one(set, STRINGS);
      }
      case MAP -> one("M", new MapOf(type(schema.getValueType())));
      case RECORD ->
          one("M", new Struct(PlainColumns.attributes(TableSchema.of(schema), TypedColumns::type)));
      default ->
          isOf(TableSchema.JSON, schema) ? ANY : one(isOf("N", schema) ? "N" : "S", Scalar.STRING);
    };
  }

  private static Struct one(String name, ColumnType type) {
    return new Struct(List.of(new Field(name, type)));
  }

  private static boolean isOf(String type, Schema schema) {
    return type.equals(schema.getProp(TableSchema.TYPE));
  }
}
