/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.item.AttributePath;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemRules;
import io.sluice.item.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads typed attributes from JSON tokens. */
final class TypedJsonReader extends AttributeReader {
  static final Set<String> TYPES =
      Set.of("S", "N", "B", "BOOL", "NULL", "SS", "NS", "BS", "L", "M");

  private final TypeNames typeNames;

  TypedJsonReader(JsonParser in) {
    this(in, TypeNames.EXACT);
  }

  TypedJsonReader(JsonParser in, TypeNames typeNames) {
    super(in);
    this.typeNames = typeNames;
  }

  /** Reads an item; the parser is at the object's start, and afterwards at its end. */
  Map<String, AttributeValue> readItem() throws IOException, InvalidItemException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw path.invalid(Reason.NOT_OF_TYPE, "the item is not a JSON object");
    }
    return readAttributes(in.nextFieldName());
  }

  @Override
  AttributeValue readValue() throws IOException, InvalidItemException {
    ItemRules.checkLevel(path);
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw notOfType("not an object that names its type, such as {\"S\":…}");
    }
    String type = in.nextFieldName();
    if (type == null) {
      throw notOfType("an object without a type");
    }
    JsonToken token = in.nextToken();
    AttributeValue value = readTyped(type, token);
    if (in.nextToken() != JsonToken.END_OBJECT) {
      throw notOfType("an object with more than one type");
    }
    return value;
  }

  private AttributeValue readTyped(String type, JsonToken token)
      throws IOException, InvalidItemException {
    return switch (typeNames.plain(type)) {
      case "S" -> AttributeValue.fromS(readString(type, token));
      case "N" -> AttributeValue.fromN(readNumber(type, token));
      case "B" -> AttributeValue.fromB(readBinary(type, token));
      case "BOOL" -> {
        if (!token.isBoolean()) {
          throw notOfType("BOOL takes true or false");
        }
        yield token == JsonToken.VALUE_TRUE ? TRUE : FALSE;
      }
      case "NULL" -> {
        if (token != JsonToken.VALUE_TRUE) {
          throw notOfType("NULL takes true only");
        }
        yield NULL;
      }
      case "SS" -> AttributeValue.fromSs(readElements(type, token, this::readString));
      case "NS" -> AttributeValue.fromNs(readElements(type, token, this::readNumber));
      case "BS" -> AttributeValue.fromBs(readElements(type, token, this::readBinary));
      case "L" -> AttributeValue.fromL(readElements(type, token, (t, element) -> readValue()));
      case "M" -> {
        if (token != JsonToken.START_OBJECT) {
          throw notOfType("M takes an object");
        }
        yield AttributeValue.fromM(readAttributes(in.nextFieldName()));
      }
      default -> throw notOfType("unknown type '" + AttributePath.printable(type) + "'");
    };
  }

  /** Reads one element, whose token is the parser's current one. */
  private interface ElementReader<T> {
    T read(String type, JsonToken token) throws IOException, InvalidItemException;
  }

  private <T> List<T> readElements(String type, JsonToken token, ElementReader<T> reader)
      throws IOException, InvalidItemException {
    if (token != JsonToken.START_ARRAY) {
      throw notOfType(type + " takes an array");
    }
    List<T> elements = new ArrayList<>();
    for (JsonToken t = in.nextToken(); t != JsonToken.END_ARRAY; t = in.nextToken()) {
      path.push(elements.size());
      elements.add(reader.read(type, t));
      path.pop();
    }
    return elements;
  }

  private String readString(String type, JsonToken token) throws IOException, InvalidItemException {
    if (token != JsonToken.VALUE_STRING) {
      throw notOfType(type + " takes strings");
    }
    return checkText(in.getText(), "a string");
  }

  /** Reads a number, which should be a string; a JSON number is accepted with its exact text. */
  private String readNumber(String type, JsonToken token) throws IOException, InvalidItemException {
    if (token != JsonToken.VALUE_STRING && !token.isNumeric()) {
      throw notOfType(type + " takes numbers in quotes");
    }
    return checkText(in.getText(), "a number");
  }

  private SdkBytes readBinary(String type, JsonToken token)
      throws IOException, InvalidItemException {
    if (token != JsonToken.VALUE_STRING) {
      throw notOfType(type + " takes base64 in quotes");
    }
    try {
      return SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode(in.getText()));
    } catch (IllegalArgumentException e) {
      // The decoder's message quotes the input.
      throw notOfType("not base64");
    }
  }

  private InvalidItemException notOfType(String message) {
    return path.invalid(Reason.NOT_OF_TYPE, message);
  }
}
