/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.request;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.JsonScalars;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a small JSON document into maps, lists, strings, booleans, and numbers as BigDecimal.
 *
 * <p>A member that is null is left out, as if it were not there; so does the service.
 */
public final class JsonTree {

  private JsonTree() {}

  /** Reads an object, up to its end; {@code json} may stand before it or at its start. */
  public static Map<String, Object> read(JsonParser json) throws IOException {
    JsonToken token = json.currentToken() == null ? json.nextToken() : json.currentToken();
    if (token != JsonToken.START_OBJECT) {
      throw DynamoDbException.serialization(JsonScalars.UNEXPECTED_START);
    }
    return object(json);
  }

  /** Writes a value that {@link #read} gave, as it was. */
  public static void write(JsonGenerator json, Object tree) throws IOException {
    if (tree instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> member : map.entrySet()) {
        json.writeFieldName((String) member.getKey());
        write(json, member.getValue());
      }
      json.writeEndObject();
    } else if (tree instanceof List<?> list) {
      json.writeStartArray();
      for (Object element : list) {
        write(json, element);
      }
      json.writeEndArray();
    } else if (tree instanceof BigDecimal number) {
      json.writeNumber(number);
    } else if (tree instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else {
      json.writeString((String) tree);
    }
  }

  private static Map<String, Object> object(JsonParser json) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      Object value = value(json);
      if (value != null) {
        members.put(name, value);
      }
    }
    return members;
  }

  private static List<Object> array(JsonParser json) throws IOException {
    List<Object> elements = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      Object value = value(json);
      if (value != null) {
        elements.add(value);
      }
    }
    return elements;
  }

  private static Object value(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> object(json);
      case START_ARRAY -> array(json);
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getDecimalValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw DynamoDbException.serialization(JsonScalars.UNEXPECTED_TOKEN);
    };
  }
}
