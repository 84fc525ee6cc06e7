/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.codec;

import io.sluice.item.ItemCoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads items in the format of {@link ItemCoder}. */
public final class ValueReader {
  private static final AttributeValue TRUE = AttributeValue.fromBool(true);
  private static final AttributeValue FALSE = AttributeValue.fromBool(false);
  private static final AttributeValue NULL = AttributeValue.fromNul(true);

  /**
   * The maximum capacity reserved ahead of reading: corrupt counts must not allocate at each of
   * many levels.
   */
  private static final int MAX_ROOM_AHEAD = 256;

  private final ByteReader in;

  private ValueReader(byte[] bytes) {
    in = new ByteReader(bytes);
  }

  public static Map<String, AttributeValue> read(byte[] bytes) {
    ValueReader reader = new ValueReader(bytes);
    Map<String, AttributeValue> item = reader.readAttributes(1);
    if (reader.in.remaining() > 0) {
      throw CorruptBytes.because("they go on after the item");
    }
    return item;
  }

  private Map<String, AttributeValue> readAttributes(int depth) {
    int count = in.readCount(2);
    // Buckets for the usual load of 3/4.
    Map<String, AttributeValue> attributes =
        new LinkedHashMap<>(Math.min(count, MAX_ROOM_AHEAD) * 4 / 3 + 1);
    String last = null;
    for (int i = 0; i < count; i++) {
      String name = in.readName();
      if (last != null && last.compareTo(name) >= 0) {
        throw CorruptBytes.because("names out of order");
      }
      attributes.put(name, readValue(depth));
      last = name;
    }
    return attributes;
  }

  private AttributeValue readValue(int depth) {
    Values.checkDepth(depth);
    int type = in.readByte();
    return switch (type) {
      case ValueTag.S -> AttributeValue.fromS(in.readString());
      case ValueTag.N_TEXT, ValueTag.N_WHOLE, ValueTag.N_DECIMAL ->
          AttributeValue.fromN(readNumber(type));
      case ValueTag.B -> AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(in.readBytes()));
      case ValueTag.TRUE -> TRUE;
      case ValueTag.FALSE -> FALSE;
      case ValueTag.NULL -> NULL;
      case ValueTag.SS -> AttributeValue.fromSs(readStrings());
      case ValueTag.NS -> AttributeValue.fromNs(readNumbers());
      case ValueTag.BS -> AttributeValue.fromBs(readBinaries());
      case ValueTag.L -> AttributeValue.fromL(readList(depth + 1));
      case ValueTag.M -> AttributeValue.fromM(readAttributes(depth + 1));
      default -> throw CorruptBytes.because("no such type");
    };
  }

  private String readNumber(int type) {
    return switch (type) {
      case ValueTag.N_TEXT -> in.readString();
      case ValueTag.N_WHOLE -> PackedNumber.text(in.readZigzag(), 0);
      case ValueTag.N_DECIMAL -> {
        int scale = in.readByte();
        yield PackedNumber.text(in.readZigzag(), scale);
      }
      default -> throw CorruptBytes.because("a set of numbers holds no number");
    };
  }

  private List<String> readStrings() {
    int count = in.readCount(1);
    List<String> elements = new ArrayList<>(Math.min(count, MAX_ROOM_AHEAD));
    for (int i = 0; i < count; i++) {
      elements.add(in.readString());
    }
    return elements;
  }

  private List<String> readNumbers() {
    int count = in.readCount(2);
    List<String> elements = new ArrayList<>(Math.min(count, MAX_ROOM_AHEAD));
    for (int i = 0; i < count; i++) {
      elements.add(readNumber(in.readByte()));
    }
    return elements;
  }

  private List<SdkBytes> readBinaries() {
    int count = in.readCount(1);
    List<SdkBytes> elements = new ArrayList<>(Math.min(count, MAX_ROOM_AHEAD));
    for (int i = 0; i < count; i++) {
      elements.add(SdkBytes.fromByteArrayUnsafe(in.readBytes()));
    }
    return elements;
  }

  private List<AttributeValue> readList(int depth) {
    int count = in.readCount(1);
    List<AttributeValue> elements = new ArrayList<>(Math.min(count, MAX_ROOM_AHEAD));
    for (int i = 0; i < count; i++) {
      elements.add(readValue(depth));
    }
    return elements;
  }
}
