/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Turns typed attributes in JSON into the bytes of {@link ItemCoder}, without a map or a value
 * object on the way. Not for use by several threads.
 */
final class ItemTranscoder {
  private static final int FIRST_NAMES = 64;

  private final JsonInput in;
  private final AttributeOrder order = new AttributeOrder();
  private final ByteWriter out = new ByteWriter(1 << 10);
  private final ByteWriter sorted = new ByteWriter(1 << 10);

  // Of the attributes whose item or map is not at its end: their names, and where they begin.
  private String[] names = new String[FIRST_NAMES];
  private int[] starts = new int[FIRST_NAMES];
  private int open;

  ItemTranscoder(JsonInput in) {
    this.in = in;
  }

  /**
   * Reads the item that comes next, and writes the length of its bytes and them.
   *
   * @throws IOException when it is no item, or ends early
   * @throws IllegalArgumentException likewise
   */
  void copyTo(ByteWriter block) throws IOException {
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
        in.string();
        begin(in.name());
        out.writeBytes(in.source(), in.from(), in.length());
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

  private void begin(String name) {
    if (open == names.length) {
      names = Arrays.copyOf(names, 2 * open);
      starts = Arrays.copyOf(starts, 2 * open);
    }
    names[open] = name;
    starts[open] = out.size();
    open++;
  }

  /** Puts the last attributes into the order of their names. */
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
    in.expect('{');
    in.string();
    int type = type(in.source(), in.from(), in.length());
    in.expect(':');
    switch (type) {
      case ValueWriter.S -> {
        in.string();
        out.writeByte(type);
        out.writeBytes(in.source(), in.from(), in.length());
      }
      case ValueWriter.N_TEXT -> {
        in.string();
        PackedNumber.write(in.source(), in.from(), in.to(), out);
      }
      case ValueWriter.B -> {
        out.writeByte(type);
        out.writeBytes(binary());
      }
      case ValueWriter.TRUE -> out.writeByte(in.bool() ? type : ValueWriter.FALSE);
      case ValueWriter.NULL -> {
        if (!in.bool()) {
          throw new IllegalArgumentException(Values.NO_TYPE);
        }
        out.writeByte(type);
      }
      case ValueWriter.SS -> strings();
      case ValueWriter.NS -> numbers();
      case ValueWriter.BS -> binaries();
      case ValueWriter.L -> list(depth + 1);
      default -> {
        out.writeByte(type);
        attributes(depth + 1);
      }
    }
    in.expect('}');
  }

  private static int type(byte[] source, int from, int length) throws IOException {
    if (length == 1) {
      switch (source[from]) {
        case 'S':
          return ValueWriter.S;
        case 'N':
          return ValueWriter.N_TEXT;
        case 'B':
          return ValueWriter.B;
        case 'L':
          return ValueWriter.L;
        case 'M':
          return ValueWriter.M;
        default:
      }
    } else if (length == 2 && source[from + 1] == 'S') {
      switch (source[from]) {
        case 'S':
          return ValueWriter.SS;
        case 'N':
          return ValueWriter.NS;
        case 'B':
          return ValueWriter.BS;
        default:
      }
    } else if (isWord("BOOL", source, from, length)) {
      return ValueWriter.TRUE;
    } else if (isWord("NULL", source, from, length)) {
      return ValueWriter.NULL;
    }
    throw JsonInput.damaged("a value of no known type");
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

  private byte[] binary() throws IOException {
    in.string();
    ByteBuffer decoded =
        Base64.getDecoder().decode(ByteBuffer.wrap(in.source(), in.from(), in.length()));
    byte[] bytes = new byte[decoded.remaining()];
    decoded.get(bytes);
    return bytes;
  }

  private void list(int depth) throws IOException {
    out.writeByte(ValueWriter.L);
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

  private void strings() throws IOException {
    String[] elements = texts();
    out.writeByte(ValueWriter.SS);
    out.writeVarInt(elements.length);
    for (String element : elements) {
      out.writeString(element);
    }
  }

  private void numbers() throws IOException {
    String[] elements = texts();
    out.writeByte(ValueWriter.NS);
    out.writeVarInt(elements.length);
    for (String element : elements) {
      byte[] text = element.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      PackedNumber.write(text, 0, text.length, out);
    }
  }

  /** The elements of a set, in order. */
  private String[] texts() throws IOException {
    List<String> elements = new ArrayList<>();
    in.expect('[');
    if (!in.take(']')) {
      do {
        in.string();
        elements.add(in.text());
      } while (in.another(']'));
    }
    String[] texts = elements.toArray(new String[0]);
    Arrays.sort(texts);
    return texts;
  }

  private void binaries() throws IOException {
    List<byte[]> elements = new ArrayList<>();
    in.expect('[');
    if (!in.take(']')) {
      do {
        elements.add(binary());
      } while (in.another(']'));
    }
    elements.sort(Arrays::compareUnsigned);
    out.writeByte(ValueWriter.BS);
    out.writeVarInt(elements.size());
    elements.forEach(out::writeBytes);
  }
}
