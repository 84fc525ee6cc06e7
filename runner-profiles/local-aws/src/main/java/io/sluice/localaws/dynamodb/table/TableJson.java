/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.table;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.localaws.dynamodb.schema.IndexDefinition;
import io.sluice.localaws.dynamodb.schema.KeyAttribute;
import io.sluice.localaws.dynamodb.schema.KeySchema;
import io.sluice.localaws.dynamodb.schema.TableDefinition;
import io.sluice.localaws.dynamodb.schema.Throughput;
import io.sluice.localaws.dynamodb.store.SortedItems;
import io.sluice.localaws.dynamodb.stream.TableStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Writes descriptions of tables as the service does. */
public final class TableJson {

  private static final String STATUS = "ACTIVE";

  private TableJson() {}

  /**
   * Writes a TableDescription.
   *
   * @param status of the table: CREATING, ACTIVE, UPDATING or DELETING
   */
  public static void write(JsonGenerator json, Table table, String status) throws IOException {
    TableDefinition definition = table.definition();
    json.writeStartObject();
    json.writeArrayFieldStart("AttributeDefinitions");
    for (KeyAttribute attribute : definition.attributes()) {
      json.writeStartObject();
      json.writeStringField("AttributeName", attribute.name());
      json.writeStringField("AttributeType", attribute.type().name());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringField("TableName", definition.name());
    writeKey(json, definition.key());
    json.writeStringField("TableStatus", status);
    writeTime(json, "CreationDateTime", table.created());
    writeProvisioned(json, definition.throughput(), table.decreases(Optional.empty()), table.now());
    json.writeNumberField("TableSizeBytes", table.store().items().bytes());
    json.writeNumberField("ItemCount", table.store().items().count());
    json.writeStringField("TableArn", table.arn());
    json.writeStringField("TableId", table.id().toString());
    writeBilling(json, table);
    writeIndexes(json, table, status);
    writeStream(json, table);
    if (definition.tableClass().isPresent()) {
      json.writeObjectFieldStart("TableClassSummary");
      json.writeStringField("TableClass", definition.tableClass().get());
      json.writeEndObject();
    }
    json.writeBooleanField("DeletionProtectionEnabled", definition.deletionProtection());
    writeOnDemand(json, definition.throughput());
    writeWarm(json, definition.throughput());
    json.writeEndObject();
  }

  /** Writes the TimeToLiveDescription of a table. */
  public static void writeTimeToLive(JsonGenerator json, TimeToLive timeToLive) throws IOException {
    Optional<String> attribute = timeToLive.attribute();
    json.writeStartObject();
    json.writeStringField("TimeToLiveStatus", attribute.isPresent() ? "ENABLED" : "DISABLED");
    if (attribute.isPresent()) {
      json.writeStringField("AttributeName", attribute.get());
    }
    json.writeEndObject();
  }

  private static void writeBilling(JsonGenerator json, Table table) throws IOException {
    if (table.paidPerRequest().isEmpty()) {
      return;
    }
    String mode = table.definition().billing().name();
    json.writeObjectFieldStart("BillingModeSummary");
    json.writeStringField("BillingMode", mode);
    writeTime(json, "LastUpdateToPayPerRequestDateTime", table.paidPerRequest().get());
    json.writeEndObject();
    json.writeObjectFieldStart("TableThroughputModeSummary");
    json.writeStringField("TableThroughputMode", mode);
    writeTime(json, "LastUpdateToPayPerRequestDateTime", table.paidPerRequest().get());
    json.writeEndObject();
  }

  private static void writeIndexes(JsonGenerator json, Table table, String status)
      throws IOException {
    for (IndexDefinition.Kind kind : IndexDefinition.Kind.values()) {
      List<IndexDefinition> indexes = table.definition().indexes(kind);
      if (indexes.isEmpty()) {
        continue;
      }
      boolean global = kind == IndexDefinition.Kind.GLOBAL;
      json.writeArrayFieldStart(global ? "GlobalSecondaryIndexes" : "LocalSecondaryIndexes");
      for (IndexDefinition index : indexes) {
        json.writeStartObject();
        writeIndex(json, table, index);
        if (global) {
          json.writeStringField("IndexStatus", status);
          writeProvisioned(
              json, index.throughput(), table.decreases(Optional.of(index.name())), table.now());
          writeOnDemand(json, index.throughput());
          writeWarm(json, index.throughput());
        }
        json.writeEndObject();
      }
      json.writeEndArray();
    }
  }

  private static void writeIndex(JsonGenerator json, Table table, IndexDefinition index)
      throws IOException {
    json.writeStringField("IndexName", index.name());
    writeKey(json, index.key());
    json.writeObjectFieldStart("Projection");
    json.writeStringField("ProjectionType", index.projection().name());
    if (!index.projected().isEmpty()) {
      json.writeArrayFieldStart("NonKeyAttributes");
      for (String attribute : index.projected()) {
        json.writeString(attribute);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
    Optional<SortedItems> items = table.store().index(index.name());
    json.writeNumberField("IndexSizeBytes", items.map(SortedItems::bytes).orElse(0L));
    json.writeNumberField("ItemCount", items.map(SortedItems::count).orElse(0L));
    json.writeStringField("IndexArn", table.arn() + "/index/" + index.name());
  }

  private static void writeKey(JsonGenerator json, KeySchema key) throws IOException {
    json.writeArrayFieldStart("KeySchema");
    writeElements(json, key.hash(), "HASH");
    writeElements(json, key.range(), "RANGE");
    json.writeEndArray();
  }

  private static void writeElements(
      JsonGenerator json, Collection<KeyAttribute> attributes, String type) throws IOException {
    for (KeyAttribute attribute : attributes) {
      json.writeStartObject();
      json.writeStringField("AttributeName", attribute.name());
      json.writeStringField("KeyType", type);
      json.writeEndObject();
    }
  }

  private static void writeProvisioned(
      JsonGenerator json, Throughput throughput, Optional<Decreases.Lane> decreases, Instant now)
      throws IOException {
    json.writeObjectFieldStart("ProvisionedThroughput");
    if (decreases.isPresent()) {
      writeTime(json, "LastDecreaseDateTime", decreases.get().last());
    }
    json.writeNumberField(
        "NumberOfDecreasesToday", decreases.map(lane -> lane.countOn(now)).orElse(0));
    json.writeNumberField("ReadCapacityUnits", throughput.read());
    json.writeNumberField("WriteCapacityUnits", throughput.write());
    json.writeEndObject();
  }

  private static void writeOnDemand(JsonGenerator json, Throughput throughput) throws IOException {
    if (throughput.maxRead() == 0 && throughput.maxWrite() == 0) {
      return;
    }
    json.writeObjectFieldStart("OnDemandThroughput");
    if (throughput.maxRead() > 0) {
      json.writeNumberField("MaxReadRequestUnits", throughput.maxRead());
    }
    if (throughput.maxWrite() > 0) {
      json.writeNumberField("MaxWriteRequestUnits", throughput.maxWrite());
    }
    json.writeEndObject();
  }

  private static void writeWarm(JsonGenerator json, Throughput throughput) throws IOException {
    json.writeObjectFieldStart("WarmThroughput");
    json.writeNumberField("ReadUnitsPerSecond", throughput.takesRead());
    json.writeNumberField("WriteUnitsPerSecond", throughput.takesWrite());
    json.writeStringField("Status", STATUS);
    json.writeEndObject();
  }

  private static void writeStream(JsonGenerator json, Table table) throws IOException {
    Optional<TableDefinition.StreamView> view = table.definition().stream();
    if (view.isPresent()) {
      json.writeObjectFieldStart("StreamSpecification");
      json.writeBooleanField("StreamEnabled", true);
      json.writeStringField("StreamViewType", view.get().name());
      json.writeEndObject();
    }
    if (table.streamed().isPresent()) {
      String label = TableStream.label(table.streamed().get());
      json.writeStringField("LatestStreamLabel", label);
      json.writeStringField("LatestStreamArn", table.arn() + "/stream/" + label);
    }
  }

  /** Writes a time in seconds, to the millisecond. */
  public static void writeTime(JsonGenerator json, String name, Instant time) throws IOException {
    json.writeNumberField(name, BigDecimal.valueOf(time.toEpochMilli(), 3));
  }
}
