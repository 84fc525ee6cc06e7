/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.codec;

import io.sluice.item.ItemCoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Writes items in the format of {@link ItemCoder}. */
public final class ValueWriter {
  private static final int INITIAL_CAPACITY = 512;

  private final ByteWriter out;

  private ValueWriter(ByteWriter out) {
    this.out = out;
  }

  public static ByteWriter write(Map<String, AttributeValue> item) {
    ValueWriter writer = new ValueWriter(new ByteWriter(INITIAL_CAPACITY));
    writer.writeAttributes(item, 1);
    return writer.out;
  }

  /** Writes one value, with its {@link ValueTag}. */
  public static void write(AttributeValue value, ByteWriter out) {
    new ValueWriter(out).writeValue(value, 1);
  }

  private void writeAttributes(Map<String, AttributeValue> attributes, int depth) {
    out.writeVarInt(attributes.size());
    // Decoded items, and those of many readers, are in order already.
    if (inOrder(attributes)) {
      for (Map.Entry<String, AttributeValue> attribute : attributes.entrySet()) {
        out.writeString(attribute.getKey());
        writeValue(attribute.getValue(), depth);
      }
    } else {
      for (String name : NameOrder.sorted(attributes.keySet().toArray(new String[0]))) {
        out.writeString(name);
        writeValue(attributes.get(name), depth);
      }
    }
  }

  private static boolean inOrder(Map<String, AttributeValue> attributes) {
    String last = null;
    for (String name : attributes.keySet()) {
      if (name == null) {
        return false;
      }
      if (last != null && last.compareTo(name) >= 0) {
        return false;
      }
      last = name;
    }
    return true;
  }

  private void writeValue(@Nullable AttributeValue value, int depth) {
    Values.checkDepth(depth);
    switch (Values.requireType(value)) {
      case S -> {
        out.writeByte(ValueTag.S);
        out.writeString(value.s());
      }
      case N -> writeNumber(value.n());
      case B -> {
        out.writeByte(ValueTag.B);
        out.writeBytes(value.b().asByteArrayUnsafe());
      }
      case BOOL -> out.writeByte(value.bool() ? ValueTag.TRUE : ValueTag.FALSE);
      case NUL -> out.writeByte(ValueTag.NULL);
      case SS -> {
        out.writeByte(ValueTag.SS);
        out.writeVarInt(value.ss().size());
        for (String element : sorted(value.ss().toArray(new String[0]))) {
          out.writeString(element);
        }
      }
      case NS -> {
        out.writeByte(ValueTag.NS);
        out.writeVarInt(value.ns().size());
        for (String element : sorted(value.ns().toArray(new String[0]))) {
          writeNumber(element);
        }
      }
      case BS -> {
        out.writeByte(ValueTag.BS);
        writeBinaries(value.bs());
      }
      case L -> {
        out.writeByte(ValueTag.L);
        out.writeVarInt(value.l().size());
        for (AttributeValue element : value.l()) {
          writeValue(element, depth + 1);
        }
      }
      case M -> {
        out.writeByte(ValueTag.M);
        writeAttributes(value.m(), depth + 1);
      }
      default -> throw new IllegalArgumentException(Values.NO_TYPE);
    }
  }

  private void writeNumber(String text) {
    int scale = PackedNumber.scaleOf(text);
    if (scale == PackedNumber.NOT_PACKABLE) {
      out.writeByte(ValueTag.N_TEXT);
      out.writeString(text);
      return;
    }
    if (scale == 0) {
      out.writeByte(ValueTag.N_WHOLE);
    } else {
      out.writeByte(ValueTag.N_DECIMAL);
      out.writeByte(scale);
    }
    out.writeZigzag(PackedNumber.unscaled(text));
  }

  private void writeBinaries(List<SdkBytes> elements) {
    byte[][] arrays = new byte[elements.size()][];
    for (int i = 0; i < arrays.length; i++) {
      SdkBytes element = elements.get(i);
      if (element == null) {
        throw new IllegalArgumentException("an element of a set is null");
      }
      arrays[i] = element.asByteArrayUnsafe();
    }
    Arrays.sort(arrays, Arrays::compareUnsigned);
    out.writeVarInt(arrays.length);
    for (byte[] array : arrays) {
      out.writeBytes(array);
    }
  }

  private static String[] sorted(String[] strings) {
    for (String string : strings) {
      if (string == null) {
        throw new IllegalArgumentException("an element of a set is null");
      }
    }
    Arrays.sort(strings);
    return strings;
  }
}
