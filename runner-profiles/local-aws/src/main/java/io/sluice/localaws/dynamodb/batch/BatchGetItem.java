/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.batch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.sluice.localaws.dynamodb.capacity.Consumed;
import io.sluice.localaws.dynamodb.capacity.Meter;
import io.sluice.localaws.dynamodb.capacity.Metering;
import io.sluice.localaws.dynamodb.capacity.Units;
import io.sluice.localaws.dynamodb.expression.Projection;
import io.sluice.localaws.dynamodb.operation.Answer;
import io.sluice.localaws.dynamodb.operation.Invalid;
import io.sluice.localaws.dynamodb.operation.ItemAnswer;
import io.sluice.localaws.dynamodb.operation.ItemShapes;
import io.sluice.localaws.dynamodb.operation.KeyPaths;
import io.sluice.localaws.dynamodb.operation.Operation;
import io.sluice.localaws.dynamodb.operation.Parameters;
import io.sluice.localaws.dynamodb.operation.Request;
import io.sluice.localaws.dynamodb.request.Violations;
import io.sluice.localaws.dynamodb.store.StoredItem;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.table.TableNames;
import io.sluice.localaws.dynamodb.table.Tables;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.JsonScalars;
import io.sluice.localaws.dynamodb.value.Value;
import io.sluice.localaws.dynamodb.value.ValueJson;
import io.sluice.localaws.dynamodb.value.Wording;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gets up to 100 items of several tables, and leaves keys unprocessed when 16 MB are full. */
public final class BatchGetItem implements Operation {

  private static final String OPERATION = "BatchGetItem";
  private static final int MAX = 100;
  private static final long MAX_BYTES = 16L * 1024 * 1024;

  private final Tables tables;

  /** Works on {@code tables}. */
  public BatchGetItem(Tables tables) {
    this.tables = tables;
  }

  /** Collects the answer for one table. */
  private static final class Part {

    private final Request request;
    private final Optional<Projection> projection;
    private final List<StoredItem> items = new ArrayList<>();
    private final List<Map<String, Value>> unprocessed = new ArrayList<>();
    private Table table;
    private double units;
    private Optional<DynamoDbException> throttled = Optional.empty();

    Part(Request request, Optional<Projection> projection) {
      this.request = request;
      this.projection = projection;
    }

    /** Reports whether there is capacity to read an item, and takes it then. */
    private boolean isMetered(Map<String, Value> key, double read, int items) {
      Consumed consumed = Consumed.ofTable(table.definition().name(), read);
      try {
        Metering.current()
            .read(table, new Meter.Read(consumed, Optional.empty(), () -> Optional.of(key), items));
        return true;
      } catch (DynamoDbException e) {
        if (!Metering.isThrottling(e)) {
          throw e;
        }
        throttled = throttled.or(() -> Optional.of(e));
        return false;
      }
    }
  }

  private static int keys(Map<String, Part> parts) {
    return parts.values().stream().mapToInt(part -> part.request.keys().size()).sum();
  }

  /** Throws the first error of a batch of which nothing was read for want of capacity. */
  private static void checkProcessed(Map<String, Part> parts) {
    int left = parts.values().stream().mapToInt(part -> part.unprocessed.size()).sum();
    Optional<DynamoDbException> throttled =
        parts.values().stream().flatMap(part -> part.throttled.stream()).findFirst();
    if (throttled.isPresent() && left == keys(parts)) {
      throw throttled.get();
    }
  }

  @Override
  public Answer run(JsonParser json, String region) throws IOException {
    BatchRequest<Request> batch =
        BatchRequest.read(
            json,
            BatchRequest.GET,
            JsonScalars.MODEL + "KeysAndAttributes",
            parser -> readPart(parser, Wording.in(region)));
    Violations violations = new Violations();
    batch.checkNames(() -> print(batch.items()), violations);
    batch.check(BatchRequest.GET, violations);
    if (batch.items().isEmpty()) {
      throw Wording.in(region) == Wording.OLDER
          ? BatchRequest.noItems(OPERATION)
          : Invalid.constraint("RequestItems", "length greater than or equal to 1");
    }
    Map<String, Part> parts = check(batch.items());
    parts.forEach(this::find);
    Metering.current().batch(keys(parts));
    long bytes = 0;
    for (Part part : parts.values()) {
      bytes = read(part, bytes);
    }
    checkProcessed(parts);
    return out -> write(out, parts, batch.option("ReturnConsumedCapacity"));
  }

  private static Request readPart(JsonParser json, Wording wording) throws IOException {
    JsonScalars.startElement(json, "KeysAndAttributes");
    return Request.read(json, ItemShapes.KEYS, wording);
  }

