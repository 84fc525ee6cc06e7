/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.localaws.dynamodb.value.ItemCodec.Tag;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;

/**
 * Turns what {@link ItemCodec} made of items into JSON, without decoding it in between.
 *
 * <p>The JSON says what {@link ValueJson} writes of the same items; only characters beyond the
 * basic plane are in UTF-8 here, as the service has them, and escaped there.
 */
public final class ItemJson {

  private static final byte[] STRING = bytes("{\"S\":");
  private static final byte[] NUMBER = bytes("{\"N\":");
  private static final byte[] BINARY = bytes("{\"B\":");
  private static final byte[] TRUE = bytes("{\"BOOL\":true}");
  private static final byte[] FALSE = bytes("{\"BOOL\":false}");
  private static final byte[] NULL = bytes("{\"NULL\":true}");
  private static final byte[] STRINGS = bytes("{\"SS\":[");
  private static final byte[] NUMBERS = bytes("{\"NS\":[");
  private static final byte[] BINARIES = bytes("{\"BS\":[");
  private static final byte[] LIST = bytes("{\"L\":[");
  private static final byte[] MAP = bytes("{\"M\":");
  private static final byte[] END = bytes("]}");

  /** Is how much is collected before the generator gets it. */
  private static final int PART_BYTES = 32 * 1024;

  private final JsonGenerator json;
  private final JsonBytes out = new JsonBytes();
  private int count;

  private ItemJson(JsonGenerator json) {
    this.json = json;
  }

  /** Writes an element of a set or a list. */
  private interface Element {
    void write();
  }

  private static byte[] bytes(String json) {
    return json.getBytes(US_ASCII);
  }

  /** Starts an array of items; nobody else may use the generator until its {@link #end}. */
  public static ItemJson startArray(JsonGenerator json) throws IOException {
    json.writeStartArray();
    return new ItemJson(json);
  }

  /**
   * Adds an item to the array.
   *
   * @param offset where it begins in {@code encoded}, where it ends
   * @throws IllegalArgumentException when {@link ItemCodec} did not make it
   */
  public void add(byte[] encoded, int offset) throws IOException {
    if (count > 0) {
      out.raw(',');
    } else {
      JsonBytes.startValue(json);
    }
    count++;
    transcode(encoded, offset);
    if (out.size() >= PART_BYTES) {
      out.writeTo(json);
    }
  }

  /** Ends the array. */
  public void end() throws IOException {
    if (out.size() > 0) {
      out.writeTo(json);
    }
    json.writeEndArray();
  }

  /** Writes a single item. */
  public static void write(JsonGenerator json, byte[] encoded, int offset) throws IOException {
    ItemJson item = new ItemJson(json);
    item.transcode(encoded, offset);
    JsonBytes.startValue(json);
    item.out.writeTo(json);
  }

  private void transcode(byte[] encoded, int offset) {
    Transcoder transcoder = new Transcoder(encoded, offset);
    transcoder.item();
    transcoder.end();
  }

  private final class Transcoder extends ItemCursor {

    Transcoder(byte[] encoded, int offset) {
      super(encoded, offset);
    }

    void item() {
      out.raw('{');
      int attributes = count();
      for (int i = 0; i < attributes; i++) {
        if (i > 0) {
          out.raw(',');
        }
        text();
        out.raw(':');
        value();
      }
      out.raw('}');
    }

    private void text() {
      int length = count();
      out.string(bytes, at, length);
      at += length;
    }

    private void value() {
      int tag = next();
      switch (tag) {
        case Tag.STRING -> {
          out.raw(STRING);
          text();
          out.raw('}');
        }
        case Tag.NUMBER, Tag.WIDE_NUMBER -> {
          out.raw(NUMBER);
          number(tag);
          out.raw('}');
        }
        case Tag.BYTES -> {
          out.raw(BINARY);
          binary();
          out.raw('}');
        }
        case Tag.TRUE -> out.raw(TRUE);
        case Tag.FALSE -> out.raw(FALSE);
        case Tag.NULL -> out.raw(NULL);
        case Tag.STRINGS -> elements(STRINGS, this::text);
        case Tag.NUMBERS -> elements(NUMBERS, () -> number(next()));
        case Tag.BINARIES -> elements(BINARIES, this::binary);
        case Tag.LIST -> elements(LIST, this::value);
        case Tag.MAP -> {
          out.raw(MAP);
          item();
          out.raw('}');
        }
        default -> throw new IllegalArgumentException("an encoded item has the tag " + tag);
      }
    }

    private void elements(byte[] start, Element element) {
      out.raw(start);
      int elements = count();
      for (int i = 0; i < elements; i++) {
        if (i > 0) {
          out.raw(',');
        }
        element.write();
      }
      out.raw(END);
    }

    private void number(int tag) {
      int scale = Math.toIntExact(signed());
      if (tag == Tag.NUMBER) {
        out.number(signed(), scale);
      } else {
        int length = count();
        out.number(new BigDecimal(new BigInteger(bytes, at, length), scale));
        at += length;
      }
    }

    private void binary() {
      int length = count();
      byte[] base64 = Base64.getEncoder().encode(Arrays.copyOfRange(bytes, at, at + length));
      out.string(base64, 0, base64.length);
      at += length;
    }
  }
}
