/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.item.InvalidItemException;
import io.sluice.item.Reason;
import io.sluice.item.json.ItemJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** JSON off the hot path. */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private Json() {}

  /**
   * Reads an item.
   *
   * @throws InvalidItemException MALFORMED when it is not JSON, or what {@link ItemJson#parse} says
   */
  static Map<String, AttributeValue> item(byte[] json, int start, int length)
      throws InvalidItemException {
    try (JsonParser in = FACTORY.createParser(json, start, length)) {
      in.nextToken();
      return ItemJson.parse(in);
    } catch (IOException e) {
      // Its message may quote the item.
      throw new InvalidItemException(Reason.MALFORMED, "the item is not JSON");
    }
  }

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads an object. */
  static ObjectNode parse(byte[] json, int length) throws IOException {
    if (MAPPER.readTree(json, 0, length) instanceof ObjectNode object) {
      return object;
    }
    throw new IOException("not a JSON object");
  }

  static ObjectNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  static <T> T read(JsonNode tree, Class<T> type) {
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }

  /** Sets what a change names, and within objects only what it names of them. */
  static ObjectNode merge(ObjectNode base, ObjectNode change) {
    Iterator<Map.Entry<String, JsonNode>> fields = change.fields();
    while (fields.hasNext()) {
      Map.Entry<String, JsonNode> field = fields.next();
      if (base.get(field.getKey()) instanceof ObjectNode inner
          && field.getValue() instanceof ObjectNode innerChange) {
        merge(inner, innerChange);
      } else {
        base.set(field.getKey(), field.getValue());
      }
    }
    return base;
  }
}
