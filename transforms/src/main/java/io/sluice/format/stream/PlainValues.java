/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.stream;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.item.ItemCursor;
import io.sluice.item.ItemNumber;
import java.io.IOException;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue.Type;

/**
 * Writes items and values as plain JSON: numbers with their digits, binary as Base64, sets as
 * arrays, NULL as null.
 */
public final class PlainValues {
  private static final Pattern JSON_NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");

  private PlainValues() {}

  /** Writes the next attributes, of an item or an M, as an object. */
  public static void object(ItemCursor in, JsonGenerator out) throws IOException {
    out.writeStartObject();
    for (int left = in.count(); left > 0; left--) {
      out.writeFieldName(in.name());
      value(in, in.type(), out);
    }
    out.writeEndObject();
  }

  /**
   * Writes the next value.
   *
   * @param type of the value, as the cursor has just returned it
   */
  public static void value(ItemCursor in, Type type, JsonGenerator out) throws IOException {
    switch (type) {
      case S -> out.writeString(in.string());
      case N -> number(in, out);
      case B -> out.writeBinary(in.binary());
      case BOOL -> out.writeBoolean(in.bool());
      case NUL -> out.writeNull();
      case M -> object(in, out);
      default -> array(in, type, out);
    }
  }

  private static void array(ItemCursor in, Type type, JsonGenerator out) throws IOException {
    out.writeStartArray();
    for (int left = in.count(); left > 0; left--) {
      switch (type) {
        case SS -> out.writeString(in.string());
        case BS -> out.writeBinary(in.binary());
        case NS -> {
          in.nextNumber();
          number(in, out);
        }
        default -> value(in, in.type(), out);
      }
    }
    out.writeEndArray();
  }

  private static void number(ItemCursor in, JsonGenerator out) throws IOException {
    if (in.isPacked() && in.scale() == 0) {
      out.writeNumber(in.unscaled());
    } else {
      out.writeNumber(number(in));
    }
  }

  /** Returns the next number in JSON's spelling, which does not allow {@code +1} or {@code .5}. */
  static String number(ItemCursor in) {
    boolean packed = in.isPacked();
    String text = in.number();
    return packed || JSON_NUMBER.matcher(text).matches() ? text : ItemNumber.canonical(text);
  }
}
