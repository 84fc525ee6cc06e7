/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.service;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.localaws.dynamodb.operation.Answer;
import io.sluice.localaws.dynamodb.operation.Operation;
import io.sluice.localaws.dynamodb.request.JsonTree;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.table.TableJson;
import io.sluice.localaws.dynamodb.table.Tables;
import io.sluice.localaws.dynamodb.table.TimeToLive;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Lists the operations on tables, and writes what they answer. */
final class TableOperations {

  private final Tables tables;

  TableOperations(Tables tables) {
    this.tables = tables;
  }

  Map<String, Operation> all() {
    Map<String, Operation> all = new HashMap<>();
    all.put(
        "CreateTable",
        (json, region) ->
            description(
                "TableDescription", tables.create(JsonTree.read(json), region), "CREATING"));
    all.put(
        "DescribeTable",
        (json, region) -> description("Table", tables.describe(JsonTree.read(json)), "ACTIVE"));
    all.put(
        "UpdateTable",
        (json, region) ->
            description("TableDescription", tables.update(JsonTree.read(json)), "UPDATING"));
    all.put(
        "DeleteTable",
        (json, region) ->
            description("TableDescription", tables.delete(JsonTree.read(json)), "DELETING"));
    all.put("ListTables", (json, region) -> names(tables.list(JsonTree.read(json))));
    all.put(
        "DescribeTimeToLive",
        (json, region) -> timeToLive(tables.describe(JsonTree.read(json)).timeToLive()));
    all.put("UpdateTimeToLive", (json, region) -> updateTimeToLive(JsonTree.read(json)));
    all.put(
        "TagResource",
        (json, region) -> {
          tables.tag(JsonTree.read(json));
          return out -> {};
        });
    all.put(
        "UntagResource",
        (json, region) -> {
          tables.untag(JsonTree.read(json));
          return out -> {};
        });
    all.put("ListTagsOfResource", (json, region) -> tags(tables.tags(JsonTree.read(json))));
    return all;
  }

  private static Answer description(String member, Table table, String status) {
    return json -> {
      json.writeFieldName(member);
      TableJson.write(json, table, status);
    };
  }

  private static Answer names(Tables.Names page) {
    return json -> {
      json.writeArrayFieldStart("TableNames");
      for (String name : page.names()) {
        json.writeString(name);
      }
      json.writeEndArray();
      if (page.last().isPresent()) {
        json.writeStringField("LastEvaluatedTableName", page.last().get());
      }
    };
  }

  private static Answer timeToLive(TimeToLive timeToLive) {
    return json -> {
      json.writeFieldName("TimeToLiveDescription");
      TableJson.writeTimeToLive(json, timeToLive);
    };
  }

  /** Answers with what the request says, as the service does. */
  private Answer updateTimeToLive(Map<String, Object> request) {
    boolean enabled = tables.updateTimeToLive(request).timeToLive().attribute().isPresent();
    Map<?, ?> specification = (Map<?, ?>) request.get("TimeToLiveSpecification");
    return json -> {
      json.writeObjectFieldStart("TimeToLiveSpecification");
      json.writeStringField("AttributeName", (String) specification.get("AttributeName"));
      json.writeBooleanField("Enabled", enabled);
      json.writeEndObject();
    };
  }

  private static Answer tags(Map<String, String> tags) {
    return json -> {
      json.writeArrayFieldStart("Tags");
      for (Map.Entry<String, String> tag : tags.entrySet()) {
        writeTag(json, tag);
      }
      json.writeEndArray();
    };
  }

  private static void writeTag(JsonGenerator json, Map.Entry<String, String> tag)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("Key", tag.getKey());
    json.writeStringField("Value", tag.getValue());
    json.writeEndObject();
  }
}
