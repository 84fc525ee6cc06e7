/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import io.sluice.format.columnar.ColumnarValue.Unusable;
import io.sluice.format.parquet.VariantBytes.VariantNames;
import io.sluice.item.InvalidItemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.VariantLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Reads the values of a column of variants, whether they are whole, in the column {@code value}, or
 * shredded: values of common types in columns of their own, under {@code typed_value}, and only the
 * rest in {@code value}.
 */
final class ParquetVariants extends GroupConverter {
  private static final String METADATA = "metadata";
  private static final String VALUE = "value";
  private static final String TYPED = "typed_value";

  private final Consumer<@Nullable Object> to;
  private final Parts parts;

  private ParquetVariants(GroupType type, Consumer<@Nullable Object> to) {
    this.to = to;
    this.parts = new Parts(type, unused -> {});
  }

  /** Reads and drops the values of a field that is not part of a variant. */
  private static Converter ignored(Type type) {
    if (type.isPrimitive()) {
      return ParquetScalars.of(type.asPrimitiveType(), unused -> {});
    }
    List<Converter> fields =
        type.asGroupType().getFields().stream().map(ParquetVariants::ignored).toList();
    return new GroupConverter() {
      @Override
      public Converter getConverter(int field) {
        return fields.get(field);
      }

      @Override
      public void start() {}

      @Override
      public void end() {}
    };
  }

  static ParquetVariants of(GroupType type, Consumer<@Nullable Object> to) {
    return new ParquetVariants(type, to);
  }

  /**
   * Whether a group is a variant; one that is only annotated as such is read as an ordinary group.
   */
  static boolean isVariant(GroupType group) {
    return group.getLogicalTypeAnnotation() instanceof VariantLogicalTypeAnnotation
        && group.containsField(METADATA)
        && isOneBinary(group.getType(METADATA))
        && hasParts(group);
  }

  private static boolean hasParts(Type type) {
    if (type.isPrimitive()) {
      return false;
    }
    GroupType group = type.asGroupType();
    if (group.containsField(VALUE) && !isOneBinary(group.getType(VALUE))) {
      return false;
    }
    return group.containsField(TYPED) ? isTyped(group.getType(TYPED)) : group.containsField(VALUE);
  }

  private static boolean isOneBinary(Type type) {
    return type.isPrimitive()
        && !type.isRepetition(Type.Repetition.REPEATED)
        && type.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY;
  }

  private static boolean isTyped(Type type) {
    if (type.isRepetition(Type.Repetition.REPEATED)) {
      return false;
    } else if (type.isPrimitive()) {
      return true;
    }
    GroupType group = type.asGroupType();
    if (!isList(group)) {
      return group.getFields().stream().allMatch(ParquetVariants::hasParts);
    }
    return group.getFieldCount() == 1
        && group.getType(0).isRepetition(Type.Repetition.REPEATED)
        && !group.getType(0).isPrimitive()
        && group.getType(0).asGroupType().getFieldCount() == 1
        && hasParts(group.getType(0).asGroupType().getType(0));
  }

  private static boolean isList(GroupType group) {
    return group.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation;
  }

  @Override
  public Converter getConverter(int field) {
    return parts.getConverter(field);
  }

  @Override
  public void start() {
    parts.start();
  }

  @Override
  public void end() {
    to.accept(whole());
  }

  private @Nullable Object whole() {
    try {
      byte[] names = parts.metadata;
      if (names == null) {
        throw VariantBytes.malformed("it has no metadata");
      }
      return parts.shred().value(new VariantNames(names));
    } catch (InvalidItemException e) {
      byte[] raw = parts.value == null ? new byte[0] : parts.value;
      return new Unusable(e.reason(), String.valueOf(e.getMessage()), raw);
    }
  }

  /** The parts of a variant, or of a value within one. */
  private static final class Parts extends GroupConverter {
    private final Consumer<VariantShred> to;
    private final Converter[] fields;
    private byte @Nullable [] metadata;
    private byte @Nullable [] value;
    private @Nullable Object typed;

    Parts(GroupType type, Consumer<VariantShred> to) {
      this.to = to;
      this.fields = new Converter[type.getFieldCount()];
      for (int i = 0; i < fields.length; i++) {
        Type field = type.getType(i);
        fields[i] =
            switch (field.getName()) {
              case METADATA -> new Bytes(bytes -> metadata = bytes);
              case VALUE -> new Bytes(bytes -> value = bytes);
              case TYPED -> typed(field, part -> typed = part);
              default -> ignored(field);
            };
      }
    }

    private static Converter typed(Type type, Consumer<@Nullable Object> to) {
      if (type.isPrimitive()) {
        return ParquetScalars.of(type.asPrimitiveType(), to);
      }
      GroupType group = type.asGroupType();
      return isList(group) ? new ListParts(group, to) : new ObjectParts(group, to);
    }

    VariantShred shred() {
      return new VariantShred(value, typed);
    }

    @Override
    public Converter getConverter(int field) {
      return fields[field];
    }

    @Override
    public void start() {
      metadata = null;
      value = null;
      typed = null;
    }

    @Override
    public void end() {
      to.accept(shred());
    }
  }

  private static final class Bytes extends PrimitiveConverter {
    private final Consumer<byte[]> to;

    Bytes(Consumer<byte[]> to) {
      this.to = to;
    }

    @Override
    public void addBinary(Binary bytes) {
      to.accept(bytes.getBytes());
    }
  }

  private static final class ObjectParts extends GroupConverter {
    private final Consumer<@Nullable Object> to;
    private final Converter[] fields;
    private Map<String, VariantShred> current = Map.of();

    ObjectParts(GroupType type, Consumer<@Nullable Object> to) {
      this.to = to;
      this.fields = new Converter[type.getFieldCount()];
      for (int i = 0; i < fields.length; i++) {
        GroupType field = type.getType(i).asGroupType();
        fields[i] = new Parts(field, shred -> current.put(field.getName(), shred));
      }
    }

    @Override
    public Converter getConverter(int field) {
      return fields[field];
    }

    @Override
    public void start() {
      current = new LinkedHashMap<>();
    }

    @Override
    public void end() {
      to.accept(new VariantShred.Members(current));
    }
  }

  private static final class ListParts extends GroupConverter {
    private final Consumer<@Nullable Object> to;
    private final GroupConverter place;
    private List<VariantShred> current = List.of();

    ListParts(GroupType type, Consumer<@Nullable Object> to) {
      this.to = to;
      GroupType element = type.getType(0).asGroupType().getType(0).asGroupType();
      Parts parts = new Parts(element, shred -> current.add(shred));
      this.place =
          new GroupConverter() {
            private int before;

            @Override
            public Converter getConverter(int field) {
              return parts;
            }

            @Override
            public void start() {
              before = current.size();
            }

            @Override
            public void end() {
              if (current.size() == before) {
                current.add(new VariantShred(null, null));
              }
            }
          };
    }

    @Override
    public Converter getConverter(int field) {
      return place;
    }

    @Override
    public void start() {
      current = new ArrayList<>();
    }

    @Override
    public void end() {
      to.accept(new VariantShred.Elements(current));
    }
  }
}
