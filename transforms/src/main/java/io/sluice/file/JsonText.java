/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.sluice.item.InvalidItemException;
import java.io.IOException;

/** Judges text by the rules of RFC 8259. */
final class JsonText {
  private static final JsonFactory STRICT =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private JsonText() {}

  /** Whether the bytes are one value, in which no object has a name twice. */
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
