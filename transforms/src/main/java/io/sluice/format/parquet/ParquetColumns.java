/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import io.sluice.item.ItemCursor;
import io.sluice.schema.ItemColumns;
import io.sluice.schema.Slot;
import io.sluice.schema.TableSchema;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Writes items into Parquet's columns, with the repetition and definition levels of each value and
 * without records in between. The columns copy what they keep of an item.
 *
 * <p>A repetition level says which of the lists around a value goes on, a definition level how many
 * of the optional and repeated fields around it are there. Required fields have no level.
 */
final class ParquetColumns {
  private final List<Leaf> leaves = new ArrayList<>();
  private final Iterator<ColumnDescriptor> descriptors;
  private final ItemColumns items;
  private @Nullable ColumnWriteStore store;

  /** The repetition level of the values that are written now. */
  private int repetition;

  private ParquetColumns(TableSchema schema, MessageType type) {
    this.descriptors = type.getColumns().iterator();
    this.items = ItemColumns.of(schema, new OfRecord(schema.avro(), Levels.NONE, 0));
  }

  /**
   * Returns the columns of a schema.
   *
   * @param type the schema's {@link ParquetTypes}
   */
  static ParquetColumns of(TableSchema schema, MessageType type) {
    return new ParquetColumns(schema, type);
  }

  /** Directs what is written from now on into these columns. */
  void open(ColumnWriteStore columns) {
    store = columns;
    leaves.forEach(leaf -> leaf.writer = columns.getColumnWriter(leaf.column));
  }

  /**
   * Writes an item.
   *
   * @param item before its attributes
   * @throws IllegalArgumentException when it does not fit the schema; the columns are then to be
   *     given up
   */
  void write(ItemCursor item) {
    repetition = 0;
    items.write(item);
    store.endRecord();
  }

  /**
   * The levels around a place.
   *
   * @param repeated how many lists and maps
   * @param defined how many optional and repeated fields
   */
  private record Levels(int repeated, int defined) {
    static final Levels NONE = new Levels(0, 0);

    /** Returns the levels of the value of a field, or of an element. */
    Levels of(Schema schema) {
      return schema.isNullable() ? new Levels(repeated, defined + 1) : this;
    }

    Levels inRepeated() {
      return new Levels(repeated + 1, defined + 1);
    }
  }

  /**
   * Returns the slot of a field or an element.
   *
   * @param around the levels around it
   */
  private Slot slot(Schema nullable, Levels around) {
    Schema schema = TableSchema.withoutNull(nullable);
    Levels levels = around.of(nullable);
    return switch (schema.getType()) {
      case RECORD -> new OfRecord(schema, levels, around.defined());
      case ARRAY, MAP -> new OfRepeated(schema, levels, around.defined());
      default -> leaf(around.defined());
    };
  }

  private Leaf leaf(int absent) {
    Leaf leaf = new Leaf(descriptors.next(), absent);
    leaves.add(leaf);
    return leaf;
  }

  /** A column. */
  private final class Leaf extends Slot {
    private final ColumnDescriptor column;
    private final int present;
    private final int absent;
    private @Nullable ColumnWriter writer;

    Leaf(ColumnDescriptor column, int absent) {
      this.column = column;
      this.present = column.getMaxDefinitionLevel();
      this.absent = absent;
    }

    @Override
    public void none() {
      writer.writeNull(repetition, absent);
    }

    @Override
    public void bool(boolean value) {
      writer.write(value, repetition, present);
    }

    @Override
    public void number(int value) {
      writer.write(value, repetition, present);
    }

    @Override
    public void number(long value) {
      writer.write(value, repetition, present);
    }

    @Override
    public void number(float value) {
      writer.write(value, repetition, present);
    }

    @Override
    public void number(double value) {
      writer.write(value, repetition, present);
    }

    @Override
    public void bytes(byte[] bytes, int from, int length) {
      writer.write(Binary.fromReusedByteArray(bytes, from, length), repetition, present);
    }
  }

  /** A group of columns, which are all null when it is. */
  private abstract class Group extends Slot {
    private final int absent;
    private final int first = leaves.size();
    private int end;

    Group(int absent) {
      this.absent = absent;
    }

    /** Declares that all columns of the group have been added. */
    void complete() {
      end = leaves.size();
    }

    @Override
    public void none() {
      none(repetition, absent);
    }

    void none(int repeated, int defined) {
      for (int i = first; i < end; i++) {
        leaves.get(i).writer.writeNull(repeated, defined);
      }
    }
  }

  private final class OfRecord extends Group {
    private final Slot[] fields;

    OfRecord(Schema schema, Levels levels, int absent) {
      super(absent);
      this.fields =
          schema.getFields().stream()
              .map(field -> slot(field.schema(), levels))
              .toArray(Slot[]::new);
      complete();
    }

    @Override
    public void begin() {
      // Only the columns are in the file.
    }

    @Override
    public void end() {
      // As above.
    }

    @Override
    public Slot part(int part) {
      return fields[part];
    }
  }

  /** A list or a map: a group around a repeated group. */
  private final class OfRepeated extends Group {
    private final Slot[] parts;
    private final Levels levels;
    private int before;
    private boolean isEmpty;

    OfRepeated(Schema schema, Levels levels, int absent) {
      super(absent);
      this.levels = levels;
      Levels inside = levels.inRepeated();
      this.parts =
          schema.getType() == Schema.Type.ARRAY
              ? new Slot[] {slot(schema.getElementType(), inside)}
              : new Slot[] {leaf(inside.defined()), slot(schema.getValueType(), inside)};
      complete();
    }

    @Override
    public void begin() {
      before = repetition;
      isEmpty = true;
    }

    @Override
    public void next() {
      // The first element has the level of the list that goes on around this one.
      repetition = isEmpty ? before : levels.repeated() + 1;
      isEmpty = false;
    }

    @Override
    public void end() {
      repetition = before;
      if (isEmpty) {
        none(before, levels.defined());
      }
    }

    @Override
    public Slot part(int part) {
      return parts[part];
    }
  }
}
