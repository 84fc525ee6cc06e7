/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.catalog;

import io.sluice.schema.TableSchema;
import io.sluice.sink.OutputFormat;
import io.sluice.snapshot.catalog.ColumnType.Decimal;
import io.sluice.snapshot.catalog.ColumnType.Field;
import io.sluice.snapshot.catalog.ColumnType.ListOf;
import io.sluice.snapshot.catalog.ColumnType.MapOf;
import io.sluice.snapshot.catalog.ColumnType.Scalar;
import io.sluice.snapshot.catalog.ColumnType.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** The columns of files of each format, by the schema of the items in them. */
final class FileColumns {
  /** The only column of lines of DynamoDB JSON. */
  static final String ITEM = "Item";

  private static final ListOf STRINGS = new ListOf(Scalar.STRING);

  /** A value that may be of any type, in DynamoDB JSON. */
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

  private FileColumns() {}

  /** The columns that files of this format have, in their order where they have one. */
  static List<Field> of(OutputFormat format, TableSchema schema) {
    return switch (format) {
      case PARQUET -> fields(schema.avro(), TableSchema::parquetColumn);
      case AVRO -> fields(schema.avro(), Schema.Field::name);
      case JSON -> attributes(schema, FileColumns::plain);
      case CSV -> csv(schema);
      case DYNAMODB_JSON ->
          List.of(new Field(ITEM, new Struct(attributes(schema, FileColumns::typed))));
    };
  }

  private interface TypeOf {
    ColumnType of(Schema schema);
  }

  private static List<Field> attributes(TableSchema schema, TypeOf type) {
    return schema.columns().stream()
        .filter(column -> column.attribute() != null)
        .map(column -> new Field(column.attribute(), type.of(column.field().schema())))
        .toList();
  }

  /** Parts of a value are JSON in a field; what has no column of its own is in one for the rest. */
  private static List<Field> csv(TableSchema schema) {
    List<Field> fields = new ArrayList<>();
    for (TableSchema.Column column : schema.columns()) {
      if (column.attribute() != null) {
        ColumnType type = plain(column.field().schema());
        boolean flat = type instanceof Scalar || type instanceof Decimal;
        // What may be of any type is text there, and not always JSON.
        fields.add(
            new Field(
                column.attribute(),
                flat ? (type == Scalar.JSON ? Scalar.STRING : type) : Scalar.JSON));
      } else if (TableSchema.MORE.equals(column.field().getProp(TableSchema.ROLE))) {
        fields.add(new Field(column.field().name(), Scalar.JSON));
      }
    }
    return fields;
  }

  private static List<Field> fields(Schema record, Function<Schema.Field, String> names) {
    return record.getFields().stream()
        .map(field -> new Field(names.apply(field), stored(field.schema(), names)))
        .toList();
  }

  /** As Parquet and Avro store it. */
  private static ColumnType stored(Schema orNull, Function<Schema.Field, String> names) {
    Schema schema = withoutNull(orNull);
    return switch (schema.getType()) {
      case ARRAY -> new ListOf(stored(schema.getElementType(), names));
      case MAP -> new MapOf(stored(schema.getValueType(), names));
      case RECORD -> new Struct(fields(schema, names));
      default -> flat(schema);
    };
  }

  /** A type without parts. */
  private static ColumnType flat(Schema schema) {
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

  /** As plain JSON has it: binary as text, and the names as the item has them. */
  private static ColumnType plain(Schema orNull) {
    Schema schema = withoutNull(orNull);
    return switch (schema.getType()) {
      case BYTES, FIXED -> schema.getLogicalType() == null ? Scalar.STRING : flat(schema);
      case STRING -> isOf(TableSchema.JSON, schema) ? Scalar.JSON : Scalar.STRING;
      case ARRAY -> new ListOf(plain(schema.getElementType()));
      case MAP -> new MapOf(plain(schema.getValueType()));
      case RECORD -> new Struct(attributes(TableSchema.of(schema), FileColumns::plain));
      default -> flat(schema);
    };
  }

  /** As DynamoDB JSON has it: in a structure whose field is named for the type. */
  private static ColumnType typed(Schema orNull) {
    Schema schema = withoutNull(orNull);
    return switch (schema.getType()) {
      case INT, LONG, FLOAT, DOUBLE -> one("N", Scalar.STRING);
      case BOOLEAN -> one("BOOL", Scalar.BOOLEAN);
      case BYTES, FIXED -> one(schema.getLogicalType() == null ? "B" : "N", Scalar.STRING);
      case ARRAY -> {
        String set = schema.getProp(TableSchema.TYPE);
        yield set == null
            ? one("L", new ListOf(typed(schema.getElementType())))
            : one(set, STRINGS);
      }
      case MAP -> one("M", new MapOf(typed(schema.getValueType())));
      case RECORD -> one("M", new Struct(attributes(TableSchema.of(schema), FileColumns::typed)));
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

  /** Of several types, which a schema of ours has not, the first stands for all. */
  private static Schema withoutNull(Schema schema) {
    if (schema.getType() != Schema.Type.UNION) {
      return schema;
    }
    return schema.getTypes().stream()
        .filter(type -> type.getType() != Schema.Type.NULL)
        .findFirst()
        .orElseGet(() -> Schema.create(Schema.Type.STRING));
  }
}
