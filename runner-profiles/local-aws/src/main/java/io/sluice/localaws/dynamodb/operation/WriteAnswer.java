/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.operation;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.localaws.dynamodb.capacity.Units;
import io.sluice.localaws.dynamodb.schema.IndexDefinition;
import io.sluice.localaws.dynamodb.store.Change;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.Value;
import io.sluice.localaws.dynamodb.value.ValueJson;
import io.sluice.localaws.dynamodb.value.Wording;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Answers the requests that write one item. */
public final class WriteAnswer {

  private WriteAnswer() {}

  /**
   * Checks the item or the key of a PutItem or a DeleteItem request, and that ReturnValues is one
   * that these have. The older layer looks at ReturnValues first.
   */
  static void checkItem(Request request, String name) {
    if (request.wording() == Wording.OLDER) {
      checkReturnValues(request);
    }
    request.checkItem(name);
    checkReturnValues(request);
  }

  private static void checkReturnValues(Request request) {
    String values = returnValues(request);
    if (!values.equals("NONE") && !values.equals("ALL_OLD")) {
      throw DynamoDbException.validation("ReturnValues can only be ALL_OLD or NONE");
    }
  }

  public static String returnValues(Request request) {
    return request.text("ReturnValues").orElse("NONE");
  }

  /**
   * Answers with what a request asks for.
   *
   * @param attributes what ReturnValues says, if there is something
   */
  public static Answer of(
      Request request, Table table, Change change, Optional<Map<String, Value>> attributes) {
    String detail = request.text("ReturnConsumedCapacity").orElse("NONE");
    return json -> {
      if (attributes.isPresent()) {
        json.writeFieldName("Attributes");
        ValueJson.writeItem(json, attributes.get());
      }
      if (!detail.equals("NONE")) {
        Units.write(table, change).writeMember(json, detail);
      }
      if (request.is("ReturnItemCollectionMetrics", "SIZE") && hasCollections(table)) {
        writeMetrics(json, table, change.after().or(change::before));
      }
    };
  }

  private static void writeMetrics(
      JsonGenerator json, Table table, Optional<Map<String, Value>> item) throws IOException {
    if (item.isPresent()) {
      json.writeFieldName("ItemCollectionMetrics");
      writeMetrics(json, table, item.get());
    }
  }

  /**
   * Reports whether a table has item collections: one for each partition key, if it has a local
   * index.
   */
  public static boolean hasCollections(Table table) {
    return !table.definition().indexes(IndexDefinition.Kind.LOCAL).isEmpty();
  }

  /**
   * Writes the metrics of the collections of several items, each once, if the table has some.
   *
   * @param name the one by which the request names the table
   */
  public static void writeMetrics(
      JsonGenerator json, String name, Table table, List<Map<String, Value>> items)
      throws IOException {
    if (!hasCollections(table)) {
      return;
    }
    String hash = table.definition().key().hash().get(0).name();
    Set<Value> seen = new HashSet<>();
    json.writeArrayFieldStart(name);
    for (Map<String, Value> item : items) {
      if (seen.add(item.get(hash))) {
        writeMetrics(json, table, item);
      }
    }
    json.writeEndArray();
  }

  /** Writes the metrics of the collection of an item, which this server estimates at 0 to 1 GB. */
  public static void writeMetrics(JsonGenerator json, Table table, Map<String, Value> item)
      throws IOException {
    String hash = table.definition().key().hash().get(0).name();
    json.writeStartObject();
    json.writeFieldName("ItemCollectionKey");
    ValueJson.writeItem(json, Map.of(hash, item.get(hash)));
    json.writeArrayFieldStart("SizeEstimateRangeGB");
    json.writeNumber(0.0);
    json.writeNumber(1.0);
    json.writeEndArray();
    json.writeEndObject();
  }
}
