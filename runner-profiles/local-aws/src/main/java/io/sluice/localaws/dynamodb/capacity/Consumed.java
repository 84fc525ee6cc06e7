/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.capacity;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.localaws.dynamodb.schema.IndexDefinition;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Adds up the capacity units that a request consumes of a table and of its indexes.
 *
 * @param table the table's name
 * @param units of the table without its indexes
 * @param local by the name of the local index
 * @param global by the name of the global index
 */
public record Consumed(
    String table, double units, Map<String, Double> local, Map<String, Double> global) {

  /** Sorts the indexes by their names. */
  public Consumed {
    local = Collections.unmodifiableMap(new TreeMap<>(local));
    global = Collections.unmodifiableMap(new TreeMap<>(global));
  }

  /** Starts with units of the table alone. */
  public static Consumed ofTable(String table, double units) {
    return new Consumed(table, units, Map.of(), Map.of());
  }

  /** Adds units of an index. */
  public Consumed plusIndex(IndexDefinition index, double more) {
    return index.kind() == IndexDefinition.Kind.LOCAL
        ? new Consumed(table, units, sum(local, Map.of(index.name(), more)), global)
        : new Consumed(table, units, local, sum(global, Map.of(index.name(), more)));
  }

  /** Adds what another request consumes of the same table. */
  public Consumed plus(Consumed other) {
    return new Consumed(
        table, units + other.units, sum(local, other.local), sum(global, other.global));
  }

  private static Map<String, Double> sum(Map<String, Double> one, Map<String, Double> other) {
    Map<String, Double> sum = new TreeMap<>(one);
    other.forEach((name, more) -> sum.merge(name, more, Double::sum));
    return sum;
  }

  private double total() {
    double total = units;
    for (double index : local.values()) {
      total += index;
    }
    for (double index : global.values()) {
      total += index;
    }
    return total;
  }

  /**
   * Writes the member ConsumedCapacity, if the request asks for it.
   *
   * @param detail what ReturnConsumedCapacity says: INDEXES, TOTAL, or NONE
   */
  public void writeMember(JsonGenerator json, String detail) throws IOException {
    if (!detail.equals("NONE")) {
      json.writeFieldName("ConsumedCapacity");
      write(json, detail);
    }
  }

  /** Writes a ConsumedCapacity: the total, and for INDEXES what it is made of. */
  public void write(JsonGenerator json, String detail) throws IOException {
    json.writeStartObject();
    json.writeStringField("TableName", table);
    json.writeNumberField("CapacityUnits", total());
    if (detail.equals("INDEXES")) {
      json.writeFieldName("Table");
      writeUnits(json, units);
      writeIndexes(json, "LocalSecondaryIndexes", local);
      writeIndexes(json, "GlobalSecondaryIndexes", global);
    }
    json.writeEndObject();
  }

  private static void writeIndexes(JsonGenerator json, String member, Map<String, Double> indexes)
      throws IOException {
    if (indexes.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart(member);
    for (Map.Entry<String, Double> index : indexes.entrySet()) {
      json.writeFieldName(index.getKey());
      writeUnits(json, index.getValue());
    }
    json.writeEndObject();
  }

  private static void writeUnits(JsonGenerator json, double units) throws IOException {
    json.writeStartObject();
    json.writeNumberField("CapacityUnits", units);
    json.writeEndObject();
  }
}
