/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.batch;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.sluice.localaws.dynamodb.capacity.Consumed;
import io.sluice.localaws.dynamodb.capacity.Metering;
import io.sluice.localaws.dynamodb.capacity.Units;
import io.sluice.localaws.dynamodb.operation.Answer;
import io.sluice.localaws.dynamodb.operation.Invalid;
import io.sluice.localaws.dynamodb.operation.Operation;
import io.sluice.localaws.dynamodb.operation.WriteAnswer;
import io.sluice.localaws.dynamodb.request.Violations;
import io.sluice.localaws.dynamodb.schema.KeyAttribute;
import io.sluice.localaws.dynamodb.schema.KeySchema;
import io.sluice.localaws.dynamodb.store.Change;
import io.sluice.localaws.dynamodb.store.ItemRules;
import io.sluice.localaws.dynamodb.store.ItemStore;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.table.TableNames;
import io.sluice.localaws.dynamodb.table.Tables;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.JsonScalars;
import io.sluice.localaws.dynamodb.value.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts and deletes up to 25 items, of which each is a write of its own; what there is no capacity
 * for is left unprocessed.
 */
public final class BatchWriteItem implements Operation {

  private static final String OPERATION = "BatchWriteItem";
  private static final int MAX = 25;

  private final Tables tables;

  /** Works on {@code tables}. */
  public BatchWriteItem(Tables tables) {
    this.tables = tables;
  }

  @Override
  public Answer run(JsonParser json, String region) throws IOException {
    BatchRequest<List<WriteRequest>> batch =
        BatchRequest.read(
            json,
            BatchRequest.WRITE,
            "java.util.List<" + JsonScalars.MODEL + "WriteRequest>",
            WriteRequest::readAll);
    batch.check(BatchRequest.WRITE, new Violations());
    if (batch.items().isEmpty()) {
      throw BatchRequest.noItems(OPERATION);
    }
    Violations violations = new Violations();
    batch.checkNames(batch::items, violations);
    checkRequests(batch.items(), violations);
    Map<String, Table> found = new LinkedHashMap<>();
    for (Map.Entry<String, List<WriteRequest>> part : batch.items().entrySet()) {
      Table table = tables.get(TableNames.of(part.getKey()));
      checkTable(table, part.getValue());
      found.put(part.getKey(), table);
    }
    String detail = batch.option("ReturnConsumedCapacity");
    List<Consumed> consumed = new ArrayList<>();
    Unprocessed unprocessed = new Unprocessed();
    Metering.current().batch(count(batch.items()));
    for (Map.Entry<String, Table> entry : found.entrySet()) {
      List<Change> changes =
          write(entry.getKey(), entry.getValue(), batch.items().get(entry.getKey()), unprocessed);
      if (!detail.equals("NONE")) {
        consumed.add(consumed(entry.getValue(), changes));
      }
    }
    unprocessed.checkNotAll(count(batch.items()));
    return out -> {
      unprocessed.write(out);
      if (batch.option("ReturnItemCollectionMetrics").equals("SIZE")) {
        writeMetrics(out, found, batch.items());
      }
      Consumed.writeAll(out, consumed, detail);
    };
  }

  private static int count(Map<String, List<WriteRequest>> items) {
    return items.values().stream().mapToInt(List::size).sum();
  }

  private static void checkRequests(Map<String, List<WriteRequest>> items, Violations violations) {
    for (List<WriteRequest> requests : items.values()) {
      if (requests.isEmpty() || requests.size() > MAX) {
        violations.add(
            items,
            "requestItems",
            "Map value must satisfy constraint: [Member must have length less than or equal to "
                + MAX
                + ", Member must have length greater than or equal to 1]");
        break;
      }
    }
    violations.check();
    int count = 0;
    for (List<WriteRequest> requests : items.values()) {
      count += requests.size();
      requests.forEach(BatchWriteItem::check);
    }
    if (count > MAX) {
      throw Invalid.tooMany(OPERATION);
    }
  }

  private static void check(WriteRequest request) {
    if (!request.isOne()) {
      throw DynamoDbException.validation(
          "Supplied AttributeValue has more than one datatypes set, must contain exactly one of "
              + "the supported datatypes");
    }
    if (request.problem().isPresent()) {
      throw request.problem().get();
    }
    ItemRules.checkSize(request.size());
  }

  private static void checkTable(Table table, List<WriteRequest> requests) {
    KeySchema schema = table.definition().key();
    List<String> names = schema.names();
    Set<Object> keys = new HashSet<>();
    for (WriteRequest request : requests) {
      if (request.isPut()) {
        checkHasKey(schema, request.item());
        table.store().rules().checkPut(request.item());
      } else {
        table.store().rules().checkKey(request.key());
      }
      if (!keys.add(values(names, request.attributes()))) {
        throw Invalid.duplicates();
      }
    }
  }

  /** Gives what two items of one table have in common if they have the same key. */
  private static Object values(List<String> names, Map<String, Value> item) {
    Value first = item.get(names.get(0));
    return names.size() == 1 ? first : List.of(first, item.get(names.get(1)));
  }

  private static void checkHasKey(KeySchema schema, Map<String, Value> item) {
    checkHas(schema.hash(), item);
    checkHas(schema.range(), item);
  }

  private static void checkHas(List<KeyAttribute> attributes, Map<String, Value> item) {
    for (KeyAttribute attribute : attributes) {
      Value value = item.get(attribute.name());
      if (value == null || !attribute.fits(value)) {
        throw ItemRules.mismatch();
      }
    }
  }

  private static List<Change> write(
      String name, Table table, List<WriteRequest> requests, Unprocessed unprocessed) {
    List<Map<String, Value>> keys = requests.stream().map(WriteRequest::attributes).toList();
    return table.store().together(keys, () -> write(name, table.store(), requests, unprocessed));
  }

  private static List<Change> write(
      String name, ItemStore store, List<WriteRequest> requests, Unprocessed unprocessed) {
    List<Change> changes = new ArrayList<>();
    for (WriteRequest request : requests) {
      try {
        changes.add(write(store, request));
      } catch (DynamoDbException e) {
        unprocessed.add(name, request, e);
      }
    }
    return changes;
  }

  private static Change write(ItemStore store, WriteRequest request) {
    return request.isPut()
        ? store.put(request.item(), request.size())
        : store.delete(request.key());
  }

  private static Consumed consumed(Table table, List<Change> changes) {
    Consumed sum = Consumed.ofTable(table.definition().name(), 0);
    for (Change change : changes) {
      sum = sum.plus(Units.write(table, change));
    }
    return sum;
  }

  private static void writeMetrics(
      JsonGenerator json, Map<String, Table> found, Map<String, List<WriteRequest>> items)
      throws IOException {
    json.writeObjectFieldStart("ItemCollectionMetrics");
    for (Map.Entry<String, Table> entry : found.entrySet()) {
      WriteAnswer.writeMetrics(
          json,
          entry.getKey(),
          entry.getValue(),
          items.get(entry.getKey()).stream().map(WriteRequest::attributes).toList());
    }
    json.writeEndObject();
  }
}
