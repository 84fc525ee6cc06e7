/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.dynamodb;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A table, and what it says of itself; the limits that it really has are in {@link Throughput}.
 *
 * @param name the table's name
 * @param keySchema its primary key
 * @param indexes its global secondary indexes, which have all attributes, by name
 * @param provisioned its provisioned throughput, and that of each index; null for on demand
 * @param warm what it can serve at once; null to say nothing of it
 */
public record TableSettings(
    String name,
    KeySchema keySchema,
    Map<String, KeySchema> indexes,
    @Nullable Units provisioned,
    @Nullable Units warm) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Units a second of writing and of reading. */
  public record Units(long write, long read) {}

  /** A table on demand without indexes, with the key attributes {@code name:S} and so on. */
  public static TableSettings of(String name, String partitionKey, String... sortKey) {
    KeyAttribute sort = sortKey.length == 0 ? null : KeyAttribute.parse(sortKey[0]);
    KeySchema key = new KeySchema(KeyAttribute.parse(partitionKey), sort);
    return new TableSettings(name, key, Map.of(), null, null);
  }

  /** As this, with one more index, of one key attribute. */
  public TableSettings withIndex(String index, String partitionKey) {
    Map<String, KeySchema> all = new LinkedHashMap<>(indexes);
    all.put(index, KeySchema.of(KeyAttribute.parse(partitionKey)));
    return new TableSettings(name, keySchema, all, provisioned, warm);
  }

  public TableSettings withProvisioned(long write, long read) {
    return new TableSettings(name, keySchema, indexes, new Units(write, read), warm);
  }

  /** As this; DynamoDB takes 4,000 write and 12,000 read units or more. */
  public TableSettings withWarm(long write, long read) {
    return new TableSettings(name, keySchema, indexes, provisioned, new Units(write, read));
  }

  /** A request for CreateTable. */
  ObjectNode creation() {
    ObjectNode request = JSON.createObjectNode().put("TableName", name);
    request.put("BillingMode", provisioned == null ? "PAY_PER_REQUEST" : "PROVISIONED");
    Set<KeyAttribute> attributes = new LinkedHashSet<>();
    key(request, keySchema, attributes);
    units(request, "ProvisionedThroughput", "%sCapacityUnits", provisioned);
    units(request, "WarmThroughput", "%sUnitsPerSecond", warm);
    if (!indexes.isEmpty()) {
      ArrayNode all = request.putArray("GlobalSecondaryIndexes");
      indexes.forEach(
          (index, schema) -> {
            ObjectNode one = all.addObject().put("IndexName", index);
            key(one, schema, attributes);
            one.putObject("Projection").put("ProjectionType", "ALL");
            units(one, "ProvisionedThroughput", "%sCapacityUnits", provisioned);
          });
    }
    ArrayNode definitions = request.putArray("AttributeDefinitions");
    for (KeyAttribute attribute : attributes) {
      definitions
          .addObject()
          .put("AttributeName", attribute.name())
          .put("AttributeType", attribute.type().name());
    }
    return request;
  }

  /** A request for UpdateTable, to have the provisioned throughput of this. */
  ObjectNode update() {
    ObjectNode request = JSON.createObjectNode().put("TableName", name);
    units(request, "ProvisionedThroughput", "%sCapacityUnits", provisioned);
    return request;
  }

  /** A request for DeleteTable. */
  ObjectNode deletion() {
    return JSON.createObjectNode().put("TableName", name);
  }

  private static void key(ObjectNode to, KeySchema schema, Set<KeyAttribute> attributes) {
    ArrayNode elements = to.putArray("KeySchema");
    for (KeyAttribute attribute : schema.attributes()) {
      attributes.add(attribute);
      elements
          .addObject()
          .put("AttributeName", attribute.name())
          .put("KeyType", attribute.equals(schema.partitionKey()) ? "HASH" : "RANGE");
    }
  }

  private static void units(ObjectNode to, String name, String members, @Nullable Units units) {
    if (units != null) {
      to.putObject(name)
          .put(members.formatted("Read"), units.read())
          .put(members.formatted("Write"), units.write());
    }
  }
}
