/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;

/** Writes values in the service's JSON, which {@link ValueReader} reads. */
public final class ValueJson {

  private static final SerializableString S = new SerializedString("S");
  private static final SerializableString N = new SerializedString("N");
  private static final SerializableString B = new SerializedString("B");
  private static final SerializableString BOOL = new SerializedString("BOOL");
  private static final SerializableString NULL = new SerializedString("NULL");
  private static final SerializableString L = new SerializedString("L");
  private static final SerializableString M = new SerializedString("M");

  private ValueJson() {}

  /** Writes one value: an object with one member, named as the type. */
  public static void write(JsonGenerator json, Value value) throws IOException {
    json.writeStartObject();
    if (value instanceof Value.S s) {
      json.writeFieldName(S);
      json.writeString(s.text());
    } else if (value instanceof Value.N n) {
      json.writeFieldName(N);
      json.writeString(Numbers.format(n.number()));
    } else if (value instanceof Value.M m) {
      json.writeFieldName(M);
      writeItem(json, m.values());
    } else if (value instanceof Value.L l) {
      json.writeFieldName(L);
      json.writeStartArray();
      for (Value element : l.values()) {
        write(json, element);
      }
      json.writeEndArray();
    } else if (value instanceof Value.Bool bool) {
      json.writeFieldName(BOOL);
      json.writeBoolean(bool.bool());
    } else if (value instanceof Value.Null) {
      json.writeFieldName(NULL);
      json.writeBoolean(true);
    } else if (value instanceof Value.B b) {
      json.writeFieldName(B);
      writeBytes(json, b.bytes());
    } else {
      writeSet(json, value);
    }
    json.writeEndObject();
  }

  private static void writeSet(JsonGenerator json, Value value) throws IOException {
    json.writeFieldName(value.type());
    json.writeStartArray();
    if (value instanceof Value.SS ss) {
      for (String text : ss.texts()) {
        json.writeString(text);
      }
    } else if (value instanceof Value.NS ns) {
      for (BigDecimal number : ns.numbers()) {
        json.writeString(Numbers.format(number));
      }
    } else if (value instanceof Value.BS bs) {
      for (Bytes bytes : bs.binaries()) {
        writeBytes(json, bytes);
      }
    }
    json.writeEndArray();
  }

  private static void writeBytes(JsonGenerator json, Bytes bytes) throws IOException {
    byte[] array = bytes.array();
    json.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, array, 0, array.length);
  }

  /** Writes an item: an object with a member for each attribute, in the item's order. */
  public static void writeItem(JsonGenerator json, Map<String, Value> item) throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, Value> attribute : item.entrySet()) {
      json.writeFieldName(attribute.getKey());
      write(json, attribute.getValue());
    }
    json.writeEndObject();
  }
}
