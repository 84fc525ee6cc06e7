/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Walks through JSON without making anything of it. It believes that the JSON is well-formed where
 * that costs nothing to believe: its clients are tests.
 */
final class JsonCursor {
  private final byte[] json;
  private final int end;
  private int at;
  private int stringStart;
  private int stringEnd;
  private boolean escaped;

  JsonCursor(byte[] json, int start, int end) {
    this.json = json;
    this.at = start;
    this.end = end;
  }

  byte[] json() {
    return json;
  }

  /** Where the next byte is that was not walked over. */
  int at() {
    return at;
  }

  /** The next byte that is no white space. */
  byte peek() throws ServiceError {
    while (at < end) {
      byte b = json[at];
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return b;
      }
      at++;
    }
    throw ServiceError.serialization();
  }

  void expect(char c) throws ServiceError {
    if (peek() != c) {
      throw ServiceError.serialization();
    }
    at++;
  }

  private boolean skip(char c) throws ServiceError {
    if (peek() != c) {
      return false;
    }
    at++;
    return true;
  }

  /** Goes to the first element or name of what was just opened; false when it is empty. */
  boolean first(char close) throws ServiceError {
    return !skip(close);
  }

  /** Goes to the next element or name; false, and behind the end, when there is none. */
  boolean next(char close) throws ServiceError {
    if (skip(',')) {
      return true;
    }
    expect(close);
    return false;
  }

  /** Reads a name and its colon. */
  void name() throws ServiceError {
    string();
    expect(':');
  }

  /** Reads a string, of which the other methods tell until the next one is read. */
  void string() throws ServiceError {
    expect('"');
    byte[] bytes = json;
    int i = at;
    stringStart = i;
    escaped = false;
    while (i < end) {
      byte b = bytes[i];
      if (b == '"') {
        stringEnd = i;
        at = i + 1;
        return;
      }
      if (b == '\\') {
        escaped = true;
        i++;
      }
      i++;
    }
    throw ServiceError.serialization();
  }

  int stringStart() {
    return stringStart;
  }

  int stringEnd() {
    return stringEnd;
  }

  boolean stringIs(byte[] text) {
    int length = stringEnd - stringStart;
    if (length != text.length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (json[stringStart + i] != text[i]) {
        return false;
      }
    }
    return true;
  }

  /** The string as it is spelled; for names and such, which need no escapes. */
  String rawString() {
    return new String(json, stringStart, stringEnd - stringStart, US_ASCII);
  }

  /** The bytes of the string in UTF-8 when its escapes are taken away. */
  int stringBytes() {
    return escaped ? unescapedBytes() : stringEnd - stringStart;
  }

  private int unescapedBytes() {
    int bytes = 0;
    int i = stringStart;
    while (i < stringEnd) {
      if (json[i] != '\\') {
        bytes++;
        i++;
      } else if (json[i + 1] != 'u') {
        bytes++;
        i += 2;
      } else {
        int c = Integer.parseInt(new String(json, i + 2, 4, US_ASCII), 16);
        // Of a pair of surrogates each is half of 4 bytes.
        boolean surrogate = c >= 0xD800 && c <= 0xDFFF;
        bytes += c < 0x80 ? 1 : c < 0x800 || surrogate ? 2 : 3;
        i += 6;
      }
    }
    return bytes;
  }

  /** A hash of 64 bits of the string as it is spelled. */
  long stringHash() {
    long h = 0xcbf29ce484222325L;
    for (int i = stringStart; i < stringEnd; i++) {
      h = (h ^ json[i]) * 0x100000001b3L;
    }
    return mix(h);
  }

  /** Spreads the bits of a hash. */
  static long mix(long hash) {
    long h = hash;
    h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
    h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return h ^ (h >>> 33);
  }

  void skipValue() throws ServiceError {
    switch (peek()) {
      case '"' -> string();
      case '{', '[' -> skipNested();
      default -> skipBare();
    }
  }

  private void skipNested() throws ServiceError {
    int depth = 0;
    do {
      byte b = peek();
      if (b == '"') {
        string();
        continue;
      }
      at++;
      if (b == '{' || b == '[') {
        depth++;
      } else if (b == '}' || b == ']') {
        depth--;
      }
    } while (depth > 0);
  }

  private void skipBare() throws ServiceError {
    int start = at;
    while (at < end && ",]} \n\r\t".indexOf(json[at]) < 0) {
      at++;
    }
    if (at == start) {
      throw ServiceError.serialization();
    }
  }
}
