/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.item.InvalidItemException;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.json.ItemJson;
import io.sluice.localaws.dynamodb.value.Value;
import io.sluice.localaws.dynamodb.value.ValueJson;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Items of one size, always the same, which the server makes.
 *
 * @param count how many there are
 * @param bytes the size of each, but at least what its key and its fields take
 * @param attributes how many each has besides its key
 */
public record GeneratedItems(int count, int bytes, int attributes) {
  private static final JsonFactory JSON = new JsonFactory();

  /** Items with a key and {@code data} only. */
  public GeneratedItems(int count, int bytes) {
    this(count, bytes, 1);
  }

  /** One of the items. */
  public Map<String, AttributeValue> item(long index, KeySchema schema) {
    return toSdk(serverItems().item(index, keyOf(schema)));
  }

  io.sluice.localaws.dynamodb.admin.GeneratedItems serverItems() {
    return new io.sluice.localaws.dynamodb.admin.GeneratedItems(count, bytes, attributes);
  }

  private static io.sluice.localaws.dynamodb.schema.KeySchema keyOf(KeySchema schema) {
    return new io.sluice.localaws.dynamodb.schema.KeySchema(
        keyOf(schema.partitionKey()), keyOf(schema.sortKey()));
  }

  private static List<io.sluice.localaws.dynamodb.schema.KeyAttribute> keyOf(
      @Nullable KeyAttribute attribute) {
    return attribute == null
        ? List.of()
        : List.of(
            new io.sluice.localaws.dynamodb.schema.KeyAttribute(
                attribute.name(),
                io.sluice.localaws.dynamodb.schema.KeyAttribute.Type.valueOf(
                    attribute.type().name())));
  }

  /** An item of the server as the SDK has it. */
  static Map<String, AttributeValue> toSdk(Map<String, Value> item) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      ValueJson.writeItem(json, item);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      return ItemJson.parseAttributes(text.toString().getBytes(UTF_8));
    } catch (InvalidItemException e) {
      throw new IllegalStateException("the server has it", e);
    }
  }
}
