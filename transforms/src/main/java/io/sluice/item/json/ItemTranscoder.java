/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.json;

import io.sluice.item.ItemCoder;
import io.sluice.item.ItemDraft;
import io.sluice.item.codec.ByteWriter;
import io.sluice.item.codec.PackedNumber;
import io.sluice.item.codec.ValueTag;
import io.sluice.item.codec.Values;
import java.io.IOException;

/**
 * Converts typed attributes in JSON to the bytes of {@link ItemCoder}, without maps or value
 * objects. Not for use by several threads.
 */
public final class ItemTranscoder extends JsonTranscoder {
  private final SetTranscoder sets;
  private final ItemDraft own;

  public ItemTranscoder(JsonInput in) {
    this(in, new ItemDraft());
  }

  private ItemTranscoder(JsonInput in, ItemDraft own) {
    super(in, own);
    this.sets = new SetTranscoder(in);
    this.own = own;
  }

  /**
   * Reads the next item, and writes the length of its bytes and the bytes.
   *
   * @throws IOException when it is not an item, or is truncated
   * @throws IllegalArgumentException likewise
   */
  public void copyTo(ByteWriter block) throws IOException {
    own.clear();
    item(own);
    own.end();
    block.writeBytes(out.array(), 0, out.size());
  }

  @Override
  void value(int depth) throws IOException {
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
      default -> map(depth + 1);
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
}
