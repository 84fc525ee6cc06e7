/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.item.InvalidItemException;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.SourcedItem;
import io.sluice.item.json.ItemJson;
import java.util.Arrays;

/** Items written by hand, and schemas of them. */
final class Inferring {
  static final KeySchema KEY = KeySchema.of(KeyAttribute.parse("pk:S"));

  private Inferring() {}

  /** Parses an item of DynamoDB JSON with single quotes. */
  static SourcedItem item(String json) {
    byte[] utf8 = json.replace('\'', '"').getBytes(UTF_8);
    try {
      return SourcedItem.withoutOrigin(ItemJson.parseRecord(utf8, 0, utf8.length));
    } catch (InvalidItemException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  static InferredSchema infer(String... items) {
    InferredSchema schema = InferredSchema.of(KEY);
    Arrays.stream(items).map(Inferring::item).forEach(schema::add);
    return schema;
  }

  /**
   * Infers a schema from items that have a key and these attributes, in JSON with single quotes.
   */
  static String fields(String... items) {
    String[] keyed = Arrays.stream(items).map(Inferring::keyed).toArray(String[]::new);
    String json = infer(keyed).toSchema("t").toJson().replace('"', '\'');
    String before = "{'type':'record','name':'t','fields':[{'name':'pk','type':'string'}";
    String after = "],'dynamodb.version':1}";
    if (!json.startsWith(before) || !json.endsWith(after)) {
      throw new AssertionError(json);
    }
    String fields = json.substring(before.length(), json.length() - after.length());
    return fields.startsWith(",") ? fields.substring(1) : fields;
  }

  static String keyed(String attributes) {
    return "{'pk':{'S':'x'}" + (attributes.isEmpty() ? "" : ",") + attributes + "}";
  }
}
