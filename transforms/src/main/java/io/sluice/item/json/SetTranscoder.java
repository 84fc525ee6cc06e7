/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.item.ItemCoder;
import io.sluice.item.codec.ByteWriter;
import io.sluice.item.codec.PackedNumber;
import io.sluice.item.codec.ValueTag;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Converts sets in JSON to the bytes of {@link ItemCoder}, in which their elements are sorted. */
final class SetTranscoder {
  private final JsonInput in;

  SetTranscoder(JsonInput in) {
    this.in = in;
  }

  void strings(ByteWriter out) throws IOException {
    String[] elements = texts();
    out.writeByte(ValueTag.SS);
    out.writeVarInt(elements.length);
    for (String element : elements) {
      out.writeString(element);
    }
  }

  void numbers(ByteWriter out) throws IOException {
    String[] elements = texts();
    out.writeByte(ValueTag.NS);
    out.writeVarInt(elements.length);
    for (String element : elements) {
      byte[] text = element.getBytes(UTF_8);
      PackedNumber.write(text, 0, text.length, out);
    }
  }

  /** Returns the elements of a set, sorted. */
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

  void binaries(ByteWriter out) throws IOException {
    List<byte[]> elements = new ArrayList<>();
    in.expect('[');
    if (!in.take(']')) {
      do {
        elements.add(binary());
      } while (in.another(']'));
    }
    elements.sort(Arrays::compareUnsigned);
    out.writeByte(ValueTag.BS);
    out.writeVarInt(elements.size());
    elements.forEach(out::writeBytes);
  }

  /** Takes a string that contains Base64. */
  byte[] binary() throws IOException {
    in.string();
    ByteBuffer decoded =
        Base64.getDecoder().decode(ByteBuffer.wrap(in.source(), in.from(), in.length()));
    byte[] bytes = new byte[decoded.remaining()];
    decoded.get(bytes);
    return bytes;
  }
}
