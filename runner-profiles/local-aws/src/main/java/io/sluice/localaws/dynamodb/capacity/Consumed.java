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
import java.util.LinkedHashMap;
import java.util.List;
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

  /**
   * Gives what the same costs in a transaction: twice the units of the table. The service charges
   * indexes as it does otherwise.
   */
  public Consumed inTransaction() {
    return new Consumed(table, 2 * units, local, global);
  }

  /** Adds up by the table, in the order in which tables come first. */
  public static List<Consumed> byTable(List<Consumed> parts) {
    Map<String, Consumed> sums = new LinkedHashMap<>();
    parts.forEach(part -> sums.merge(part.table, part, Consumed::plus));
    return List.copyOf(sums.values());
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
    write(json, detail, List.of("CapacityUnits"));
  }

  /**
   * Writes a list of what tables consume, if the request asks for it.
   *
   * @param detail what ReturnConsumedCapacity says: INDEXES, TOTAL, or NONE
   */
  public static void writeAll(JsonGenerator json, List<Consumed> tables, String detail)
      throws IOException {
    writeAll(json, tables, detail, List.of("CapacityUnits"));
  }

  /**
   * Writes the list for a transaction, which says of all units what kind they are.
   *
   * @param kind ReadCapacityUnits or WriteCapacityUnits
   */
  public static void writeTransaction(
      JsonGenerator json, List<Consumed> tables, String detail, String kind) throws IOException {
    writeAll(json, tables, detail, List.of("CapacityUnits", kind));
  }

  private static void writeAll(
      JsonGenerator json, List<Consumed> tables, String detail, List<String> members)
      throws IOException {
    if (detail.equals("NONE")) {
      return;
    }
    json.writeArrayFieldStart("ConsumedCapacity");
    for (Consumed table : tables) {
      table.write(json, detail, members);
    }
    json.writeEndArray();
  }

  private void write(JsonGenerator json, String detail, List<String> members) throws IOException {
    json.writeStartObject();
    json.writeStringField("TableName", table);
    writeUnits(json, total(), members);
    if (detail.equals("INDEXES")) {
      json.writeObjectFieldStart("Table");
      writeUnits(json, units, members);
      json.writeEndObject();
      writeIndexes(json, "LocalSecondaryIndexes", local, members);
      writeIndexes(json, "GlobalSecondaryIndexes", global, members);
    }
    json.writeEndObject();
  }

  private static void writeIndexes(
      JsonGenerator json, String member, Map<String, Double> indexes, List<String> members)
      throws IOException {
    if (indexes.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart(member);
    for (Map.Entry<String, Double> index : indexes.entrySet()) {
      json.writeObjectFieldStart(index.getKey());
      writeUnits(json, index.getValue(), members);
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void writeUnits(JsonGenerator json, double units, List<String> members)
      throws IOException {
    for (String member : members) {
      json.writeNumberField(member, units);
    }
  }
}
