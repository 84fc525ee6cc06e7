/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import java.util.LinkedHashSet;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The answer of DescribeTable. */
final class TableDescription {
  private TableDescription() {}

  static ObjectNode of(EndpointSettings settings, ItemStore store) {
    SimulatedTable table = settings.table();
    ObjectNode answer = Json.object();
    ObjectNode out = answer.putObject("Table");
    describe(out, "Table", table.name(), table.keySchema(), table.provisioned());
    ArrayNode attributes = out.putArray("AttributeDefinitions");
    for (KeyAttribute key : keysOf(table)) {
      attributes
          .addObject()
          .put("AttributeName", key.name())
          .put("AttributeType", key.type().name());
    }
    out.putObject("BillingModeSummary")
        .put("BillingMode", table.provisioned() == null ? "PAY_PER_REQUEST" : "PROVISIONED");
    units(out, "OnDemandThroughput", "Max%sRequestUnits", table.onDemandMaximum());
    units(out, "WarmThroughput", "%sUnitsPerSecond", table.warm());
    GeneratedItems generated = settings.generated();
    long count = generated == null ? store.size() : generated.count();
    long bytes = generated == null ? store.bytes() : generated.count() * generated.bytes();
    out.put("ItemCount", Math.max(0, count)).put("TableSizeBytes", Math.max(0, bytes));
    if (!table.indexes().isEmpty()) {
      ArrayNode indexes = out.putArray("GlobalSecondaryIndexes");
      for (SimulatedIndex index : table.indexes()) {
        ObjectNode one = indexes.addObject();
        describe(one, "Index", index.name(), index.keySchema(), table.provisioned());
        one.putObject("Projection").put("ProjectionType", "ALL");
        units(one, "OnDemandThroughput", "Max%sRequestUnits", table.onDemandMaximum());
      }
    }
    return answer;
  }

  private static void describe(
      ObjectNode out,
      String kind,
      String name,
      KeySchema keys,
      SimulatedTable.@Nullable Units provisioned) {
    out.put(kind + "Name", name).put(kind + "Status", "ACTIVE");
    ArrayNode schema = out.putArray("KeySchema");
    for (KeyAttribute key : keys.attributes()) {
      schema
          .addObject()
          .put("AttributeName", key.name())
          .put("KeyType", key.equals(keys.partitionKey()) ? "HASH" : "RANGE");
    }
    // A table on demand says 0.
    SimulatedTable.Units units = provisioned == null ? new SimulatedTable.Units(0, 0) : provisioned;
    units(out, "ProvisionedThroughput", "%sCapacityUnits", units);
  }

  private static void units(
      ObjectNode out, String field, String names, SimulatedTable.@Nullable Units units) {
    if (units != null) {
      out.putObject(field)
          .put(names.formatted("Write"), units.write())
          .put(names.formatted("Read"), units.read());
    }
  }

  private static Set<KeyAttribute> keysOf(SimulatedTable table) {
    Set<KeyAttribute> keys = new LinkedHashSet<>(table.keySchema().attributes());
    table.indexes().forEach(index -> keys.addAll(index.keySchema().attributes()));
    return keys;
  }
}
