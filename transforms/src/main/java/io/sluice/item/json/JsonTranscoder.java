/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.json;

import io.sluice.item.ItemCoder;
import io.sluice.item.ItemDraft;
import io.sluice.item.codec.ByteWriter;
import io.sluice.item.codec.ValueTag;
import java.io.IOException;
import java.util.Arrays;

/**
 * Converts JSON to the bytes of {@link ItemCoder}, without maps or value objects: objects and lists
 * of whatever values. Not for use by several threads.
 */
abstract class JsonTranscoder {
  final JsonInput in;
  private ItemDraft draft;

  /** The bytes of the item that is being read. */
  ByteWriter out;

  /**
   * @param draft is used until there is another
   */
  JsonTranscoder(JsonInput in, ItemDraft draft) {
    this.in = in;
    this.draft = draft;
    this.out = draft.out();
  }

  /**
   * Reads the next item into a draft, which is {@linkplain ItemDraft#clear clear} and is not
   * {@linkplain ItemDraft#end ended}.
   *
   * @throws IOException when it is not an item, or is truncated
   * @throws IllegalArgumentException likewise
   */
  public final void item(ItemDraft item) throws IOException {
    draft = item;
    out = item.out();
    draft.begin();
    attributes(1);
  }

  /** Reads a value and writes it to {@link #out}. */
  abstract void value(int depth) throws IOException;

  /** Writes an M, whose members are next. */
  final void map(int depth) throws IOException {
    out.writeByte(ValueTag.M);
    draft.begin();
    attributes(depth);
    draft.end();
  }

  private void attributes(int depth) throws IOException {
    in.expect('{');
    if (!in.take('}')) {
      do {
        name();
        in.expect(':');
        value(depth);
      } while (in.another('}'));
    }
  }

  /** Takes the name of an attribute, which is most likely that of the item before. */
  private void name() throws IOException {
    byte[] likely = draft.likelyName();
    if (likely != null && in.takeString(likely)) {
      draft.likely();
      return;
    }
    in.string();
    byte[] utf8 = Arrays.copyOfRange(in.source(), in.from(), in.to());
    if (in.isEscaped()) {
      // It does not have the same bytes in the JSON.
      draft.name(in.name(), utf8);
    } else {
      draft.keepName(in.name(), utf8);
    }
  }

  /** Writes an L, whose elements are next. */
  final void list(int depth) throws IOException {
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
