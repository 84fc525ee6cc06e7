/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import io.sluice.item.SourcedItem;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Makes the items that become given records. */
final class RecordItems {
  private RecordItems() {}

  static SourcedItem item(IndexedRecord record) {
    return SourcedItem.withoutOrigin(attributes(record));
  }

  private static Map<String, AttributeValue> attributes(IndexedRecord record) {
    Map<String, AttributeValue> attributes = new HashMap<>();
    for (Schema.Field field : record.getSchema().getFields()) {
      Object value = record.get(field.pos());
      if (value != null) {
        attributes.put(field.name(), value(value, field.schema()));
      }
    }
    return attributes;
  }

  private static AttributeValue value(Object value, Schema orNull) {
    if (value == null) {
      return AttributeValue.fromNul(true);
    }
    Schema schema =
        orNull.isUnion() && orNull.isNullable()
            ? orNull.getTypes().stream().filter(type -> !type.isNullable()).findFirst().get()
            : orNull;
    return switch (schema.getType()) {
      case BOOLEAN -> AttributeValue.fromBool((Boolean) value);
      case INT, LONG, FLOAT, DOUBLE ->
          AttributeValue.fromN(new BigDecimal(value.toString()).toPlainString());
      case STRING, ENUM -> AttributeValue.fromS(value.toString());
      case FIXED -> binary(((GenericFixed) value).bytes(), schema);
      case BYTES -> binary(SdkBytes.fromByteBuffer((ByteBuffer) value).asByteArray(), schema);
      case ARRAY ->
          AttributeValue.fromL(
              ((List<?>) value).stream().map(e -> value(e, schema.getElementType())).toList());
      case MAP -> {
        Map<String, AttributeValue> map = new HashMap<>();
        ((Map<?, ?>) value)
            .forEach((k, v) -> map.put(k.toString(), value(v, schema.getValueType())));
        yield AttributeValue.fromM(map);
      }
      case RECORD -> AttributeValue.fromM(attributes((IndexedRecord) value));
      default -> throw new IllegalArgumentException("no item has a " + schema);
    };
  }

  private static AttributeValue binary(byte[] bytes, Schema schema) {
    return schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
        ? AttributeValue.fromN(
            new BigDecimal(new BigInteger(bytes), decimal.getScale()).toPlainString())
        : AttributeValue.fromB(SdkBytes.fromByteArray(bytes));
  }
}
