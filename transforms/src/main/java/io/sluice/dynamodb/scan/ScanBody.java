/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.scan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.item.json.ItemJsonBuffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Builds the bodies of the Scan requests of one step, which differ in segment, limit and start key.
 */
final class ScanBody {
  private static final JsonFactory JSON = new JsonFactory();

  private final byte[] settings;

  ScanBody(ScanSpec spec) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      write(spec, json);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    // Without the closing brace, which the generator wrote when it was closed: the rest goes there.
    settings = Arrays.copyOf(out.toByteArray(), out.size() - 1);
  }

  private static void write(ScanSpec spec, JsonGenerator json) throws IOException {
    json.writeStringField("TableName", spec.table());
    json.writeStringField("ReturnConsumedCapacity", "TOTAL");
    json.writeNumberField("TotalSegments", spec.segments());
    if (spec.isConsistent()) {
      json.writeBooleanField("ConsistentRead", true);
    }
    if (!spec.index().isEmpty()) {
      json.writeStringField("IndexName", spec.index());
    }
    if (!spec.filter().isEmpty()) {
      json.writeStringField("FilterExpression", spec.filter());
    }
    if (!spec.projection().isEmpty()) {
      json.writeStringField("ProjectionExpression", spec.projection());
    }
    if (!spec.names().isEmpty()) {
      json.writeObjectFieldStart("ExpressionAttributeNames");
      for (Map.Entry<String, String> name : spec.names().entrySet()) {
        json.writeStringField(name.getKey(), name.getValue());
      }
      json.writeEndObject();
    }
    if (!spec.valuesJson().isEmpty()) {
      json.writeFieldName("ExpressionAttributeValues");
      json.writeRawValue(spec.valuesJson());
    }
  }

  /**
   * Builds the body that requests a page.
   *
   * @param limit how many items to evaluate, or {@link PageLimit#NONE}
   * @param after the key at which the page before ended, in JSON; empty for the first page
   */
  ItemJsonBuffer page(int segment, int limit, Optional<byte[]> after) {
    ItemJsonBuffer body = new ItemJsonBuffer().raw(settings).raw(",\"Segment\":" + segment);
    if (limit != PageLimit.NONE) {
      body.raw(",\"Limit\":" + limit);
    }
    after.ifPresent(key -> body.raw(",\"ExclusiveStartKey\":").raw(key));
    return body.raw("}");
  }
}
