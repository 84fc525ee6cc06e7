/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.batch;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.localaws.dynamodb.capacity.Metering;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.ValueJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects the writes of a batch that there is no capacity for. */
final class Unprocessed {

  private final Map<String, List<WriteRequest>> requests = new LinkedHashMap<>();
  private Optional<DynamoDbException> first = Optional.empty();
  private int count;

  /**
   * Adds a write that failed.
   *
   * @param name of its table, as the request spells it
   * @throws DynamoDbException {@code error}, unless it says that there was not enough capacity
   */
  void add(String name, WriteRequest request, DynamoDbException error) {
    if (!Metering.isThrottling(error)) {
      throw error;
    }
    first = first.or(() -> Optional.of(error));
    requests.computeIfAbsent(name, unknown -> new ArrayList<>()).add(request);
    count++;
  }

  /** Throws the first error if none of the {@code all} writes were done. */
  void checkNotAll(int all) {
    if (count == all && first.isPresent()) {
      throw first.get();
    }
  }

  /** Writes the member UnprocessedItems. */
  void write(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("UnprocessedItems");
    for (Map.Entry<String, List<WriteRequest>> table : requests.entrySet()) {
      json.writeArrayFieldStart(table.getKey());
      for (WriteRequest request : table.getValue()) {
        json.writeStartObject();
        json.writeObjectFieldStart(request.isPut() ? "PutRequest" : "DeleteRequest");
        json.writeFieldName(request.isPut() ? "Item" : "Key");
        ValueJson.writeItem(json, request.attributes());
        json.writeEndObject();
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }
}
