/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.json;

import io.sluice.item.ItemCoder;
import io.sluice.item.ItemDraft;
import io.sluice.item.codec.PackedNumber;
import io.sluice.item.codec.ValueTag;
import io.sluice.item.codec.Values;
import java.io.IOException;

/**
 * Converts plain JSON to the bytes of {@link ItemCoder}, as {@link PlainJson} describes, without
 * maps or value objects. Not for use by several threads.
 */
final class PlainTranscoder extends JsonTranscoder {
  PlainTranscoder(JsonInput in) {
    super(in, new ItemDraft());
  }

  @Override
  void value(int depth) throws IOException {
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
      case '{' -> map(depth + 1);
      default -> {
        in.exactNumber();
        PackedNumber.write(in.source(), in.from(), in.to(), out);
      }
    }
  }
}
