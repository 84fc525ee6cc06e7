/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import io.sluice.format.columnar.ColumnarValue;
import io.sluice.format.parquet.record.ObjectCell;
import io.sluice.format.parquet.record.RecordCell;
import io.sluice.format.parquet.record.RecordCells;
import io.sluice.format.parquet.record.RepeatedCell;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapKeyValueTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Assembles records from columns, as {@link ColumnarValue} values.
 *
 * <p>parquet-avro is not used: it has no decimals of integers, no nanoseconds and no unsigned
 * numbers, and it needs Hadoop.
 */
final class ParquetDecoder extends RecordMaterializer<RecordCells> {
  private final RecordCells root;

  ParquetDecoder(MessageType schema) {
    root = new RecordCells(schema.getFields().stream().map(ParquetDecoder::cell).toList());
  }

  private static RecordCell cell(Type field) {
    if (field.isRepetition(Type.Repetition.REPEATED)) {
      return new RepeatedCell(field.getName(), to -> converter(field, to));
    }
    return field.isPrimitive()
        ? ParquetScalars.cell(field.asPrimitiveType())
        : new ObjectCell(field.getName(), to -> converter(field, to));
  }

  /** Returns the record that was read last: the same cells with other values each time. */
  @Override
  public RecordCells getCurrentRecord() {
    return root;
  }

  @Override
  public GroupConverter getRootConverter() {
    return root;
  }

  /** Creates a converter for one occurrence of a field. */
  static Converter converter(Type type, Consumer<@Nullable Object> to) {
    if (type.isPrimitive()) {
      return ParquetScalars.of(type.asPrimitiveType(), to);
    }
    GroupType group = type.asGroupType();
    LogicalTypeAnnotation logical = group.getLogicalTypeAnnotation();
    if (ParquetVariants.isVariant(group)) {
      return ParquetVariants.of(group, to);
    }
    boolean isRepeated =
        group.getFieldCount() == 1 && group.getType(0).isRepetition(Type.Repetition.REPEATED);
    if (isRepeated && logical instanceof ListLogicalTypeAnnotation) {
      return new ListConverter(group, to);
    }
    boolean isMap =
        logical instanceof MapLogicalTypeAnnotation || logical instanceof MapKeyValueTypeAnnotation;
    if (isRepeated && isMap && isPair(group.getType(0))) {
      return new MapConverter(group.getType(0).asGroupType(), to);
    }
    return new Fields(group, to::accept);
  }

  private static boolean isPair(Type type) {
    return !type.isPrimitive() && type.asGroupType().getFieldCount() == 2;
  }

  /** A group of named fields; null fields are left out. */
  private static final class Fields extends GroupConverter {
    private final Consumer<Map<String, Object>> to;
    private final Converter[] fields;

    /** The names of repeated fields that are not marked as lists. */
    private final List<String> repeated = new ArrayList<>();

    private Map<String, Object> current = Map.of();

    Fields(GroupType type, Consumer<Map<String, Object>> to) {
      this.to = to;
      this.fields = new Converter[type.getFieldCount()];
      for (int i = 0; i < fields.length; i++) {
        Type field = type.getType(i);
        String name = field.getName();
        if (field.isRepetition(Type.Repetition.REPEATED)) {
          repeated.add(name);
          fields[i] = converter(field, value -> elements(name).add(value));
        } else {
          fields[i] = converter(field, value -> current.put(name, value));
        }
      }
    }

    @SuppressWarnings("unchecked") // start() put it there
    private List<@Nullable Object> elements(String name) {
      return (List<Object>) current.get(name);
    }

    @Override
    public Converter getConverter(int field) {
      return fields[field];
    }

    @Override
    public void start() {
      current = new LinkedHashMap<>(fields.length * 2);
      for (String name : repeated) {
        current.put(name, new ArrayList<>());
      }
    }

    @Override
    public void end() {
      to.accept(current);
    }
  }

  /** A list of three levels (list, element wrapper, element) or, in old files, two. */
  private static final class ListConverter extends GroupConverter {
    private final Consumer<@Nullable Object> to;
    private final Converter elements;
    private List<@Nullable Object> current = new ArrayList<>();

    ListConverter(GroupType list, Consumer<@Nullable Object> to) {
      this.to = to;
      Type repeated = list.getType(0);
      this.elements =
          isElement(repeated, list.getName())
              ? converter(repeated, value -> current.add(value))
              : new Place(repeated.asGroupType().getType(0), value -> current.add(value));
    }

    /** Applies Parquet's rules for files that predate the standard list structure. */
    private static boolean isElement(Type repeated, String listName) {
      if (repeated.isPrimitive() || repeated.asGroupType().getFieldCount() > 1) {
        return true;
      }
      return repeated.asGroupType().getType(0).isRepetition(Type.Repetition.REPEATED)
          || repeated.getName().equals("array")
          || repeated.getName().equals(listName + "_tuple");
    }

    @Override
    public Converter getConverter(int field) {
      return elements;
    }

    @Override
    public void start() {
      current = new ArrayList<>();
    }

    @Override
    public void end() {
      to.accept(current);
    }
  }

  /** The wrapper of a list element, which allows the element to be null. */
  private static final class Place extends GroupConverter {
    private final Consumer<@Nullable Object> to;
    private final Converter element;
    private @Nullable Object current;

    Place(Type element, Consumer<@Nullable Object> to) {
      this.to = to;
      this.element = converter(element, value -> current = value);
    }

    @Override
    public Converter getConverter(int field) {
      return element;
    }

    @Override
    public void start() {
      current = null;
    }

    @Override
    public void end() {
      to.accept(current);
    }
  }

  /** A map: key and value, repeated. */
  private static final class MapConverter extends GroupConverter {
    private final Consumer<@Nullable Object> to;
    private final Pair pair;
    private List<Map.Entry<Object, @Nullable Object>> current = new ArrayList<>();

    MapConverter(GroupType pair, Consumer<@Nullable Object> to) {
      this.to = to;
      this.pair = new Pair(pair, entry -> current.add(entry));
    }

    @Override
    public Converter getConverter(int field) {
      return pair;
    }

    @Override
    public void start() {
      current = new ArrayList<>();
    }

    @Override
    public void end() {
      to.accept(ColumnarValue.map(current));
    }
  }

  private static final class Pair extends GroupConverter {
    private final Consumer<Map.Entry<Object, @Nullable Object>> to;
    private final Converter[] fields;
    private final @Nullable Object[] current = new Object[2];

    Pair(GroupType type, Consumer<Map.Entry<Object, @Nullable Object>> to) {
      this.to = to;
      this.fields =
          new Converter[] {
            converter(type.getType(0), value -> current[0] = value),
            converter(type.getType(1), value -> current[1] = value)
          };
    }

    @Override
    public Converter getConverter(int field) {
      return fields[field];
    }

    @Override
    public void start() {
      current[0] = null;
      current[1] = null;
    }

    @Override
    public void end() {
      to.accept(new SimpleEntry<>(current[0], current[1]));
    }
  }
}
