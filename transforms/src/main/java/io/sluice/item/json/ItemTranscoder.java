/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.json;

import io.sluice.item.ItemCoder;
import io.sluice.item.codec.ByteWriter;
import io.sluice.item.codec.PackedNumber;
import io.sluice.item.codec.ValueTag;
import io.sluice.item.codec.Values;
import java.io.IOException;
import java.util.Arrays;

/**
 * Converts typed attributes in JSON to the bytes of {@link ItemCoder}, without maps or value
 * objects. Not for use by several threads.
 */
public final class ItemTranscoder {
  private static final int FIRST_NAMES = 64;

  private final JsonInput in;
  private final SetTranscoder sets;
  private final AttributeOrder order = new AttributeOrder();
  private final ByteWriter out = new ByteWriter(1 << 10);
  private final ByteWriter sorted = new ByteWriter(1 << 10);

  // Names and start positions of the attributes whose item or map has not ended yet. Names are kept
  // beyond that.
  private String[] names = new String[FIRST_NAMES];
  private byte[][] nameBytes = new byte[FIRST_NAMES][];
  private int[] starts = new int[FIRST_NAMES];
  private int open;

  public ItemTranscoder(JsonInput in) {
    this.in = in;
    this.sets = new SetTranscoder(in);
  }

  /**
   * Reads the next item, and writes the length of its bytes and the bytes.
   *
   * @throws IOException when it is not an item, or is truncated
   * @throws IllegalArgumentException likewise
   */
  public void copyTo(ByteWriter block) throws IOException {
    out.clear();
    open = 0;
    attributes(1);
    block.writeBytes(out.array(), 0, out.size());
  }

  private void attributes(int depth) throws IOException {
    int countAt = beginCount();
    int first = open;
    in.expect('{');
    if (!in.take('}')) {
      do {
        name();
        in.expect(':');
        value(depth);
      } while (in.another('}'));
    }
    int count = open - first;
    int[] places = order.of(names, first, count);
    if (places != null) {
      sort(first, places);
    }
    open = first;
    out.setVarInt(countAt, count);
  }

  private int beginCount() {
    int at = out.size();
    out.writeByte(0);
    return at;
  }

  /** Reads and writes the name of an attribute, which is most likely that of the item before. */
  private void name() throws IOException {
    if (open == names.length) {
      names = Arrays.copyOf(names, 2 * open);
      nameBytes = Arrays.copyOf(nameBytes, 2 * open);
      starts = Arrays.copyOf(starts, 2 * open);
    }
    if (nameBytes[open] == null || !in.takeString(nameBytes[open])) {
      in.string();
      names[open] = in.name();
      // A name with escapes does not have the same bytes in the response.
      nameBytes[open] = in.isEscaped() ? null : Arrays.copyOfRange(in.source(), in.from(), in.to());
    }
    starts[open] = out.size();
    open++;
    out.writeBytes(in.source(), in.from(), in.length());
  }

  /** Sorts the last attributes by their names. */
  private void sort(int first, int[] places) {
    sorted.clear();
    int end = out.size();
    for (int place : places) {
      int start = starts[first + place];
      int stop = first + place + 1 == open ? end : starts[first + place + 1];
      sorted.writeRaw(out.array(), start, stop - start);
    }
    System.arraycopy(sorted.array(), 0, out.array(), starts[first], sorted.size());
  }

  private void value(int depth) throws IOException {
    Values.checkDepth(depth);
    switch (type()) {
      case ValueTag.S -> {
        in.string();
        out.writeByte(ValueTag.S);
        out.writeBytes(in.source(), in.from(), in.length());
      }
      case ValueTag.N_TEXT -> {
        in.string();
        PackedNumber.write(in.source(), in.from(), in.to(), out);
      }
      case ValueTag.B -> {
        out.writeByte(ValueTag.B);
        out.writeBytes(sets.binary());
      }
      case ValueTag.TRUE -> out.writeByte(in.bool() ? ValueTag.TRUE : ValueTag.FALSE);
      case ValueTag.NULL -> {
        if (!in.bool()) {
          throw new IllegalArgumentException(Values.NO_TYPE);
        }
        out.writeByte(ValueTag.NULL);
      }
      case ValueTag.SS -> sets.strings(out);
      case ValueTag.NS -> sets.numbers(out);
      case ValueTag.BS -> sets.binaries(out);
      case ValueTag.L -> list(depth + 1);
      default -> {
        out.writeByte(ValueTag.M);
        attributes(depth + 1);
      }
    }
    in.expect('}');
  }

  /** Reads the beginning of a value and the name of its type. */
  private int type() throws IOException {
    int letter = in.takeLetter();
    if (letter == 0) {
      in.expect('{');
      in.string();
      in.expect(':');
      byte[] name = in.source();
      int from = in.from();
      int length = in.length();
      if (length == 2 && name[from + 1] == 'S') {
        return setOf(name[from]);
      }
      if (isWord("BOOL", name, from, length)) {
        return ValueTag.TRUE;
      }
      if (isWord("NULL", name, from, length)) {
        return ValueTag.NULL;
      }
      letter = length == 1 ? name[from] : 0;
    }
    return switch (letter) {
      case 'S' -> ValueTag.S;
      case 'N' -> ValueTag.N_TEXT;
      case 'B' -> ValueTag.B;
      case 'L' -> ValueTag.L;
      case 'M' -> ValueTag.M;
      default -> throw noSuchType();
    };
  }

  private static int setOf(int letter) throws IOException {
    return switch (letter) {
      case 'S' -> ValueTag.SS;
      case 'N' -> ValueTag.NS;
      case 'B' -> ValueTag.BS;
      default -> throw noSuchType();
    };
  }

  private static IOException noSuchType() {
    return DamagedJson.because("a value of no known type");
  }

  private static boolean isWord(String word, byte[] source, int from, int length) {
    if (length != word.length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (source[from + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void list(int depth) throws IOException {
    out.writeByte(ValueTag.L);
    int countAt = beginCount();
    int count = 0;
    in.expect('[');
    if (!in.take(']')) {
      do {
        value(depth);
        count++;
      } while (in.another(']'));
    }
    out.setVarInt(countAt, count);
  }
}
