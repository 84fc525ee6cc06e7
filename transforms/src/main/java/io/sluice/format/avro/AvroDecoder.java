/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.avro;

import io.sluice.format.columnar.ColumnarValue;
import java.io.IOException;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Creates decoders for Avro schemas: each decodes values of its schema to {@link ColumnarValue}
 * values.
 */
final class AvroDecoder {
  private static final long MILLIS = 1_000;
  private static final long MICROS = 1_000_000;
  private static final long NANOS = 1_000_000_000;

  /** Decodes one value. */
  interface Decoder {
    @Nullable Object read(AvroInput in) throws IOException;
  }

  /** Decoders of records, kept because a record schema may contain itself. */
  private final IdentityHashMap<Schema, RecordDecoder> records = new IdentityHashMap<>();

  private AvroDecoder() {}

  static Decoder of(Schema schema) {
    return new AvroDecoder().decoder(schema);
  }

  private Decoder decoder(Schema schema) {
    return switch (schema.getType()) {
      case NULL -> in -> null;
      case BOOLEAN -> AvroInput::readBoolean;
      case INT -> whole(logicalName(schema), AvroInput::readInt);
      case LONG -> whole(logicalName(schema), AvroInput::readLong);
      case FLOAT -> AvroInput::readFloat;
      case DOUBLE -> AvroInput::readDouble;
      case STRING -> in -> ColumnarValue.string(in.readBytes());
      case BYTES -> binary(schema, AvroInput::readBytes);
      case FIXED -> binary(schema, in -> in.readFixed(schema.getFixedSize()));
      case ENUM -> symbol(schema.getEnumSymbols());
      case UNION -> union(schema.getTypes().stream().map(this::decoder).toList());
      case ARRAY -> array(decoder(schema.getElementType()));
      case MAP -> map(decoder(schema.getValueType()));
      case RECORD -> record(schema);
    };
  }

  private interface LongReader {
    long read(AvroInput in) throws IOException;
  }

  private interface BytesReader {
    byte[] read(AvroInput in) throws IOException;
  }

  /** Compares names rather than Avro's classes, which know nanoseconds only since 1.12. */
  private static String logicalName(Schema schema) {
    String name = schema.getProp(LogicalType.LOGICAL_TYPE_PROP);
    boolean isInt = schema.getType() == Schema.Type.INT;
    // A logical type on the wrong base type is ignored.
    return name == null || (name.equals("date") || name.equals("time-millis")) != isInt ? "" : name;
  }

  private static Decoder whole(String logicalName, LongReader whole) {
    return switch (logicalName) {
      case "date" -> in -> ColumnarValue.date(whole.read(in));
      case "time-millis" -> in -> ColumnarValue.time(whole.read(in), MILLIS);
      case "time-micros" -> in -> ColumnarValue.time(whole.read(in), MICROS);
      case "timestamp-millis" -> in -> ColumnarValue.timestamp(whole.read(in), MILLIS, true);
      case "timestamp-micros" -> in -> ColumnarValue.timestamp(whole.read(in), MICROS, true);
      case "timestamp-nanos" -> in -> ColumnarValue.timestamp(whole.read(in), NANOS, true);
      case "local-timestamp-millis" -> in -> ColumnarValue.timestamp(whole.read(in), MILLIS, false);
      case "local-timestamp-micros" -> in -> ColumnarValue.timestamp(whole.read(in), MICROS, false);
      case "local-timestamp-nanos" -> in -> ColumnarValue.timestamp(whole.read(in), NANOS, false);
      default -> whole::read;
    };
  }

  private static Decoder binary(Schema schema, BytesReader bytes) {
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      int scale = decimal.getScale();
      return in -> ColumnarValue.decimal(bytes.read(in), scale);
    }
    boolean isUuid =
        schema.getType() == Schema.Type.FIXED
            && "uuid".equals(schema.getProp(LogicalType.LOGICAL_TYPE_PROP));
    return isUuid ? in -> ColumnarValue.uuid(bytes.read(in)) : bytes::read;
  }

  private static Decoder symbol(List<String> symbols) {
    return in -> symbols.get(in.readIndex(symbols.size()));
  }

  private static Decoder union(List<Decoder> branches) {
    return in -> branches.get(in.readIndex(branches.size())).read(in);
  }

  private static Decoder array(Decoder element) {
    return in -> {
      in.enter();
      List<@Nullable Object> list = new ArrayList<>();
      for (long count = in.readCount(); count > 0; count = in.readCount()) {
        int start = in.position();
        for (long i = 0; i < count; i++) {
          list.add(element.read(in));
        }
        in.countEmpty(count, start);
      }
      in.leave();
      return list;
    };
  }

  private static Decoder map(Decoder value) {
    return in -> {
      in.enter();
      List<Map.Entry<Object, @Nullable Object>> entries = new ArrayList<>();
      for (long count = in.readCount(); count > 0; count = in.readCount()) {
        for (long i = 0; i < count; i++) {
          Object key = ColumnarValue.string(in.readBytes());
          entries.add(new SimpleEntry<>(key, value.read(in)));
        }
      }
      in.leave();
      return ColumnarValue.map(entries);
    };
  }

  private Decoder record(Schema schema) {
    RecordDecoder known = records.get(schema);
    if (known != null) {
      return known;
    }
    RecordDecoder decoder = new RecordDecoder();
    records.put(schema, decoder);
    for (Schema.Field field : schema.getFields()) {
      decoder.names.add(field.name());
      decoder.fields.add(decoder(field.schema()));
    }
    return decoder;
  }

  /** Decodes a record and leaves out fields that are null. */
  private static final class RecordDecoder implements Decoder {
    private final List<String> names = new ArrayList<>();
    private final List<Decoder> fields = new ArrayList<>();

    @Override
    public Object read(AvroInput in) throws IOException {
      in.enter();
      Map<String, Object> record = new LinkedHashMap<>(names.size() * 2);
      for (int i = 0; i < fields.size(); i++) {
        Object value = fields.get(i).read(in);
        if (value != null) {
          record.put(names.get(i), value);
        }
      }
      in.leave();
      return record;
    }
  }
}
