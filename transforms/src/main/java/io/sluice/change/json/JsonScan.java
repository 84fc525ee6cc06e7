/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.json;

import java.io.IOException;

/**
 * Finds the end of a JSON object, as RFC 8259 has it. It stops at the first byte that is not JSON,
 * so that of a record that is cut off little of what follows is taken for a part of it. Bytes that
 * are not ASCII are not looked at.
 */
final class JsonScan {
  /** More levels than any change has: 32 of values, two of JSON each, and those around them. */
  static final int MOST_LEVELS = 128;

  /** The most bytes of an object: an event of Lambda has up to 6 MiB. */
  static final int MOST_BYTES = 16 << 20;

  /** How a scan has ended. */
  enum Outcome {
    /** The object is whole. */
    WHOLE,
    /** The bytes end before the object does. */
    CUT_OFF,
    /** A byte is not where JSON allows it. */
    BROKEN,
    /** The object has more bytes than allowed. */
    TOO_LONG
  }

  private static final int VALUE = 0;
  private static final int NAME = 1;
  private static final int FIRST_NAME = 2;
  private static final int FIRST_ELEMENT = 3;
  private static final int AFTER_VALUE = 4;

  private final ByteWindow bytes;
  private final boolean[] isList = new boolean[MOST_LEVELS + 1];
  private long at;
  private Outcome outcome = Outcome.BROKEN;

  JsonScan(ByteWindow bytes) {
    this.bytes = bytes;
  }

  /** Returns the offset behind the object, or of the byte at which the scan stopped. */
  long end() {
    return at;
  }

  /**
   * Scans an object.
   *
   * @param start the offset of its bracket
   * @param most how many bytes it may have
   */
  Outcome scan(long start, long most) throws IOException {
    at = start + 1;
    return scan(start, most, FIRST_NAME);
  }

  /**
   * Scans the rest of an object, which begins with the name of a member.
   *
   * @param start the offset of the name, or of white space before it
   * @param most how many bytes it may have
   */
  Outcome scanMembers(long start, long most) throws IOException {
    at = start;
    return scan(start, most, NAME);
  }

  /**
   * Scans a value that is neither object nor list.
   *
   * @param start its offset
   * @param most how many bytes it may have
   */
  Outcome scanScalar(long start, long most) throws IOException {
    at = start;
    return scalar(bytes.at(start), start, most) ? Outcome.WHOLE : outcome;
  }

  private Outcome scan(long start, long most, int first) throws IOException {
    int depth = 1;
    isList[1] = false;
    int expected = first;
    while (depth > 0) {
      if (at - start > most) {
        return Outcome.TOO_LONG;
      }
      int b = next();
      switch (expected) {
        case FIRST_NAME, NAME -> {
          if (b == '"') {
            if (!string(start, most) || !colon()) {
              return outcome;
            }
            expected = VALUE;
          } else if (b == '}' && expected == FIRST_NAME) {
            at++;
            depth--;
            expected = AFTER_VALUE;
          } else {
            return failed(b);
          }
        }
        case FIRST_ELEMENT, VALUE -> {
          if (b == '{' || b == '[') {
            if (depth == MOST_LEVELS) {
              return Outcome.BROKEN;
            }
            at++;
            depth++;
            isList[depth] = b == '[';
            expected = b == '[' ? FIRST_ELEMENT : FIRST_NAME;
          } else if (b == ']' && expected == FIRST_ELEMENT) {
            at++;
            depth--;
            expected = AFTER_VALUE;
          } else if (scalar(b, start, most)) {
            expected = AFTER_VALUE;
          } else {
            return outcome;
          }
        }
        default -> {
          if (b == ',') {
            at++;
            expected = isList[depth] ? VALUE : NAME;
          } else if (b == (isList[depth] ? ']' : '}')) {
            at++;
            depth--;
          } else {
            return failed(b);
          }
        }
      }
    }
    return at - start > most ? Outcome.TOO_LONG : Outcome.WHOLE;
  }

  /** Skips white space, and returns the next byte without taking it. */
  private int next() throws IOException {
    int b = bytes.at(at);
    while (b == ' ' || b == '\n' || b == '\r' || b == '\t') {
      b = bytes.at(++at);
    }
    return b;
  }

  private Outcome failed(int b) {
    outcome = b == ByteWindow.END ? Outcome.CUT_OFF : Outcome.BROKEN;
    return outcome;
  }

  private boolean colon() throws IOException {
    int b = next();
    if (b != ':') {
      failed(b);
      return false;
    }
    at++;
    return true;
  }

  private boolean scalar(int first, long start, long most) throws IOException {
    return switch (first) {
      case '"' -> string(start, most);
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> number(first);
    };
  }

  private boolean word(String word) throws IOException {
    for (int i = 0; i < word.length(); i++) {
      int b = bytes.at(at);
      if (b != word.charAt(i)) {
        failed(b);
        return false;
      }
      at++;
    }
    return true;
  }

  private boolean number(int first) throws IOException {
    if (first == '-') {
      at++;
    }
    if (bytes.at(at) == '0') {
      at++;
    } else if (!digits()) {
      return false;
    }
    if (bytes.at(at) == '.') {
      at++;
      if (!digits()) {
        return false;
      }
    }
    int b = bytes.at(at);
    if (b == 'e' || b == 'E') {
      at++;
      b = bytes.at(at);
      at += b == '+' || b == '-' ? 1 : 0;
      return digits();
    }
    return true;
  }

  /** Takes digits, one or more. */
  private boolean digits() throws IOException {
    int b = bytes.at(at);
    if (b < '0' || b > '9') {
      failed(b);
      return false;
    }
    while (b >= '0' && b <= '9') {
      b = bytes.at(++at);
    }
    return true;
  }

  /** Takes a string, whose quote is next. */
  private boolean string(long start, long most) throws IOException {
    at++;
    while (true) {
      int b = bytes.at(at);
      if (b == '"') {
        at++;
        return true;
      }
      if (b == '\\') {
        at++;
        if (!escape()) {
          return false;
        }
      } else if (b < ' ') {
        failed(b);
        return false;
      } else {
        at++;
      }
      if (at - start > most) {
        outcome = Outcome.TOO_LONG;
        return false;
      }
    }
  }

  private boolean escape() throws IOException {
    int b = bytes.at(at);
    if (b == 'u') {
      for (int i = 0; i < 4; i++) {
        b = bytes.at(++at);
        if (Character.digit(b, 16) < 0) {
          failed(b);
          return false;
        }
      }
    } else if (b < 0 || "\"\\/bfnrt".indexOf(b) < 0) {
      failed(b);
      return false;
    }
    at++;
    return true;
  }
}
