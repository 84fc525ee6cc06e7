/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.ion;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.item.InvalidItemException;
import io.sluice.item.Reason;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Takes the tokens of Ion text, which is valid UTF-8, one after the other. */
final class IonTokens {
  static final int END = -1;

  private final byte[] text;
  private int at;

  IonTokens(byte[] text) {
    this.text = text;
  }

  /** Skips white space and comments, and returns the next byte without taking it, or END. */
  int next() throws InvalidItemException {
    while (at < text.length) {
      int b = text[at];
      if (IonText.isSpace(b)) {
        at++;
      } else if (b == '/' && (byteAt(at + 1) == '/' || byteAt(at + 1) == '*')) {
        skipComment();
      } else {
        return b & 0xFF;
      }
    }
    return END;
  }

  private int byteAt(int index) {
    return index < text.length ? text[index] & 0xFF : END;
  }

  private void skipComment() throws InvalidItemException {
    boolean line = text[at + 1] == '/';
    at += 2;
    while (at < text.length) {
      int b = text[at++];
      if (line ? b == '\n' : b == '*' && byteAt(at) == '/') {
        at += line ? 0 : 1;
        return;
      }
    }
    if (!line) {
      throw malformed("a comment that is not closed");
    }
  }

  /** Whether these bytes come next; takes nothing. */
  boolean isAt(String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      if (byteAt(at + i) != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Skips white space and comments, and takes these bytes if they come next. */
  boolean takes(String ascii) throws InvalidItemException {
    next();
    if (!isAt(ascii)) {
      return false;
    }
    at += ascii.length();
    return true;
  }

  /** Takes these bytes, which have to come next, behind white space and comments. */
  void take(String ascii) throws InvalidItemException {
    if (!takes(ascii)) {
      throw malformed("no " + ascii + " where one must be");
    }
  }

  /** Takes a name, a keyword or a number: all up to a delimiter, perhaps nothing. */
  String word() {
    int start = at;
    while (at < text.length && !IonText.isSpace(text[at]) && ",:{}[]()\"'/".indexOf(text[at]) < 0) {
      at++;
    }
    return new String(text, start, at - start, ISO_8859_1);
  }

  /** Takes a text in double quotes, in single ones, or in three single ones, as one or several. */
  String quoted() throws InvalidItemException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (!isAt("'''")) {
      int quote = text[at++];
      while (byteAt(at) != quote) {
        character(out, false);
      }
      at++;
    } else {
      while (takes("'''")) {
        while (!isAt("'''")) {
          character(out, true);
        }
        at += 3;
      }
    }
    return out.toString(UTF_8);
  }

  /** Takes a character or an escape of a quoted text. */
  private void character(ByteArrayOutputStream out, boolean isLong) throws InvalidItemException {
    int b = byteAt(at++);
    if (b == END) {
      throw malformed("a text that is not closed");
    }
    if (b == '\\') {
      escape(out);
    } else if (isLong && b == '\r') {
      // Every line end within three quotes is a newline.
      at += byteAt(at) == '\n' ? 1 : 0;
      out.write('\n');
    } else if (b < ' ' && b != '\t' && b != 0x0B && b != '\f' && !(isLong && b == '\n')) {
      throw malformed("a control character in a text");
    } else {
      out.write(b);
    }
  }

  private void escape(ByteArrayOutputStream out) throws InvalidItemException {
    int b = byteAt(at++);
    switch (b) {
      case '0' -> out.write(0);
      case 'a' -> out.write(7);
      case 'b' -> out.write('\b');
      case 't' -> out.write('\t');
      case 'n' -> out.write('\n');
      case 'f' -> out.write('\f');
      case 'r' -> out.write('\r');
      case 'v' -> out.write(0x0B);
      case '"', '\'', '?', '\\', '/' -> out.write(b);
      case '\n' -> {
        // A line that goes on in the next one.
      }
      case '\r' -> at += byteAt(at) == '\n' ? 1 : 0;
      case 'x' -> codePoint(out, hex(2));
      case 'u' -> codePoint(out, pair(hex(4)));
      case 'U' -> codePoint(out, hex(8));
      default -> throw malformed("an unknown escape in a text");
    }
  }

  /** Completes a code point whose first half, of UTF-16, was taken. */
  private int pair(int half) throws InvalidItemException {
    if (!Character.isBmpCodePoint(half) || !Character.isHighSurrogate((char) half)) {
      return half;
    }
    if (!isAt("\\u")) {
      return half;
    }
    at += 2;
    int other = hex(4);
    boolean low = Character.isLowSurrogate((char) other);
    return low ? Character.toCodePoint((char) half, (char) other) : half;
  }

  private int hex(int digits) throws InvalidItemException {
    long value = 0;
    for (int i = 0; i < digits; i++) {
      int digit = Character.digit(byteAt(at++), 16);
      if (digit < 0) {
        throw malformed("an escape without its digits in a text");
      }
      value = value * 16 + digit;
    }
    return (int) Math.min(value, Integer.MAX_VALUE);
  }

  private static void codePoint(ByteArrayOutputStream out, int code) throws InvalidItemException {
    boolean isSurrogate = code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE;
    if (!Character.isValidCodePoint(code) || isSurrogate) {
      throw malformed("an escape that is no character in a text");
    }
    out.writeBytes(Character.toString(code).getBytes(UTF_8));
  }

  /** Takes the bytes of a blob, behind its two brackets; null when it is a clob. */
  byte @Nullable [] blob() throws InvalidItemException {
    ByteArrayOutputStream base64 = new ByteArrayOutputStream();
    while (at < text.length && text[at] != '}') {
      if (text[at] == '"' || text[at] == '\'') {
        return null;
      }
      if (!IonText.isSpace(text[at])) {
        base64.write(text[at]);
      }
      at++;
    }
    if (!isAt("}}") || base64.size() % 4 != 0) {
      throw malformed("a blob that is no Base64");
    }
    at += 2;
    try {
      return Base64.getDecoder().decode(base64.toByteArray());
    } catch (IllegalArgumentException e) {
      // The message quotes the text.
      throw malformed("a blob that is no Base64");
    }
  }

  static InvalidItemException malformed(String what) {
    return new InvalidItemException(Reason.MALFORMED, "not valid Ion text: " + what);
  }
}
