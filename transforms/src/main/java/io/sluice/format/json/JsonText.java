/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.sluice.format.stream.Utf8;
import io.sluice.item.InvalidItemException;
import java.io.IOException;

/** Checks text against RFC 8259. */
public final class JsonText {
  private static final JsonFactory STRICT =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** A sentence without its subject, the file. */
  public static final String UTF_16 = "it is UTF-16, and only UTF-8 is read: convert it before";

  private static final int BYTES_LOOKED_AT = 16;

  private JsonText() {}

  /** Whether a file is UTF-16, judged by its byte order mark or by every other byte being zero. */
  public static boolean isUtf16(byte[] head) {
    if (head.length < 2) {
      return false;
    }
    int mark = (head[0] & 0xFF) << 8 | (head[1] & 0xFF);
    if (mark == 0xFFFE || mark == 0xFEFF) {
      return true;
    }
    return head.length >= BYTES_LOOKED_AT && (zeros(head, 0) || zeros(head, 1));
  }

  private static boolean zeros(byte[] head, int first) {
    for (int i = 0; i < BYTES_LOOKED_AT; i++) {
      if ((head[i] == 0) != (i % 2 == first)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the bytes are exactly one value, without duplicate names in an object. */
  static boolean isValid(byte[] utf8) {
    try (JsonParser in = STRICT.createParser(Utf8.decode(utf8))) {
      if (in.nextToken() == null) {
        return false;
      }
      in.skipChildren();
      return in.nextToken() == null;
    } catch (IOException | InvalidItemException e) {
      return false;
    }
  }
}
