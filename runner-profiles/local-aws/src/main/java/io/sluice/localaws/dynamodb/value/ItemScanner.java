/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.JsonParser;
import io.sluice.localaws.dynamodb.value.ItemCodec.Tag;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

/**
 * Encodes items right from the bytes of their JSON, if they are of the kind that nearly all are:
 * without sets, escapes, names that come twice, or anything wrong. It has no messages; {@link
 * ValueReader} reads all other items from their start on, and finds what is wrong.
 */
final class ItemScanner extends JsonCursor {

  /** Limits the count of attributes, so that it takes one byte. */
  private static final int MAX_COUNT = 127;

  private static final int MAX_LEVEL = 16;
  private static final int COMPACT_DIGITS = 18;

  private final ItemParser parser;
  private int[] names = new int[64];
  private int named;
  private long size;
  private Wording wording;

  private ItemScanner(ItemParser parser) {
    super(parser.bytes(), parser.position(), parser.end());
    this.parser = parser;
  }

  /** Starts behind the current token; gives null if {@code json} is not to be had as bytes. */
  static ItemScanner of(JsonParser json) {
    if (!(json instanceof ItemParser parser)) {
      return null;
    }
    ItemScanner scanner = parser.scanner(ItemScanner::new);
    scanner.at = parser.position();
    return scanner;
  }

  /** Has the parser read the brace that was passed last. */
  void leaveAtEnd() throws IOException {
    parser.moveTo(at - 1);
    parser.nextToken();
  }

  /**
   * Encodes the rest of an item behind its first brace, and gives null if it cannot: then nothing
   * may be read on.
   */
  Map<String, Value> members(Wording newWording) {
    wording = newWording;
    to = ItemCodec.HEADER;
    size = 0;
    named = 0;
    int count = attributes(1);
    return count < 0 ? null : new EncodedItem(Arrays.copyOf(out, to), count, size);
  }

  /** Encodes attributes up to the brace behind them, and counts them, or gives -1. */
  private int attributes(int level) {
    int begin = to;
    int firstName = named;
    int count = 0;
    if (!reserve(RESERVE)) {
      return -1;
    }
    to++;
    if (skip('}')) {
      out[begin] = 0;
      return 0;
    }
    do {
      if (count == MAX_COUNT || !name(firstName) || !skip(':') || !skip('{') || !value(level)) {
        return -1;
      }
      count++;
    } while (skip(','));
    out[begin] = (byte) count;
    named = firstName;
    return skip('}') ? count : -1;
  }

  /** Encodes a name that is not empty and not there yet. */
  private boolean name(int first) {
    int begin = to;
    if (!skip('"') || !text() || out[begin] == 0) {
      return false;
    }
    int hash = to - begin;
    for (int i = begin; i < to; i++) {
      hash = hash * 31 + out[i];
    }
    for (int i = first; i < named; i += 3) {
      if (names[i] == hash && Arrays.equals(out, names[i + 1], names[i + 2], out, begin, to)) {
        return false;
      }
    }
    if (named + 3 > names.length) {
      names = Arrays.copyOf(names, 2 * names.length);
    }
    names[named++] = hash;
    names[named++] = begin;
    names[named++] = to;
    return true;
  }

  /** Encodes a value behind its first brace, which has one member. */
  private boolean value(int level) {
    if (next() != '"' || end - at < RESERVE / 4 || !reserve(RESERVE)) {
      return false;
    }
    byte type = json[at + 1];
    if (json[at + 2] == '"') {
      at += 3;
      return skip(':') && single(type, level) && skip('}');
    }
    if (skip(BOOL) && skip(':')) {
      size++;
      if (skip(TRUE)) {
        out[to++] = Tag.TRUE;
      } else if (skip(FALSE)) {
        out[to++] = Tag.FALSE;
      } else {
        return false;
      }
      return skip('}');
    }
    size++;
    out[to++] = Tag.NULL;
    return skip(NULL) && skip(':') && skip(TRUE) && skip('}');
  }

