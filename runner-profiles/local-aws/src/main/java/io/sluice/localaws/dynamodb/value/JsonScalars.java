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

  /** Is what the service puts before the names of its structures. */
  public static final String MODEL = DynamoDbException.MODEL + ".";

  /** Says of which type the place is that has a list. */
  public static final String COLLECTION = "Unrecognized collection type ";

  public static final String UNEXPECTED_FIELD = "Unexpected field type";
  public static final String UNEXPECTED_VALUE = "Unexpected value type in payload";
  public static final String UNEXPECTED_START =
      "Start of structure or map found where not expected";
  public static final String UNEXPECTED_TOKEN = "Unexpected token received from parser";

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  private JsonScalars() {}

  /**
   * Checks that a map begins.
   *
   * @param type of the map's values in the service's model
   */
  public static void startMap(JsonParser json, String type) {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw noObject(json, "java.util.Map<java.lang.String, " + type + ">", UNEXPECTED_FIELD);
    }
  }

  /**
   * Checks that a structure begins that is a member of another one.
   *
   * @param structure its name in the service's model
   */
  public static void startMember(JsonParser json, String structure) {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw noObject(json, "class " + MODEL + structure, UNEXPECTED_FIELD);
    }
  }

  /**
   * Checks that a structure begins that is an element of a list or a map.
   *
   * @param structure its name in the service's model
   */
  public static void startElement(JsonParser json, String structure) {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw noObject(json, "class " + MODEL + structure, UNEXPECTED_VALUE);
    }
  }

  private static DynamoDbException noObject(JsonParser json, String type, String otherwise) {
    return DynamoDbException.serialization(
        json.currentToken() == JsonToken.START_ARRAY ? COLLECTION + type : otherwise);
  }

  /** Checks that a list or a set begins. */
  public static void startList(JsonParser json) {
    JsonToken token = json.currentToken();
    if (token != JsonToken.START_ARRAY) {
      throw DynamoDbException.serialization(
          token == JsonToken.START_OBJECT ? UNEXPECTED_START : UNEXPECTED_FIELD);
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

  /** Reads the strings that the service takes for booleans. */
  public static boolean bool(String text) {
    return switch (text.toUpperCase(Locale.ROOT)) {
      case "TRUE", "1", "YES" -> true;
      case "FALSE", "0", "NO" -> false;
      default -> throw DynamoDbException.serialization(UNEXPECTED_TOKEN);
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
          case START_ARRAY -> COLLECTION + "class " + javaType;
          default -> UNEXPECTED_START;
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
