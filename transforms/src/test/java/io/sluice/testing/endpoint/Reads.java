/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.checkerframework.checker.nullness.qual.Nullable;

/** GetItem, BatchGetItem and Scan. */
final class Reads {
  private static final Set<String> GET_FIELDS =
      Set.of("TableName", "Key", "ConsistentRead", "ReturnConsumedCapacity");
  private static final Set<String> BATCH_GET_FIELDS =
      Set.of("RequestItems", "ReturnConsumedCapacity");
  private static final Set<String> SCAN_FIELDS =
      Set.of(
          "TableName",
          "Segment",
          "TotalSegments",
          "ExclusiveStartKey",
          "Limit",
          "ConsistentRead",
          "ReturnConsumedCapacity");

  private final SimulatedTable table;
  private final TableState state;
  private final Bookkeeper books;
  private final @Nullable ReadableItems items;

  Reads(EndpointSettings settings, TableState state, Bookkeeper books) {
    this.table = settings.table();
    this.state = state;
    this.books = books;
    GeneratedItems generated = settings.generated();
    this.items =
        generated == null
            ? state.store().readable()
            : new GeneratedReader(generated, table.keySchema());
  }

  byte[] getItem(ObjectNode request) throws ServiceError {
    ReadableItems from = check(request, GET_FIELDS);
    if (!(request.get("Key") instanceof ObjectNode key)) {
      throw ServiceError.validation("The provided key element does not match the schema");
    }
    StoredItem item = from.get(key);
    if (!state.canRead(0)) {
      throw ServiceError.provisionedThroughputExceeded();
    }
    double units = Page.units(item == null ? 0 : item.size(), isConsistent(request));
    state.tookRead(0, units);
    books.read(item == null ? 0 : 1, units);
    String consumed = Consumed.object(table, asked(request), units);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (item != null) {
      out.writeBytes("{\"Item\":".getBytes(UTF_8));
      out.writeBytes(item.json());
      out.writeBytes(consumed.getBytes(UTF_8));
    } else {
      out.write('{');
      out.writeBytes(consumed.replaceFirst("^,", "").getBytes(UTF_8));
    }
    out.write('}');
    return out.toByteArray();
  }

  /**
   * Reads those items of a batch that there is capacity for.
   *
   * @param random which keys to leave unprocessed besides, at random; null for none
   */
  byte[] batchGetItem(ObjectNode request, @Nullable RandomGenerator random) throws ServiceError {
    checkFields(request, BATCH_GET_FIELDS);
    if (!(request.path("RequestItems").get(table.name()) instanceof ObjectNode asked)
        || request.path("RequestItems").size() != 1) {
      throw ServiceError.resourceNotFound();
    }
    checkFields(asked, Set.of("Keys", "ConsistentRead"));
    JsonNode keys = asked.path("Keys");
    if (keys.isEmpty() || keys.size() > 100) {
      throw ServiceError.validation("Too many items requested for the BatchGetItem call");
    }
    Set<JsonNode> different = new HashSet<>();
    for (JsonNode key : keys) {
      if (!(key instanceof ObjectNode)) {
        throw ServiceError.validation("The provided key element does not match the schema");
      }
      if (!different.add(key)) {
        throw ServiceError.validation("Provided list of item keys contains duplicates");
      }
    }
    boolean[] spared = random == null ? new boolean[0] : TableState.spare(keys.size(), random);
    Page page = new Page(Integer.MAX_VALUE);
    ArrayNode left = JsonNodeFactory.instance.arrayNode();
    double units = 0;
    for (int i = 0; i < keys.size(); i++) {
      StoredItem item = kept().get((ObjectNode) keys.get(i));
      boolean spare = i < spared.length && spared[i];
      if (spare || !state.canRead(0) || (item != null && !page.add(item.json(), item.size(), 0))) {
        left.add(keys.get(i));
        continue;
      }
      double cost = Page.units(item == null ? 0 : item.size(), isConsistent(asked));
      state.tookRead(0, cost);
      units += cost;
    }
    if (left.size() == keys.size()) {
      throw ServiceError.provisionedThroughputExceeded();
    }
    books.read(page.count(), units);
    return page.batchAnswer(
        table.name(), left, isConsistent(asked), Consumed.array(table, asked(request), units));
  }

  byte[] scan(ObjectNode request) throws ServiceError {
    ReadableItems from = check(request, SCAN_FIELDS);
    int total = request.path("TotalSegments").asInt(1);
    int segment = request.path("Segment").asInt(0);
    int limit = request.path("Limit").asInt(Integer.MAX_VALUE);
    if (total < 1 || total > 1_000_000 || segment < 0 || segment >= total || limit < 1) {
      throw ServiceError.validation(
          "The Segment parameter is zero-based and must be less than parameter TotalSegments, and"
              + " the Limit must be 1 or more");
    }
    Page page = new Page(limit);
    from.scan(segment, total, (ObjectNode) request.get("ExclusiveStartKey"), page);
    if (!state.canRead(page.firstPlace())) {
      throw ServiceError.provisionedThroughputExceeded();
    }
    double units = page.units(isConsistent(request));
    state.tookRead(page.firstPlace(), units);
    books.read(page.count(), units);
    return page.answer(Consumed.object(table, asked(request), units));
  }

  private ReadableItems check(ObjectNode request, Set<String> fields) throws ServiceError {
    checkFields(request, fields);
    if (!request.path("TableName").asText().equals(table.name())) {
      throw ServiceError.resourceNotFound();
    }
    return kept();
  }

  private static void checkFields(ObjectNode request, Set<String> fields) throws ServiceError {
    Iterator<String> names = request.fieldNames();
    while (names.hasNext()) {
      String name = names.next();
      if (!fields.contains(name)) {
        throw BatchRequest.notSimulated(name);
      }
    }
  }

  private ReadableItems kept() throws ServiceError {
    if (items == null) {
      throw BatchRequest.notSimulated("reading items that are not kept");
    }
    return items;
  }

  private static boolean isConsistent(ObjectNode request) {
    return request.path("ConsistentRead").asBoolean(false);
  }

  private static String asked(ObjectNode request) {
    return request.path("ReturnConsumedCapacity").asText("NONE");
  }
}