  /** Encodes the content of a value whose type has a name of one letter. */
  private boolean single(byte type, int level) {
    return switch (type) {
      case 'S' -> {
        out[to++] = Tag.STRING;
        yield skip('"') && text();
      }
      case 'N' -> skip('"') && number();
      case 'B' -> skip('"') && binary();
      case 'M' -> {
        out[to++] = Tag.MAP;
        int count = level < MAX_LEVEL && skip('{') ? attributes(level + 1) : -1;
        size += 3 + count;
        yield count >= 0;
      }
      case 'L' -> {
        out[to++] = Tag.LIST;
        yield level < MAX_LEVEL && skip('[') && list(level + 1);
      }
      default -> false;
    };
  }

  private boolean list(int level) {
    int begin = to++;
    int count = 0;
    if (!skip(']')) {
      do {
        if (count == MAX_COUNT || !skip('{') || !value(level)) {
          return false;
        }
        count++;
      } while (skip(','));
      if (!skip(']')) {
        return false;
      }
    }
    out[begin] = (byte) count;
    size += 3 + count;
    return true;
  }

  /** Encodes a text behind its first quote. */
  private boolean text() {
    int begin = at;
    int length = endOfText(begin) - begin;
    if (length < 0 || !reserve(length + RESERVE)) {
      return false;
    }
    count(length);
    copy(json, begin, length);
    size += length;
    return true;
  }

  private boolean binary() {
    int begin = at;
    int length = endOfText(begin) - begin;
    if (length < 0 || !reserve(length + RESERVE)) {
      return false;
    }
    byte[] bytes;
    try {
      bytes = JsonScalars.decode(new String(json, begin, length, ISO_8859_1)).array();
    } catch (DynamoDbException e) {
      return false;
    }
    out[to++] = Tag.BYTES;
    count(bytes.length);
    copy(bytes, 0, bytes.length);
    size += bytes.length;
    return true;
  }

  /** Encodes a number behind its first quote; most have some digits and no exponent. */
  private boolean number() {
    int begin = at;
    int p = begin;
    boolean negative = p < end && json[p] == '-';
    p += negative ? 1 : 0;
    long value = 0;
    int digits = 0;
    int zeros = 0;
    int point = -1;
    int first = p;
    for (; p < end; p++) {
      int digit = json[p] - '0';
      if (digit == 0) {
        zeros += digits > 0 ? 1 : 0;
      } else if (digit > 0 && digit <= 9) {
        digits += zeros + 1;
        if (digits > COMPACT_DIGITS) {
          return rareNumber(begin);
        }
        for (; zeros > 0; zeros--) {
          value *= 10;
        }
        value = value * 10 + digit;
      } else if (json[p] == '.' && point < 0) {
        point = p;
      } else {
        break;
      }
    }
    int seen = p - first - (point < 0 ? 0 : 1);
    if (p == end || json[p] != '"' || seen == 0 || seen > 2 * COMPACT_DIGITS) {
      return rareNumber(begin);
    }
    at = p + 1;
    int scale = digits == 0 ? 0 : (point < 0 ? 0 : p - point - 1) - zeros;
    out[to++] = Tag.NUMBER;
    signed(scale);
    signed(negative ? -value : value);
    size += digits == 0 ? 1 : Sizes.ofNumber(digits, -scale, negative);
    return true;
  }

  private boolean rareNumber(int begin) {
    int close = endOfText(begin);
    if (close < 0 || !reserve(RESERVE)) {
      return false;
    }
    try {
      String text = new String(json, begin, close - begin, ISO_8859_1);
      NumberScanner number = Numbers.scan(text, wording);
      ItemWriter writer = new ItemWriter(0);
      number.writeTo(writer);
      byte[] encoded = writer.toArray();
      copy(encoded, 0, encoded.length);
      size += number.bytes();
      return true;
    } catch (DynamoDbException e) {
      return false;
    }
  }
}
