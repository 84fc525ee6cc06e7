/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sluice.item.ItemCoder;

/**
 * Encodes numbers in their plain spelling as a scale and an unscaled long. Only spellings that come
 * back exactly are packed: {@code -?(0|[1-9]\d*)(\.\d+)?} of at most 18 digits, and no negative
 * zero.
 */
public final class PackedNumber {
  /** The result of {@link #scaleOf} for a text that stays text. */
  static final int NOT_PACKABLE = -1;

  private static final int MAX_DIGITS = 18;
  private static final int MAX_CHARS = MAX_DIGITS + 2;

  /** The number of zeros behind the point from which a spelling is not taken for canonical. */
  private static final int MAX_ZEROS = 7;

  private static final long LIMIT = 1_000_000_000_000_000_000L;

  private PackedNumber() {}

  /**
   * Returns the number of digits after the point, 0 to 17; {@link #NOT_PACKABLE} for other texts.
   */
  public static int scaleOf(String text) {
    int length = text.length();
    if (length == 0 || length > MAX_CHARS) {
      return NOT_PACKABLE;
    }
    int start = text.charAt(0) == '-' ? 1 : 0;
    int point = -1;
    boolean zero = true;
    for (int i = start; i < length; i++) {
      char c = text.charAt(i);
      if (c == '.' && point < 0) {
        point = i;
      } else if (c < '0' || c > '9') {
        return NOT_PACKABLE;
      } else if (c != '0') {
        zero = false;
      }
    }
    int whole = (point < 0 ? length : point) - start;
    int scale = point < 0 ? 0 : length - point - 1;
    boolean plain =
        whole > 0
            && whole + scale <= MAX_DIGITS
            && (point < 0 || scale > 0)
            && (whole == 1 || text.charAt(start) != '0')
            && !(zero && start == 1);
    return plain ? scale : NOT_PACKABLE;
  }

  /** Returns the digits of a packable text, without its point, with its sign. */
  static long unscaled(String text) {
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0') {
        value = value * 10 + (c - '0');
      }
    }
    return text.charAt(0) == '-' ? -value : value;
  }

  /**
   * Writes a number, given as ASCII text, in the format of {@link ItemCoder}: packed if possible.
   */
  public static void write(byte[] text, int from, int to, ByteWriter out) {
    int at = from;
    boolean negative = at < to && text[at] == '-';
    if (negative) {
      at++;
    }
    int first = at;
    int point = -1;
    long value = 0;
    // A text with too many digits is detected by their number.
    for (; at < to && at - first <= MAX_CHARS; at++) {
      int c = text[at];
      if (c >= '0' && c <= '9') {
        value = value * 10 + (c - '0');
      } else if (c == '.' && point < 0) {
        point = at;
      } else {
        break;
      }
    }
    int whole = (point < 0 ? at : point) - first;
    int scale = point < 0 ? 0 : at - point - 1;
    boolean plain =
        at == to
            && whole > 0
            && whole + scale <= MAX_DIGITS
            && (point < 0 || scale > 0)
            && (whole == 1 || text[first] != '0')
            && !(value == 0 && negative);
    if (!plain) {
      out.writeByte(ValueTag.N_TEXT);
      out.writeBytes(text, from, to - from);
      return;
    }
    if (scale == 0) {
      out.writeByte(ValueTag.N_WHOLE);
    } else {
      out.writeByte(ValueTag.N_DECIMAL);
      out.writeByte(scale);
    }
    out.writeZigzag(negative ? -value : value);
  }

  /**
   * Writes the canonical spelling of a number, given as ASCII text, in the format of {@link
   * ItemCoder}, if the text differs from it at most in zeros at its end: {@code 1.50} as {@code
   * 1.5}.
   *
   * @return false, and writes nothing, for other texts: those that are no number among them
   */
  public static boolean writeCanonical(byte[] text, int from, int to, ByteWriter out) {
    int end = to;
    int point = from;
    while (point < to && text[point] != '.') {
      point++;
    }
    if (point < to) {
      while (end > point + 1 && text[end - 1] == '0') {
        end--;
      }
      // The point of 1.000 goes, too, but that of "1." makes it no number for us.
      end = end == point + 1 && to > end ? point : end;
      if (hasManyZeros(text, point, end)) {
        return false;
      }
    }
    int start = out.size();
    write(text, from, end, out);
    if (out.array()[start] == ValueTag.N_TEXT) {
      out.truncate(start);
      return false;
    }
    return true;
  }

  /**
   * Writes unscaled × 10^−scale, spelt with that many digits behind its point, in the format of
   * {@link ItemCoder}.
   *
   * @return false, and writes nothing, when that is not packed, or is so small that {@link
   *     java.math.BigDecimal} spells it with an exponent
   */
  public static boolean write(long unscaled, int scale, ByteWriter out) {
    if (scale < 0 || scale >= MAX_DIGITS || unscaled <= -LIMIT || unscaled >= LIMIT) {
      return false;
    }
    if (scale == 0) {
      out.writeByte(ValueTag.N_WHOLE);
    } else {
      int digits = digits(Math.abs(unscaled));
      int whole = Math.max(1, digits - scale);
      if (whole + scale > MAX_DIGITS || scale - digits >= MAX_ZEROS - 1) {
        return false;
      }
      out.writeByte(ValueTag.N_DECIMAL);
      out.writeByte(scale);
    }
    out.writeZigzag(unscaled);
    return true;
  }

  /**
   * Writes unscaled × 10^−scale in its canonical spelling, which has no zeros at its end.
   *
   * @return false, and writes nothing, as {@link #write(long, int, ByteWriter)}
   */
  public static boolean writeCanonical(long unscaled, int scale, ByteWriter out) {
    long value = unscaled;
    int digitsBehind = scale;
    while (digitsBehind > 0 && value % 10 == 0) {
      value /= 10;
      digitsBehind--;
    }
    return write(value, digitsBehind, out);
  }

  /** Returns how many digits a number has, of 0 or more; 1 for 0. */
  private static int digits(long value) {
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    return digits;
  }

  /** Whether a number is so small that its canonical spelling has an exponent. */
  private static boolean hasManyZeros(byte[] text, int point, int end) {
    int at = point + 1;
    while (at < end && text[at] == '0') {
      at++;
    }
    return at - point - 1 >= MAX_ZEROS;
  }

  public static void checkUnscaled(long unscaled) {
    if (unscaled <= -LIMIT || unscaled >= LIMIT) {
      throw CorruptBytes.because("a packed number is out of bounds");
    }
  }

  /** Returns the text that packs to this scale and unscaled value. */
  public static String text(long unscaled, int scale) {
    checkUnscaled(unscaled);
    if (scale < 0 || scale >= MAX_DIGITS) {
      throw CorruptBytes.because("a packed number is out of bounds");
    }
    if (scale == 0) {
      return Long.toString(unscaled);
    }
    byte[] out = new byte[MAX_CHARS];
    int at = MAX_CHARS;
    long rest = Math.abs(unscaled);
    for (int i = 0; i < scale; i++) {
      out[--at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    out[--at] = '.';
    do {
      out[--at] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest != 0);
    if (unscaled < 0) {
      out[--at] = '-';
    }
    return new String(out, at, MAX_CHARS - at, ISO_8859_1);
  }
}
