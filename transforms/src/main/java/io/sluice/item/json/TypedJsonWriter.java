/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.item.codec.Values;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Writes typed attributes: one object per value, with the type as its only name. */
final class TypedJsonWriter {
  private final JsonGenerator out;

  private TypedJsonWriter(JsonGenerator out) {
    this.out = out;
  }

  static void write(Map<String, AttributeValue> item, JsonGenerator out) throws IOException {
    new TypedJsonWriter(out).writeAttributes(item, 1);
  }

  private void writeAttributes(Map<String, AttributeValue> attributes, int depth)
      throws IOException {
    out.writeStartObject();
    for (Map.Entry<String, AttributeValue> attribute : attributes.entrySet()) {
      out.writeFieldName(attribute.getKey());
      writeValue(attribute.getValue(), depth);
    }
    out.writeEndObject();
  }

  private void writeValue(@Nullable AttributeValue value, int depth) throws IOException {
    Values.checkDepth(depth);
    AttributeValue.Type type = Values.requireType(value);
    out.writeStartObject();
    out.writeFieldName(type == AttributeValue.Type.NUL ? "NULL" : type.name());
    switch (type) {
      case S -> out.writeString(value.s());
      case N -> out.writeString(value.n());
      case B -> out.writeBinary(value.b().asByteArrayUnsafe());
      case BOOL -> out.writeBoolean(value.bool());
      case NUL -> out.writeBoolean(true);
      case SS -> writeStrings(value.ss());
      case NS -> writeStrings(value.ns());
      case BS -> {
        out.writeStartArray();
        for (SdkBytes element : value.bs()) {
          out.writeBinary(element.asByteArrayUnsafe());
        }
        out.writeEndArray();
      }
      case L -> {
        out.writeStartArray();
        for (AttributeValue element : value.l()) {
          writeValue(element, depth + 1);
        }
        out.writeEndArray();
      }
      case M -> writeAttributes(value.m(), depth + 1);
      default -> throw new IllegalArgumentException(Values.NO_TYPE);
    }
    out.writeEndObject();
  }

  private void writeStrings(List<String> elements) throws IOException {
    out.writeStartArray();
    for (String element : elements) {
      out.writeString(element);
    }
    out.writeEndArray();
  }
}
