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
public final class ItemTranscoder {
  private final JsonInput in;
  private final SetTranscoder sets;
  private final DraftNames names;
  private ItemDraft draft = new ItemDraft();
  private ByteWriter out = draft.out();

  public ItemTranscoder(JsonInput in) {
    this.in = in;
    this.sets = new SetTranscoder(in);
    this.names = new DraftNames(in);
  }

  /**
   * Reads the next item, and writes the length of its bytes and the bytes.
   *
   * @throws IOException when it is not an item, or is truncated
   * @throws IllegalArgumentException likewise
   */
  public void copyTo(ByteWriter block) throws IOException {
    draft.clear();
    item(draft);
    draft.end();
    block.writeBytes(out.array(), 0, out.size());
  }

  /**
   * Reads the next item into a draft, which is {@linkplain ItemDraft#clear clear} and is not
   * {@linkplain ItemDraft#end ended}.
   *
   * @throws IOException when it is not an item, or is truncated
   * @throws IllegalArgumentException likewise
   */
  void item(ItemDraft item) throws IOException {
    draft = item;
    out = item.out();
    draft.begin();
    attributes(1);
  }

  private void attributes(int depth) throws IOException {
    in.expect('{');
    if (!in.take('}')) {
      do {
        names.take(draft);
        in.expect(':');
        value(depth);
      } while (in.another('}'));
    }
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
        draft.begin();
        attributes(depth + 1);
        draft.end();
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
    int countAt = out.size();
    out.writeByte(0);
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
