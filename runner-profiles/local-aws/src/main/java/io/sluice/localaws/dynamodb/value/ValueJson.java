/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Map;

/** Reads and writes values in the service's JSON. */
public final class ValueJson {

  private ValueJson() {}

  /**
   * Reads and validates one value from the current token on; {@link ValueReader} reads several.
   *
   * @throws DynamoDbException a SerializationException or a ValidationException
   */
  public static Value read(JsonParser json) throws IOException {
    ValueReader reader = new ValueReader(json);
    Value value = reader.value();
    reader.check();
    return value;
  }

  /**
   * Reads and validates an item from the current token on.
   *
   * @throws DynamoDbException a SerializationException or a ValidationException
   */
  public static Map<String, Value> readItem(JsonParser json) throws IOException {
    ValueReader reader = new ValueReader(json);
    Map<String, Value> item = reader.item();
    reader.check();
    return item;
  }

  /** Writes one value: an object with one member, named as the type. */
  public static void write(JsonGenerator json, Value value) throws IOException {
    throw new UnsupportedOperationException(json + " " + value);
  }

  /** Writes an item: an object with a member for each attribute, in the item's order. */
  public static void writeItem(JsonGenerator json, Map<String, Value> item) throws IOException {
    throw new UnsupportedOperationException(json + " " + item);
  }
}
