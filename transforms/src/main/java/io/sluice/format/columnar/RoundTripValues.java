/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.columnar;

import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemNumber;
import io.sluice.item.json.ItemJson;
import io.sluice.schema.TableSchema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Converts non-null {@link ColumnarValue} values to attribute values, as the marked schema
 * specifies.
 */
final class RoundTripValues {
  /** Converters of records, kept because a record schema may contain itself. */
  private final IdentityHashMap<Schema, RoundTripRecord> records = new IdentityHashMap<>();

  /** Returns the converter for a schema, ignoring null. */
  RoundTripValue value(Schema nullable) {
    Schema schema = TableSchema.withoutNull(nullable);
    String type = schema.getProp(TableSchema.TYPE);
    boolean isDecimal = schema.getLogicalType() instanceof LogicalTypes.Decimal;
    return switch (schema.getType()) {
      case STRING ->
          type == null
              ? RoundTripValues::string
              : type.equals(TableSchema.JSON)
                  ? RoundTripValues::json
                  : RoundTripValues::numberOfText;
      case ENUM -> RoundTripValues::string;
      case BYTES, FIXED -> isDecimal ? RoundTripValues::number : RoundTripValues::binary;
      case INT, LONG, FLOAT, DOUBLE -> RoundTripValues::number;
      case BOOLEAN -> RoundTripValues::bool;
      case ARRAY -> array(schema, type);
      case MAP -> map(schema);
      case RECORD -> record(schema);
      default ->
          (foreign, walk) -> {
            throw RoundTripValue.unexpected(foreign, walk);
          };
    };
  }

  RoundTripRecord record(Schema schema) {
    RoundTripRecord known = records.get(schema);
    if (known != null) {
      return known;
    }
    RoundTripRecord record = new RoundTripRecord();
    records.put(schema, record);
    record.fill(schema, this::value);
    return record;
  }

  private static AttributeValue string(Object foreign, RoundTripCursor walk)
      throws InvalidItemException {
    return AttributeValue.fromS(text(foreign, walk));
  }

  private static String text(@Nullable Object foreign, RoundTripCursor walk)
      throws InvalidItemException {
    if (foreign instanceof String text) {
      return text;
    }
    throw RoundTripValue.unexpected(foreign, walk);
  }

  private static AttributeValue binary(Object foreign, RoundTripCursor walk)
      throws InvalidItemException {
    return AttributeValue.fromB(bytes(foreign, walk));
  }

  private static SdkBytes bytes(@Nullable Object foreign, RoundTripCursor walk)
      throws InvalidItemException {
    if (foreign instanceof byte[] bytes) {
      return SdkBytes.fromByteArrayUnsafe(bytes);
    }
    throw RoundTripValue.unexpected(foreign, walk);
  }

  private static AttributeValue bool(Object foreign, RoundTripCursor walk)
      throws InvalidItemException {
    if (foreign instanceof Boolean bool) {
      return AttributeValue.fromBool(bool);
    }
    throw RoundTripValue.unexpected(foreign, walk);
  }

  private static AttributeValue number(Object foreign, RoundTripCursor walk)
      throws InvalidItemException {
    return AttributeValue.fromN(digits(foreign, walk));
  }

  private static String digits(@Nullable Object foreign, RoundTripCursor walk)
      throws InvalidItemException {
    if (foreign instanceof Number number && ItemFromColumns.isFinite(number)) {
      return ItemNumber.canonical(ItemFromColumns.text(number));
    }
    throw RoundTripValue.unexpected(foreign, walk);
  }

  private static AttributeValue numberOfText(Object foreign, RoundTripCursor walk)
      throws InvalidItemException {
    return AttributeValue.fromN(digitsOfText(foreign, walk));
  }

  private static String digitsOfText(@Nullable Object foreign, RoundTripCursor walk)
      throws InvalidItemException {
    String text = text(foreign, walk);
    try {
      ItemNumber.check(text);
    } catch (InvalidItemException e) {
      throw walk.invalid(e.reason(), String.valueOf(e.getMessage()));
    }
    return ItemNumber.canonical(text);
  }

  private static AttributeValue json(Object foreign, RoundTripCursor walk)
      throws InvalidItemException {
    byte[] utf8 = text(foreign, walk).getBytes(StandardCharsets.UTF_8);
    try {
      return ItemJson.parseValue(utf8);
    } catch (InvalidItemException e) {
      throw walk.invalid("not the DynamoDB JSON of a value: " + e.getMessage());
    }
  }

  private RoundTripValue array(Schema schema, @Nullable String type) {
    Schema element = schema.getElementType();
    if (type == null) {
      return list(element);
    }
    boolean isText = element.getType() == Schema.Type.STRING;
    return switch (type) {
      case "SS" -> set(RoundTripValues::text, AttributeValue::fromSs);
      case "BS" -> set(RoundTripValues::bytes, AttributeValue::fromBs);
      default ->
          set(
              isText ? RoundTripValues::digitsOfText : RoundTripValues::digits,
              AttributeValue::fromNs);
    };
  }

  private interface ElementReader<T> {
    T read(@Nullable Object foreign, RoundTripCursor walk) throws InvalidItemException;
  }

  private interface SetMaker<T> {
    AttributeValue of(List<T> elements);
  }

  private static <T> RoundTripValue set(ElementReader<T> reader, SetMaker<T> maker) {
    return (foreign, walk) -> {
      List<?> elements = elements(foreign, walk);
      List<T> set = new ArrayList<>(elements.size());
      for (int i = 0; i < elements.size(); i++) {
        Object element = elements.get(i);
        set.add(walk.at(i, () -> reader.read(element, walk)));
      }
      return maker.of(set);
    };
  }

  private static List<?> elements(Object foreign, RoundTripCursor walk)
      throws InvalidItemException {
    if (foreign instanceof List<?> list) {
      return list;
    }
    throw RoundTripValue.unexpected(foreign, walk);
  }

  private RoundTripValue list(Schema schema) {
    Inner element = inner(schema);
    return (foreign, walk) -> {
      List<?> elements = elements(foreign, walk);
      List<AttributeValue> list = new ArrayList<>(elements.size());
      for (int i = 0; i < elements.size(); i++) {
        Object inside = elements.get(i);
        list.add(walk.at(i, () -> element.of(inside, walk)));
      }
      return AttributeValue.fromL(list);
    };
  }

  private RoundTripValue map(Schema schema) {
    Inner value = inner(schema.getValueType());
    return (foreign, walk) -> {
      if (!(foreign instanceof Map<?, ?> entries)) {
        throw RoundTripValue.unexpected(foreign, walk);
      }
      Map<String, AttributeValue> map = new HashMap<>(entries.size() * 2);
      for (Map.Entry<?, ?> entry : entries.entrySet()) {
        String name = (String) entry.getKey();
        Object inside = entry.getValue();
        map.put(name, walk.at(name, () -> value.of(inside, walk)));
      }
      return AttributeValue.fromM(map);
    };
  }

  private Inner inner(Schema schema) {
    return new Inner(value(schema), schema.isNullable());
  }

  /** The content of a list or map, in which null is a NULL. */
  private record Inner(RoundTripValue value, boolean nullable) {
    AttributeValue of(@Nullable Object foreign, RoundTripCursor walk) throws InvalidItemException {
      if (foreign != null) {
        return value.of(foreign, walk);
      }
      if (nullable) {
        return RoundTripValue.NULL;
      }
      throw walk.invalid("null, where the file's schema takes none");
    }
  }
}