  private static Map<String, Part> check(Map<String, Request> requests) {
    for (Map.Entry<String, Request> entry : requests.entrySet()) {
      checkKeys("RequestItems." + entry.getKey() + ".member.Keys", entry.getValue());
    }
    Map<String, Part> parts = new LinkedHashMap<>();
    int count = 0;
    for (Map.Entry<String, Request> entry : requests.entrySet()) {
      Request request = entry.getValue();
      Parameters.checkGet(request);
      Part part = new Part(request, Parameters.projection(request));
      request.checkKeys();
      if (new HashSet<>(request.keys()).size() < request.keys().size()) {
        throw Invalid.duplicates();
      }
      count += request.keys().size();
      if (count > MAX) {
        throw Invalid.tooMany(OPERATION);
      }
      parts.put(entry.getKey(), part);
    }
    return parts;
  }

  private static void checkKeys(String path, Request request) {
    if (!request.has("Keys")) {
      Violations violations = new Violations();
      violations.add(null, path, "Member must not be null");
      violations.check();
    }
    int count = request.keys().size();
    if (count > MAX) {
      throw Invalid.constraint(path, "length less than or equal to " + MAX);
    }
    if (count == 0) {
      throw Invalid.constraint(path, "length greater than or equal to 1");
    }
  }

  private void find(String name, Part part) {
    part.table = tables.get(TableNames.of(name));
    part.request.keys().forEach(part.table.store().rules()::checkKey);
    part.projection.ifPresent(
        present -> KeyPaths.check(part.table.definition(), present.nestedAttributes()));
  }

  private static long read(Part part, long before) {
    long bytes = before;
    boolean consistent = part.request.flag("ConsistentRead");
    for (Map<String, Value> key : part.request.keys()) {
      Optional<StoredItem> item = part.table.store().stored(key);
      int size = item.map(StoredItem::size).orElse(0);
      if (bytes + size > MAX_BYTES) {
        part.unprocessed.add(key);
        Metering.current().left(part.table);
        bytes = MAX_BYTES + 1;
        continue;
      }
      double units = Units.read(size, consistent);
      if (!part.isMetered(key, units, item.isPresent() ? 1 : 0)) {
        part.unprocessed.add(key);
        continue;
      }
      bytes += size;
      part.units += units;
      item.ifPresent(part.items::add);
    }
    return bytes;
  }

  private static void write(JsonGenerator json, Map<String, Part> parts, String detail)
      throws IOException {
    json.writeObjectFieldStart("Responses");
    for (Map.Entry<String, Part> part : parts.entrySet()) {
      json.writeFieldName(part.getKey());
      ItemAnswer.writeAll(json, part.getValue().items, part.getValue().projection);
    }
    json.writeEndObject();
    json.writeObjectFieldStart("UnprocessedKeys");
    for (Map.Entry<String, Part> part : parts.entrySet()) {
      if (!part.getValue().unprocessed.isEmpty()) {
        json.writeFieldName(part.getKey());
        writeRequest(json, part.getValue().request, part.getValue().unprocessed);
      }
    }
    json.writeEndObject();
    List<Consumed> consumed =
        parts.values().stream()
            .map(part -> Consumed.ofTable(part.table.definition().name(), part.units))
            .toList();
    Consumed.writeAll(json, consumed, detail);
  }

  private static void writeKeys(JsonGenerator json, List<Map<String, Value>> keys)
      throws IOException {
    json.writeStartArray();
    for (Map<String, Value> key : keys) {
      ValueJson.writeItem(json, key);
    }
    json.writeEndArray();
  }

  /** Prints what a request says of tables as the service's messages do: as JSON. */
  private static String print(Map<String, Request> requests) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      for (Map.Entry<String, Request> request : requests.entrySet()) {
        json.writeFieldName(request.getKey());
        writeRequest(json, request.getValue(), request.getValue().keys());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void writeRequest(
      JsonGenerator json, Request request, List<Map<String, Value>> keys) throws IOException {
    json.writeStartObject();
    json.writeFieldName("Keys");
    writeKeys(json, keys);
    if (request.has("ConsistentRead")) {
      json.writeBooleanField("ConsistentRead", request.flag("ConsistentRead"));
    }
    Optional<List<String>> toGet = request.attributesToGet();
    if (toGet.isPresent()) {
      json.writeFieldName("AttributesToGet");
      json.writeArray(toGet.get().toArray(String[]::new), 0, toGet.get().size());
    }
    Optional<String> projection = request.text("ProjectionExpression");
    if (projection.isPresent()) {
      json.writeStringField("ProjectionExpression", projection.get());
    }
    Optional<Map<String, String>> names = request.names();
    if (names.isPresent()) {
      json.writeObjectFieldStart("ExpressionAttributeNames");
      for (Map.Entry<String, String> name : names.get().entrySet()) {
        json.writeStringField(name.getKey(), name.getValue());
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }
}
