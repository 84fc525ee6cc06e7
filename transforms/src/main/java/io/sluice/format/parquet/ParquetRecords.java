/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.schema.TableSchema;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.util.Utf8;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/**
 * Writes Avro records into Parquet's columns. How to write each field is decided once, so records
 * are written without looking at their schema.
 */
final class ParquetRecords {
  private final RecordNode root;

  private ParquetRecords(RecordNode root) {
    this.root = root;
  }

  /** Creates a writer for records of a schema that {@link ParquetTypes} accepts. */
  static ParquetRecords of(Schema schema) {
    return new ParquetRecords(RecordNode.of(schema));
  }

  /**
   * Writes a record to the columns, which keep references to its bytes: it must not be changed
   * afterwards.
   *
   * @throws IllegalArgumentException when a required field has no value
   */
  void write(IndexedRecord record, RecordConsumer out) {
    out.startMessage();
    root.writeFields(record, out);
    out.endMessage();
  }

  /** Writes non-null values of one type. */
  private interface Node {
    void write(Object value, RecordConsumer out);
  }

  private static Node node(Schema schema) {
    return switch (schema.getType()) {
      case UNION -> node(TableSchema.withoutNull(schema));
      case RECORD -> RecordNode.of(schema);
      case ARRAY -> ListNode.of(schema);
      case MAP -> MapNode.of(schema);
      case BOOLEAN -> (value, out) -> out.addBoolean((Boolean) value);
      case INT -> (value, out) -> out.addInteger((Integer) value);
      case LONG -> (value, out) -> out.addLong((Long) value);
      case FLOAT -> (value, out) -> out.addFloat((Float) value);
      case DOUBLE -> (value, out) -> out.addDouble((Double) value);
      case BYTES -> (value, out) -> out.addBinary(bytes((ByteBuffer) value));
      case FIXED ->
          (value, out) ->
              out.addBinary(Binary.fromConstantByteArray(((GenericFixed) value).bytes()));
      case STRING, ENUM -> (value, out) -> out.addBinary(text(value));
      case NULL -> throw new IllegalArgumentException("Parquet has no type for null alone");
    };
  }

  /** Encodes a string without Binary's own conversion to UTF-8, which takes twice as long. */
  private static Binary text(Object value) {
    return value instanceof Utf8 utf8
        ? Binary.fromConstantByteArray(utf8.getBytes(), 0, utf8.getByteLength())
        : Binary.fromConstantByteArray(value.toString().getBytes(UTF_8));
  }

  private static Binary bytes(ByteBuffer value) {
    if (value.hasArray()) {
      return Binary.fromConstantByteArray(
          value.array(), value.arrayOffset() + value.position(), value.remaining());
    }
    return Binary.fromConstantByteBuffer(value);
  }

  private static void field(String name, int index, Node node, Object value, RecordConsumer out) {
    out.startField(name, index);
    node.write(value, out);
    out.endField(name, index);
  }

  private record RecordNode(String[] names, Node[] nodes, boolean[] nullable) implements Node {

    static RecordNode of(Schema schema) {
      List<Schema.Field> fields = schema.getFields();
      String[] names = new String[fields.size()];
      Node[] nodes = new Node[names.length];
      boolean[] nullable = new boolean[names.length];
      for (int i = 0; i < names.length; i++) {
        names[i] = TableSchema.parquetColumn(fields.get(i));
        nodes[i] = node(fields.get(i).schema());
        nullable[i] = fields.get(i).schema().isNullable();
      }
      return new RecordNode(names, nodes, nullable);
    }

    @Override
    public void write(Object value, RecordConsumer out) {
      out.startGroup();
      writeFields((IndexedRecord) value, out);
      out.endGroup();
    }

    void writeFields(IndexedRecord record, RecordConsumer out) {
      for (int i = 0; i < names.length; i++) {
        Object value = record.get(i);
        if (value != null) {
          field(names[i], i, nodes[i], value, out);
        } else if (!nullable[i]) {
          throw new IllegalArgumentException("field " + names[i] + " has no value, and must have");
        }
      }
    }
  }

  private record ListNode(Node element, boolean nullable) implements Node {

    static ListNode of(Schema schema) {
      return new ListNode(node(schema.getElementType()), schema.getElementType().isNullable());
    }

    @Override
    public void write(Object value, RecordConsumer out) {
      Collection<?> elements = (Collection<?>) value;
      out.startGroup();
      if (!elements.isEmpty()) {
        out.startField("list", 0);
        for (Object one : elements) {
          out.startGroup();
          if (one != null) {
            field("element", 0, element, one, out);
          } else if (!nullable) {
            throw new IllegalArgumentException("an element of a list is null, and must not be");
          }
          out.endGroup();
        }
        out.endField("list", 0);
      }
      out.endGroup();
    }
  }

  private record MapNode(Node value, boolean nullable) implements Node {
    private static final Node KEY = (key, out) -> out.addBinary(text(key));

    static MapNode of(Schema schema) {
      return new MapNode(
          ParquetRecords.node(schema.getValueType()), schema.getValueType().isNullable());
    }

    @Override
    public void write(Object map, RecordConsumer out) {
      Map<?, ?> entries = (Map<?, ?>) map;
      out.startGroup();
      if (!entries.isEmpty()) {
        out.startField("key_value", 0);
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
          out.startGroup();
          field("key", 0, KEY, entry.getKey(), out);
          if (entry.getValue() != null) {
            field("value", 1, value, entry.getValue(), out);
          } else if (!nullable) {
            throw new IllegalArgumentException("a value of a map is null, and must not be");
          }
          out.endGroup();
        }
        out.endField("key_value", 0);
      }
      out.endGroup();
    }
  }
}
