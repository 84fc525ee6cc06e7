/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Base64;
import java.util.Locale;

/**
 * Reads strings, booleans, whole numbers and bytes of a request, as strictly as the service does.
 *
 * <p>Each method reads the parser's current token, which is not null, and throws a
 * SerializationException with the service's message when the token has another type.
 */
public final class JsonScalars {

  /** Names the type of values in messages. */
  static final String MODEL = "com.amazonaws.dynamodb.v20120810.AttributeValue";

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  private JsonScalars() {}

  /** Checks that a map of values begins. */
  static void startMap(JsonParser json) {
    JsonToken token = json.currentToken();
    if (token == JsonToken.START_ARRAY) {
      throw DynamoDbException.serialization(
          "Unrecognized collection type java.util.Map<java.lang.String, " + MODEL + ">");
    }
    if (token != JsonToken.START_OBJECT) {
      throw DynamoDbException.serialization("Unexpected field type");
    }
  }

  /** Checks that a list of values, or a set, begins. */
  public static void startList(JsonParser json) {
    JsonToken token = json.currentToken();
    if (token == JsonToken.START_OBJECT) {
      throw DynamoDbException.serialization("Start of structure or map found where not expected");
    }
    if (token != JsonToken.START_ARRAY) {
      throw DynamoDbException.serialization("Unexpected field type");
    }
  }

  /** Reads a string. */
  public static String string(JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      return json.getText();
    }
    throw unexpected(json, "java.lang.String", "String");
  }

  /** Reads a boolean, for which the service also takes some strings. */
  public static boolean bool(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_STRING -> bool(json.getText());
      default -> throw unexpected(json, "java.lang.Boolean", "Boolean");
    };
  }

  private static boolean bool(String text) {
    return switch (text.toUpperCase(Locale.ROOT)) {
      case "TRUE", "1", "YES" -> true;
      case "FALSE", "0", "NO" -> false;
      default -> throw DynamoDbException.serialization("Unexpected token received from parser");
    };
  }

  /** Reads a number and drops its fraction; {@code type} is Integer or Long. */
  public static long number(JsonParser json, String type) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getLongValue();
      default -> throw unexpected(json, "java.lang." + type, type);
    };
  }

  private static DynamoDbException unexpected(JsonParser json, String javaType, String type) {
    return DynamoDbException.serialization(
        switch (json.currentToken()) {
          case VALUE_STRING -> "STRING_VALUE cannot be converted to " + type;
          case VALUE_TRUE -> "TRUE_VALUE cannot be converted to " + type;
          case VALUE_FALSE -> "FALSE_VALUE cannot be converted to " + type;
          case VALUE_NUMBER_INT -> "NUMBER_VALUE cannot be converted to " + type;
          case VALUE_NUMBER_FLOAT -> "DECIMAL_VALUE cannot be converted to " + type;
          case START_ARRAY -> "Unrecognized collection type class " + javaType;
          default -> "Start of structure or map found where not expected";
        });
  }

  /** Reads bytes in base 64. */
  public static Bytes bytes(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_STRING -> decode(json.getText());
      case START_ARRAY, START_OBJECT -> throw unexpected(json, "java.nio.ByteBuffer", "ByteBuffer");
      default ->
          throw DynamoDbException.serialization(
              "only base-64-encoded strings are convertible to bytes");
    };
  }

  /** Decodes base 64 of which every character counts: those of the end and unused bits too. */
  static Bytes decode(String text) {
    int length = text.length();
    if (length % 4 != 0) {
      throw DynamoDbException.serialization(
          "Base64 encoded length is expected a multiple of 4 bytes but found: " + length);
    }
    if (length == 0) {
      return Bytes.of();
    }
    int pads = text.charAt(length - 1) != '=' ? 0 : text.charAt(length - 2) != '=' ? 1 : 2;
    int last = ALPHABET.indexOf(text.charAt(length - 1 - pads));
    if (last >= 0 && (last & (1 << 2 * pads) - 1) != 0) {
      throw DynamoDbException.serialization("Invalid last non-pad Base64 character dectected");
    }
    try {
      return Bytes.wrap(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      throw DynamoDbException.serialization(
          "Invalid Base64 character: '" + firstInvalid(text) + "'");
    }
  }

  private static char firstInvalid(String text) {
    int at = 0;
    while (ALPHABET.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return text.charAt(at);
  }
}
