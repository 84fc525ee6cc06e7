/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.legacy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.localaws.dynamodb.request.Fields;
import io.sluice.localaws.dynamodb.request.MapOf;
import io.sluice.localaws.dynamodb.request.Shape;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.JsonScalars;
import io.sluice.localaws.dynamodb.value.Value;
import io.sluice.localaws.dynamodb.value.ValueReader;
import io.sluice.localaws.dynamodb.value.Wording;
import java.io.IOException;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds what a legacy parameter says of attributes, by their names, in the order of the request.
 */
public final class LegacyMap extends AbstractMap<String, Fields> {

  private final Map<String, Fields> entries = new LinkedHashMap<>();
  private final ValueReader reader;

  private LegacyMap(ValueReader reader) {
    this.reader = reader;
  }

  /**
   * Reads a parameter from the current token on, which is not null, and leaves the parser at its
   * last token.
   *
   * @throws DynamoDbException a SerializationException for what has the wrong JSON type
   */
  public static LegacyMap read(JsonParser json, MapOf shape, Wording wording) throws IOException {
    JsonScalars.startMap(json, JsonScalars.MODEL + shape.element().name());
    LegacyMap map = new LegacyMap(new ValueReader(json, wording));
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String attribute = json.currentName();
      if (json.nextToken() != JsonToken.VALUE_NULL) {
        map.entries.put(attribute, map.entry(json, shape.element()));
      }
    }
    return map;
  }

  private Fields entry(JsonParser json, Shape.Struct shape) throws IOException {
    JsonScalars.startElement(json, shape.name());
    Map<String, Object> members = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      Shape.Member member = shape.byName().get(name);
      if (json.nextToken() == JsonToken.VALUE_NULL || member == null) {
        json.skipChildren();
      } else {
        members.put(name, member(json, member));
      }
    }
    return new Fields(shape.name(), members);
  }

  private Object member(JsonParser json, Shape.Member member) throws IOException {
    if (member.shape() instanceof Shape.Text) {
      return JsonScalars.string(json);
    }
    if (member.shape() instanceof Shape.Flag) {
      return JsonScalars.bool(json);
    }
    return member.name().equals(LegacyShapes.VALUES) ? values(json) : reader.value();
  }

  private List<Value> values(JsonParser json) throws IOException {
    JsonScalars.startList(json);
    List<Value> values = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      values.add(reader.value());
    }
    return values;
  }

  /** Throws what is wrong with the values, if something is. */
  public void check() {
    reader.check();
  }

  /** Reports whether values have so many levels that the older layer has to read the request. */
  public boolean isForOlder() {
    return reader.isForOlder();
  }

  @Override
  public Set<Entry<String, Fields>> entrySet() {
    return entries.entrySet();
  }
}
