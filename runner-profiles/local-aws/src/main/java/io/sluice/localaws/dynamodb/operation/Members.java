/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.operation;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.localaws.dynamodb.legacy.LegacyMap;
import io.sluice.localaws.dynamodb.request.MapOf;
import io.sluice.localaws.dynamodb.request.Shape;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.JsonScalars;
import io.sluice.localaws.dynamodb.value.Value;
import io.sluice.localaws.dynamodb.value.ValueReader;
import io.sluice.localaws.dynamodb.value.Wording;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the members of requests about items. */
final class Members {

  private Members() {}

  /** Holds attributes, and the reader that knows what is wrong with them. */
  record Attributes(Map<String, Value> values, ValueReader reader) {}

  /**
   * Reads a member from the current token on, which is not null, and leaves the parser at its last
   * token.
   *
   * @throws DynamoDbException a SerializationException for what has the wrong JSON type
   */
  static Object read(JsonParser json, String name, Shape shape, Wording wording)
      throws IOException {
    if (shape instanceof Shape.Text) {
      return JsonScalars.string(json);
    }
    if (shape instanceof Shape.Flag) {
      return JsonScalars.bool(json);
    }
    if (shape instanceof Shape.Whole whole) {
      return JsonScalars.number(json, whole.type());
    }
    if (shape instanceof MapOf map) {
      return LegacyMap.read(json, map, wording);
    }
    if (shape instanceof Shape.ListOf) {
      return texts(json);
    }
    return switch (name) {
      case "Item", "Key", "ExclusiveStartKey" -> item(json, wording);
      case "ExpressionAttributeValues" -> {
        ValueReader reader = new ValueReader(json, wording);
        yield new Attributes(reader.values(), reader);
      }
      case "ExpressionAttributeNames" -> names(json);
      case "Keys" -> items(json, wording);
      default -> throw new IllegalArgumentException("name is " + name);
    };
  }

  private static Attributes item(JsonParser json, Wording wording) throws IOException {
    ValueReader reader = new ValueReader(json, wording);
    return new Attributes(reader.item(), reader);
  }

  private static List<Attributes> items(JsonParser json, Wording wording) throws IOException {
    JsonScalars.startList(json);
    List<Attributes> items = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      items.add(item(json, wording));
    }
    return items;
  }

  private static List<String> texts(JsonParser json) throws IOException {
    JsonScalars.startList(json);
    List<String> texts = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      texts.add(JsonScalars.string(json));
    }
    return texts;
  }

  private static Map<String, String> names(JsonParser json) throws IOException {
    JsonScalars.startMap(json, "java.lang.String");
    Map<String, String> names = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      names.put(name, JsonScalars.string(json));
    }
    return names;
  }
}
