/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import static org.apache.parquet.schema.Type.Repetition.OPTIONAL;
import static org.apache.parquet.schema.Type.Repetition.REQUIRED;

import io.sluice.schema.TableSchema;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.parquet.schema.ConversionPatterns;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Converts an Avro schema of items to Parquet types, as parquet-avro does with lists of three
 * levels, whose own conversion needs Hadoop.
 */
public final class ParquetTypes {
  /** The names of the records that enclose the current field. */
  private final Set<String> around = new HashSet<>();

  private ParquetTypes() {}

  /**
   * Returns the Parquet schema of a file of such records.
   *
   * @throws IllegalArgumentException when Parquet has no type for a field
   */
  public static MessageType of(Schema record) {
    return new MessageType(record.getFullName(), List.of(new ParquetTypes().fields(record)));
  }

  private Type[] fields(Schema record) {
    String name = record.getFullName();
    if (record.getFields().isEmpty()) {
      throw new IllegalArgumentException(
          "the record %s has no fields, which Parquet has no type for".formatted(name));
    }
    if (!around.add(name)) {
      throw new IllegalArgumentException(
          "the record %s contains itself, which Parquet has no type for".formatted(name));
    }
    Type[] fields =
        record.getFields().stream()
            .map(field -> type(TableSchema.parquetColumn(field), field.schema(), REQUIRED))
            .toArray(Type[]::new);
    around.remove(name);
    return fields;
  }

  private Type type(String name, Schema schema, Repetition repetition) {
    return switch (schema.getType()) {
      case UNION -> {
        if (!schema.isNullable()) {
          throw new IllegalArgumentException(
              "field %s is a union without null, which Parquet has no type for".formatted(name));
        }
        yield type(name, TableSchema.withoutNull(schema), OPTIONAL);
      }
      case RECORD -> Types.buildGroup(repetition).addFields(fields(schema)).named(name);
      case ARRAY ->
          ConversionPatterns.listOfElements(
              repetition, name, type("element", schema.getElementType(), REQUIRED));
      case MAP ->
          ConversionPatterns.stringKeyMapType(
              repetition, name, type("value", schema.getValueType(), REQUIRED));
      default ->
          Types.primitive(primitive(name, schema), repetition)
              .length(schema.getType() == Schema.Type.FIXED ? schema.getFixedSize() : 0)
              .as(annotation(schema))
              .named(name);
    };
  }

  private static PrimitiveTypeName primitive(String name, Schema schema) {
    return switch (schema.getType()) {
      case BOOLEAN -> PrimitiveTypeName.BOOLEAN;
      case INT -> PrimitiveTypeName.INT32;
      case LONG -> PrimitiveTypeName.INT64;
      case FLOAT -> PrimitiveTypeName.FLOAT;
      case DOUBLE -> PrimitiveTypeName.DOUBLE;
      case BYTES, STRING, ENUM -> PrimitiveTypeName.BINARY;
      case FIXED -> PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
      default ->
          throw new IllegalArgumentException(
              "field %s is of Avro type %s, which Parquet has no type for"
                  .formatted(name, schema.getType()));
    };
  }

  private static @Nullable LogicalTypeAnnotation annotation(Schema schema) {
    return switch (schema.getType()) {
      case STRING -> LogicalTypeAnnotation.stringType();
      case ENUM -> LogicalTypeAnnotation.enumType();
      default ->
          schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
              ? LogicalTypeAnnotation.decimalType(decimal.getScale(), decimal.getPrecision())
              : null;
    };
  }
}
