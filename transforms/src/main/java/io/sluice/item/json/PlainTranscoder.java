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
 * Converts plain JSON to the bytes of {@link ItemCoder}, as {@link PlainJson} describes, without
 * maps or value objects. Not for use by several threads.
 */
final class PlainTranscoder {
  private final JsonInput in;
  private final DraftNames names;
  private ItemDraft draft = new ItemDraft();
  private ByteWriter out = draft.out();

  PlainTranscoder(JsonInput in) {
    this.in = in;
    this.names = new DraftNames(in);
  }

  /**
   * Reads the next object into a draft, which is {@linkplain ItemDraft#clear clear} and is not
   * {@linkplain ItemDraft#end ended}.
   *
   * @throws IOException when it is not an object, or is truncated
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
    switch (in.peek()) {
      case '"' -> {
        in.string();
        out.writeByte(ValueTag.S);
        out.writeBytes(in.source(), in.from(), in.length());
      }
      case 't', 'f' -> out.writeByte(in.bool() ? ValueTag.TRUE : ValueTag.FALSE);
      case 'n' -> {
        in.takeNull();
        out.writeByte(ValueTag.NULL);
      }
      case '[' -> list(depth + 1);
      case '{' -> {
        out.writeByte(ValueTag.M);
        draft.begin();
        attributes(depth + 1);
        draft.end();
      }
      default -> {
        in.exactNumber();
        PackedNumber.write(in.source(), in.from(), in.to(), out);
      }
    }
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
