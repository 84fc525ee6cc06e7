/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.columnar;

import io.sluice.format.columnar.ColumnCell.Form;
import io.sluice.format.columnar.ColumnarValue.Unusable;
import io.sluice.item.InvalidItemException;
import io.sluice.schema.TableSchema;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Converts the values of one schema to attribute values; none of them is null. */
interface RoundTripValue {
  AttributeValue NULL = AttributeValue.fromNul(true);

  AttributeValue of(Object foreign, RoundTripCursor walk) throws InvalidItemException;

  /** Makes the exception for a value whose type does not match its schema. */
  static InvalidItemException unexpected(@Nullable Object foreign, RoundTripCursor walk) {
    return foreign instanceof Unusable unusable
        ? walk.invalid(unusable.reason(), unusable.message())
        : walk.invalid("not of the type that the file's schema says");
  }

  /** Returns the form of the attributes of a column, if each is its value and nothing else. */
  static Form form(Schema nullable) {
    Schema schema = TableSchema.withoutNull(nullable);
    boolean isDecimal = schema.getLogicalType() instanceof LogicalTypes.Decimal;
    return switch (schema.getType()) {
      case STRING -> schema.getProp(TableSchema.TYPE) == null ? Form.TEXT : Form.OBJECT;
      case ENUM -> Form.TEXT;
      case BYTES, FIXED -> isDecimal ? Form.NUMBER : Form.BINARY;
      case INT, LONG, FLOAT, DOUBLE -> Form.NUMBER;
      case BOOLEAN -> Form.BOOL;
      default -> Form.OBJECT;
    };
  }
}
