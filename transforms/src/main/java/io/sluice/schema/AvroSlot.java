/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.util.Utf8;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Makes objects of values, as Avro's generic writers accept them. */
abstract class AvroSlot extends Slot {
  /** The last value that was received; null for none. */
  @Nullable Object value;

  static AvroSlot of(Schema nullable) {
    Schema schema = TableSchema.withoutNull(nullable);
    return switch (schema.getType()) {
      case RECORD -> new OfRecord(schema);
      case ARRAY -> new OfList(of(schema.getElementType()));
      case MAP -> new OfMap(of(schema.getValueType()));
      default -> new OfScalar(schema);
    };
  }

  @Override
  public void none() {
    value = null;
  }

  private static final class OfScalar extends AvroSlot {
    private final Schema schema;

    OfScalar(Schema schema) {
      this.schema = schema;
    }

    @Override
    public void bool(boolean bool) {
      value = bool;
    }

    @Override
    public void number(int number) {
      value = number;
    }

    @Override
    public void number(long number) {
      value = number;
    }

    @Override
    public void number(float number) {
      value = number;
    }

    @Override
    public void number(double number) {
      value = number;
    }

    @Override
    public void bytes(byte[] bytes, int from, int length) {
      byte[] copy = Arrays.copyOfRange(bytes, from, from + length);
      value =
          switch (schema.getType()) {
            case STRING -> new Utf8(copy);
            case FIXED -> new GenericData.Fixed(schema, copy);
            case ENUM -> new GenericData.EnumSymbol(schema, new String(copy, UTF_8));
            default -> ByteBuffer.wrap(copy);
          };
    }
  }

  /** Creates its fields when they are asked for, since a record may hold others of its type. */
  private static final class OfRecord extends AvroSlot {
    private final Schema schema;
    private final @Nullable AvroSlot[] fields;

    OfRecord(Schema schema) {
      this.schema = schema;
      this.fields = new AvroSlot[schema.getFields().size()];
    }

    @Override
    public void begin() {
      value = null;
    }

    @Override
    public void end() {
      GenericData.Record record = new GenericData.Record(schema);
      for (int i = 0; i < fields.length; i++) {
        AvroSlot field = fields[i];
        record.put(i, field == null ? null : field.value);
      }
      value = record;
    }

    @Override
    public Slot part(int part) {
      AvroSlot field = fields[part];
      if (field == null) {
        field = of(schema.getFields().get(part).schema());
        fields[part] = field;
      }
      return field;
    }
  }

  private static final class OfList extends AvroSlot {
    private final AvroSlot element;
    private List<@Nullable Object> list = List.of();
    private boolean isElement;

    OfList(AvroSlot element) {
      this.element = element;
    }

    @Override
    public void begin() {
      list = new ArrayList<>();
      isElement = false;
    }

    @Override
    public void next() {
      if (isElement) {
        list.add(element.value);
      }
      isElement = true;
    }

    @Override
    public void end() {
      next();
      value = list;
    }

    @Override
    public Slot part(int part) {
      return element;
    }
  }

  private static final class OfMap extends AvroSlot {
    private final AvroSlot key = new OfScalar(Schema.create(Schema.Type.STRING));
    private final AvroSlot element;
    private Map<String, @Nullable Object> map = Map.of();
    private boolean isEntry;

    OfMap(AvroSlot element) {
      this.element = element;
    }

    @Override
    public void begin() {
      map = new LinkedHashMap<>();
      isEntry = false;
    }

    @Override
    public void next() {
      if (isEntry) {
        map.put(String.valueOf(key.value), element.value);
      }
      isEntry = true;
    }

    @Override
    public void end() {
      next();
      value = map;
    }

    @Override
    public Slot part(int part) {
      return part == KEY ? key : element;
    }
  }
}
