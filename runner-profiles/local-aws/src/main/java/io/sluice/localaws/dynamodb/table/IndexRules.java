/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.table;

import io.sluice.localaws.dynamodb.request.Fields;
import io.sluice.localaws.dynamodb.schema.BillingMode;
import io.sluice.localaws.dynamodb.schema.IndexDefinition;
import io.sluice.localaws.dynamodb.schema.KeyAttribute;
import io.sluice.localaws.dynamodb.schema.KeySchema;
import io.sluice.localaws.dynamodb.schema.Throughput;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the indexes of a table, and checks them with the service's messages. */
final class IndexRules {

  /** How many global indexes a table can have. */
  static final int MAX_GLOBAL = 20;

  private static final int MAX_LOCAL = 5;

  private final KeySchema table;
  private final Map<String, KeyAttribute> definitions;
  private final BillingMode billing;

  IndexRules(KeySchema table, Map<String, KeyAttribute> definitions, BillingMode billing) {
    this.table = table;
    this.definitions = definitions;
    this.billing = billing;
  }

  /** Reads the indexes of a new table: the local ones, then the global ones. */
  List<IndexDefinition> all(Fields request) {
    List<IndexDefinition> indexes = new ArrayList<>();
    Set<String> names = new HashSet<>();
    if (request.has("LocalSecondaryIndexes")) {
      List<Fields> locals = request.list("LocalSecondaryIndexes");
      checkNotEmpty("LocalSecondaryIndexes", locals);
      if (table.range().isEmpty()) {
        throw DynamoDbException.invalid(
            "Table KeySchema does not have a range key, which is required when specifying a "
                + "LocalSecondaryIndex");
      }
      for (Fields local : locals) {
        indexes.add(unique(local(local), names));
      }
      if (locals.size() > MAX_LOCAL) {
        throw DynamoDbException.invalid(
            "Number of LocalSecondaryIndexes exceeds per-table limit of " + MAX_LOCAL);
      }
    }
    if (request.has("GlobalSecondaryIndexes")) {
      List<Fields> globals = request.list("GlobalSecondaryIndexes");
      checkNotEmpty("GlobalSecondaryIndexes", globals);
      for (Fields global : globals) {
        indexes.add(unique(global(global), names));
      }
      if (globals.size() > MAX_GLOBAL) {
        throw DynamoDbException.invalid(
            "GlobalSecondaryIndex count exceeds the per-table limit of " + MAX_GLOBAL);
      }
    }
    return indexes;
  }

  /** Reads a global index. */
  IndexDefinition global(Fields index) {
    String name = name(index);
    KeySchema key = KeySchemaRules.global(index.list("KeySchema"), definitions);
    IndexDefinition.Projection projection = projection(index);
    return new IndexDefinition(
        name,
        IndexDefinition.Kind.GLOBAL,
        key,
        projection,
        projected(index),
        ThroughputRules.ofIndex(index, name, billing));
  }

  /** Gives the name that a part of a request has for an index. */
  static String name(Fields index) {
    return index.text("IndexName").orElseThrow();
  }

  private IndexDefinition local(Fields index) {
    String name = name(index);
    KeySchema key = KeySchemaRules.simple(index.list("KeySchema"), definitions);
    if (key.range().isEmpty()) {
      throw DynamoDbException.invalid(
          "Index KeySchema does not have a range key for index: " + name);
    }
    String hash = key.hash().get(0).name();
    String tableHash = table.hash().get(0).name();
    if (!hash.equals(tableHash)) {
      throw DynamoDbException.invalid(
          "Index KeySchema does not have the same leading hash key as table KeySchema for index: "
              + name
              + ". index hash key: "
              + hash
              + ", table hash key: "
              + tableHash);
    }
    return new IndexDefinition(
        name,
        IndexDefinition.Kind.LOCAL,
        key,
        projection(index),
        projected(index),
        Throughput.ON_DEMAND);
  }

  private static IndexDefinition.Projection projection(Fields index) {
    Fields projection = index.fields("Projection").orElseThrow();
    String type =
        projection
            .text("ProjectionType")
            .orElseThrow(() -> DynamoDbException.invalid("Unknown ProjectionType: null"));
    List<String> attributes = projection.texts("NonKeyAttributes");
    if (attributes.isEmpty() == type.equals("INCLUDE")) {
      throw DynamoDbException.invalid(
          "ProjectionType is "
              + type
              + (attributes.isEmpty()
                  ? ", but NonKeyAttributes is not specified"
                  : ", but NonKeyAttributes is specified"));
    }
    Set<String> seen = new HashSet<>();
    for (String attribute : attributes) {
      if (!seen.add(attribute)) {
        throw DynamoDbException.invalid("Duplicate element in NonKeyAttributes: " + attribute);
      }
    }
    return IndexDefinition.Projection.valueOf(type);
  }

  private static List<String> projected(Fields index) {
    return index.fields("Projection").orElseThrow().texts("NonKeyAttributes");
  }

  private static IndexDefinition unique(IndexDefinition index, Set<String> names) {
    if (!names.add(index.name())) {
      throw DynamoDbException.invalid("Duplicate index name: " + index.name());
    }
    return index;
  }

  private static void checkNotEmpty(String name, List<Fields> list) {
    if (list.isEmpty()) {
      throw DynamoDbException.invalid("List of " + name + " is empty");
    }
  }
}
