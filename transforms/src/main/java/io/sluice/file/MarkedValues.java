/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.file;

import io.sluice.file.Foreign.Unusable;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemJson;
import io.sluice.item.ItemNumber;
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

/** Makes of {@link Foreign} values, none of them null, what a marked schema says they are. */
final class MarkedValues {
  static final AttributeValue NULL = AttributeValue.fromNul(true);

  /** Of records, since a schema of records may hold itself. */
  private final IdentityHashMap<Schema, MarkedRecord> records = new IdentityHashMap<>();

  /** The values of one schema. */
  interface Value {
    AttributeValue of(Object foreign, MarkedWalk walk) throws InvalidItemException;
  }

  /** The values of a schema, null aside. */
  Value value(Schema nullable) {
    Schema schema = TableSchema.withoutNull(nullable);
    String type = schema.getProp(TableSchema.TYPE);
    boolean isDecimal = schema.getLogicalType() instanceof LogicalTypes.Decimal;
    return switch (schema.getType()) {
      case STRING ->
          type == null
              ? MarkedValues::string
              : type.equals(TableSchema.JSON) ? MarkedValues::json : MarkedValues::numberOfText;
      case ENUM -> MarkedValues::string;
      case BYTES, FIXED -> isDecimal ? MarkedValues::number : MarkedValues::binary;
      case INT, LONG, FLOAT, DOUBLE -> MarkedValues::number;
      case BOOLEAN -> MarkedValues::bool;
      case ARRAY -> array(schema, type);
      case MAP -> map(schema);
      case RECORD -> record(schema);
      default ->
          (foreign, walk) -> {
            throw unexpected(foreign, walk);
          };
    };
  }

  MarkedRecord record(Schema schema) {
    MarkedRecord known = records.get(schema);
    if (known != null) {
      return known;
    }
    MarkedRecord record = new MarkedRecord();
    records.put(schema, record);
    record.fill(schema, this);
    return record;
  }

  /** Says that a value is not of the kind that its schema says. */
  static InvalidItemException unexpected(@Nullable Object foreign, MarkedWalk walk) {
    return foreign instanceof Unusable unusable
        ? walk.invalid(unusable.reason(), unusable.message())
        : walk.invalid("not of the type that the file's schema says");
  }

  private static AttributeValue string(Object foreign, MarkedWalk walk)
      throws InvalidItemException {
    return AttributeValue.fromS(text(foreign, walk));
  }

  private static String text(@Nullable Object foreign, MarkedWalk walk)
      throws InvalidItemException {
    if (foreign instanceof String text) {
      return text;
    }
    throw unexpected(foreign, walk);
  }

  private static AttributeValue binary(Object foreign, MarkedWalk walk)
      throws InvalidItemException {
    return AttributeValue.fromB(bytes(foreign, walk));
  }

  private static SdkBytes bytes(@Nullable Object foreign, MarkedWalk walk)
      throws InvalidItemException {
    if (foreign instanceof byte[] bytes) {
      return SdkBytes.fromByteArrayUnsafe(bytes);
    }
    throw unexpected(foreign, walk);
  }

  private static AttributeValue bool(Object foreign, MarkedWalk walk) throws InvalidItemException {
    if (foreign instanceof Boolean bool) {
      return AttributeValue.fromBool(bool);
    }
    throw unexpected(foreign, walk);
  }

  private static AttributeValue number(Object foreign, MarkedWalk walk)
      throws InvalidItemException {
    return AttributeValue.fromN(digits(foreign, walk));
  }

  private static String digits(@Nullable Object foreign, MarkedWalk walk)
      throws InvalidItemException {
    if (foreign instanceof Number number && ForeignItem.isFinite(number)) {
      return ItemNumber.canonical(ForeignItem.text(number));
    }
    throw unexpected(foreign, walk);
  }

  private static AttributeValue numberOfText(Object foreign, MarkedWalk walk)
      throws InvalidItemException {
    return AttributeValue.fromN(digitsOfText(foreign, walk));
  }

  private static String digitsOfText(@Nullable Object foreign, MarkedWalk walk)
      throws InvalidItemException {
    String text = text(foreign, walk);
    try {
      ItemNumber.check(text);
    } catch (InvalidItemException e) {
      throw walk.invalid(e.reason(), String.valueOf(e.getMessage()));
    }
    return ItemNumber.canonical(text);
  }

  private static AttributeValue json(Object foreign, MarkedWalk walk) throws InvalidItemException {
    byte[] utf8 = text(foreign, walk).getBytes(StandardCharsets.UTF_8);
    try {
      return ItemJson.parseValue(utf8);
    } catch (InvalidItemException e) {
      throw walk.invalid("not the DynamoDB JSON of a value: " + e.getMessage());
    }
  }

  private Value array(Schema schema, @Nullable String type) {
    Schema element = schema.getElementType();
    if (type == null) {
      return list(element);
    }
    boolean isText = element.getType() == Schema.Type.STRING;
    return switch (type) {
      case "SS" -> set(MarkedValues::text, AttributeValue::fromSs);
      case "BS" -> set(MarkedValues::bytes, AttributeValue::fromBs);
      default ->
          set(isText ? MarkedValues::digitsOfText : MarkedValues::digits, AttributeValue::fromNs);
    };
  }

  private interface ElementReader<T> {
    T read(@Nullable Object foreign, MarkedWalk walk) throws InvalidItemException;
  }

  private interface SetMaker<T> {
    AttributeValue of(List<T> elements);
  }

  private static <T> Value set(ElementReader<T> reader, SetMaker<T> maker) {
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

  private static List<?> elements(Object foreign, MarkedWalk walk) throws InvalidItemException {
    if (foreign instanceof List<?> list) {
      return list;
    }
    throw unexpected(foreign, walk);
  }

  private Value list(Schema schema) {
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

  private Value map(Schema schema) {
    Inner value = inner(schema.getValueType());
    return (foreign, walk) -> {
      if (!(foreign instanceof Map<?, ?> entries)) {
        throw unexpected(foreign, walk);
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

  /** What is in a list or a map, where null is a NULL. */
  private record Inner(Value value, boolean nullable) {
    AttributeValue of(@Nullable Object foreign, MarkedWalk walk) throws InvalidItemException {
      if (foreign != null) {
        return value.of(foreign, walk);
      }
      if (nullable) {
        return NULL;
      }
      throw walk.invalid("null, where the file's schema takes none");
    }
  }
}
