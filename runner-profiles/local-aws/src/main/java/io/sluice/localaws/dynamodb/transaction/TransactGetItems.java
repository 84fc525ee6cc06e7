/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.transaction;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.sluice.localaws.dynamodb.capacity.Consumed;
import io.sluice.localaws.dynamodb.expression.Projection;
import io.sluice.localaws.dynamodb.operation.Answer;
import io.sluice.localaws.dynamodb.operation.ItemAnswer;
import io.sluice.localaws.dynamodb.operation.KeyPaths;
import io.sluice.localaws.dynamodb.operation.Operation;
import io.sluice.localaws.dynamodb.operation.Parameters;
import io.sluice.localaws.dynamodb.operation.Request;
import io.sluice.localaws.dynamodb.store.StoredItem;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.table.Tables;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.Value;
import io.sluice.localaws.dynamodb.value.Wording;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gets up to 100 items of several tables, as they were at one moment. */
public final class TransactGetItems implements Operation {

  private final Tables tables;

  /** Works on {@code tables}. */
  public TransactGetItems(Tables tables) {
    this.tables = tables;
  }

  /** Holds a request for one item. */
  private record Get(String table, Map<String, Value> key, Optional<Projection> projection) {}

  @Override
  public Answer run(JsonParser json, String region) throws IOException {
    TransactRequest request = TransactRequest.read(json, Form.GET, Wording.ofTransactions(region));
    request.check(Form.GET);
    List<Get> gets = request.items().stream().map(item -> get(item.get("Get"))).toList();
    List<Place> places =
        gets.stream().map(get -> new Place(tables.get(get.table), get.key)).toList();
    Place.checkDistinct(places);
    List<Reason> reasons = new ArrayList<>();
    for (int i = 0; i < gets.size(); i++) {
      reasons.add(check(gets.get(i), places.get(i)));
    }
    Reason.check(reasons);
    List<Optional<StoredItem>> items =
        Place.exclusively(places, () -> places.stream().map(Place::item).toList());
    if (items.stream().mapToLong(TransactGetItems::bytes).sum() > TransactRequest.MAX_BYTES) {
      throw TransactRequest.tooLarge();
    }
    List<Consumed> consumed = Bill.read(places, items);
    return out -> {
      write(out, gets, items);
      Consumed.writeTransaction(
          out, consumed, request.option("ReturnConsumedCapacity"), "ReadCapacityUnits");
    };
  }

  private static Get get(Request request) {
    Parameters.checkGet(request);
    request.checkItem("Key");
    Optional<Projection> projection = Parameters.projection(request);
    return new Get(request.table(), request.item("Key").orElseThrow(), projection);
  }

  private static Reason check(Get get, Place place) {
    Table table = place.table();
    try {
      table.store().rules().checkKey(get.key);
      get.projection.ifPresent(
          projection -> KeyPaths.check(table.definition(), projection.nestedAttributes()));
      return Reason.NONE;
    } catch (DynamoDbException e) {
      return Reason.of(e);
    }
  }

  private static int bytes(Optional<StoredItem> item) {
    return item.map(StoredItem::size).orElse(0);
  }

  private static void write(JsonGenerator json, List<Get> gets, List<Optional<StoredItem>> items)
      throws IOException {
    json.writeArrayFieldStart("Responses");
    for (int i = 0; i < gets.size(); i++) {
      json.writeStartObject();
      if (items.get(i).isPresent()) {
        json.writeFieldName("Item");
        ItemAnswer.write(json, items.get(i).get(), gets.get(i).projection);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
