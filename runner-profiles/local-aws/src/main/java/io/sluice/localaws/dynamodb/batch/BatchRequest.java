/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.batch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.localaws.dynamodb.operation.ItemShapes;
import io.sluice.localaws.dynamodb.request.Fields;
import io.sluice.localaws.dynamodb.request.Shape;
import io.sluice.localaws.dynamodb.request.Violations;
import io.sluice.localaws.dynamodb.table.TableNames;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.JsonScalars;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Holds the members of a request about the items of several tables.
 *
 * @param items what the request says of each table; null if it says nothing
 * @param options the members that are strings
 */
record BatchRequest<T>(Map<String, T> items, Map<String, String> options) {

  private static final String ITEMS = "RequestItems";

  /** Describes the constraints of BatchGetItem. */
  static final Shape.Struct GET = Shape.struct("BatchGetItemInput", ItemShapes.CAPACITY);

  /** Describes the constraints of BatchWriteItem. */
  static final Shape.Struct WRITE =
      Shape.struct("BatchWriteItemInput", ItemShapes.CAPACITY, ItemShapes.METRICS);

  /** Reads what a request says of one table, from the current token on. */
  interface Part<T> {
    T read(JsonParser json) throws IOException;
  }

  /** Reads a request. */
  static <T> BatchRequest<T> read(JsonParser json, Shape.Struct shape, String type, Part<T> part)
      throws IOException {
    Map<String, T> items = null;
    Map<String, String> options = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      JsonToken token = json.nextToken();
      if (token == JsonToken.VALUE_NULL) {
        continue;
      }
      if (name.equals(ITEMS)) {
        items = items(json, type, part);
      } else if (shape.byName().containsKey(name)) {
        options.put(name, JsonScalars.string(json));
      } else {
        json.skipChildren();
      }
    }
    return new BatchRequest<>(items, options);
  }

  private static <T> Map<String, T> items(JsonParser json, String type, Part<T> part)
      throws IOException {
    JsonScalars.startMap(json, type);
    Map<String, T> items = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String table = json.currentName();
      if (json.nextToken() != JsonToken.VALUE_NULL) {
        items.put(table, part.read(json));
      }
    }
    return items;
  }

  /** Adds that a table has a name that none can have, and prints what the request says. */
  void checkNames(Supplier<Object> printed, Violations violations) {
    if (items != null && !items.keySet().stream().allMatch(BatchRequest::isName)) {
      violations.add(
          printed.get(),
          "requestItems",
          "Map keys must satisfy constraint: [Member must have length less than or equal to 255, "
              + "Member must have length greater than or equal to 3, Member must satisfy regular "
              + "expression pattern: "
              + ItemShapes.NAME.pattern().orElseThrow()
              + "]");
    }
  }

  private static boolean isName(String name) {
    Violations violations = new Violations();
    ItemShapes.NAME.check(TableNames.of(name), "", violations);
    return violations.isEmpty();
  }

  /** Checks the constraints of the members, after those that were found before. */
  void check(Shape.Struct shape, Violations violations) {
    shape.check(new Fields(shape.name(), Map.copyOf(options)), "", violations);
    if (items == null) {
      violations.add(null, "requestItems", "Member must not be null");
    }
    violations.check();
  }

  /** Makes the error for a request without items, as the older layer words it. */
  static DynamoDbException noItems(String operation) {
    return DynamoDbException.validation("The requestItems parameter is required for " + operation);
  }

  String option(String name) {
    return options.getOrDefault(name, "NONE");
  }
}
