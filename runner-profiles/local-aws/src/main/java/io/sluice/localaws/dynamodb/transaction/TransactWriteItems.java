/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.transaction;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.sluice.localaws.dynamodb.capacity.Consumed;
import io.sluice.localaws.dynamodb.capacity.Units;
import io.sluice.localaws.dynamodb.operation.Answer;
import io.sluice.localaws.dynamodb.operation.DeleteWrite;
import io.sluice.localaws.dynamodb.operation.ItemWrite;
import io.sluice.localaws.dynamodb.operation.Operation;
import io.sluice.localaws.dynamodb.operation.PutWrite;
import io.sluice.localaws.dynamodb.operation.Request;
import io.sluice.localaws.dynamodb.operation.UpdateWrite;
import io.sluice.localaws.dynamodb.operation.WriteAnswer;
import io.sluice.localaws.dynamodb.store.Change;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.table.Tables;
import io.sluice.localaws.dynamodb.value.Sizes;
import io.sluice.localaws.dynamodb.value.Value;
import io.sluice.localaws.dynamodb.value.Wording;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts, updates, deletes and checks up to 100 items of several tables, all of them or none. */
public final class TransactWriteItems implements Operation {

  private final Tables tables;
  private final ClientTokens<List<Charge>> tokens;

  /** Works on {@code tables}, by whose clock tokens expire. */
  public TransactWriteItems(Tables tables) {
    this.tables = tables;
    this.tokens = new ClientTokens<>(tables.clock());
  }

  /** Keeps how many units of a table it takes to read all its items of a transaction. */
  private record Charge(String table, double units) {}

  /** Names a table as a request does, and holds a write to it. */
  private record Action(String table, ItemWrite write) {}

  @Override
  public Answer run(JsonParser json, String region) throws IOException {
    TransactRequest request =
        TransactRequest.read(json, Form.WRITE, Wording.ofTransactions(region));
    request.check(Form.WRITE);
    List<Action> actions = request.items().stream().map(TransactWriteItems::action).toList();
    checkSize(actions);
    List<Table> found = actions.stream().map(action -> tables.get(action.table)).toList();
    List<TableWrite> writes = new ArrayList<>();
    for (int i = 0; i < actions.size(); i++) {
      writes.add(TableWrite.of(found.get(i), actions.get(i).write));
    }
    Place.checkDistinct(writes.stream().flatMap(write -> write.place().stream()).toList());
    if (request.token().isEmpty()) {
      return written(request, writes, new Execution(writes).run());
    }
    return withToken(request, writes);
  }

  private static Action action(Map<String, Request> actions) {
    Map.Entry<String, Request> action = actions.entrySet().iterator().next();
    Request request = action.getValue();
    ItemWrite write =
        switch (action.getKey()) {
          case "Put" -> PutWrite.read(request).checkSize();
          case "Delete" -> DeleteWrite.read(request);
          case "Update" -> UpdateWrite.read(request);
          default -> ConditionCheck.read(request);
        };
    return new Action(request.table(), write);
  }

  private static void checkSize(List<Action> actions) {
    long bytes = 0;
    for (Action action : actions) {
      bytes += Sizes.of(action.write.attributes());
    }
    if (bytes > TransactRequest.MAX_BYTES) {
      throw TransactRequest.tooLarge();
    }
  }

  private Answer withToken(TransactRequest request, List<TableWrite> writes) {
    List<Change> changes = new ArrayList<>();
    ClientTokens.Result<List<Charge>> result =
        tokens.run(
            request.token().orElseThrow(),
            Fingerprint.of(request.items()),
            () -> {
              changes.addAll(new Execution(writes).run());
              return charges(writes, changes);
            });
    return result.repeated()
        ? repeated(request, writes, result.result())
        : written(request, writes, changes);
  }

  private static List<Charge> charges(List<TableWrite> writes, List<Change> changes) {
    List<Consumed> consumed = new ArrayList<>();
    for (int i = 0; i < writes.size(); i++) {
      long bytes = Math.max(changes.get(i).sizeBefore(), changes.get(i).sizeAfter());
      consumed.add(
          Consumed.ofTable(writes.get(i).table().definition().name(), Units.read(bytes, true))
              .inTransaction());
    }
    return Consumed.byTable(consumed).stream()
        .map(table -> new Charge(table.table(), table.units()))
        .toList();
  }

  private static Answer written(
      TransactRequest request, List<TableWrite> writes, List<Change> changes) {
    String detail = request.option("ReturnConsumedCapacity");
    List<Consumed> consumed = new ArrayList<>();
    if (!detail.equals("NONE")) {
      for (int i = 0; i < writes.size(); i++) {
        consumed.add(Units.write(writes.get(i).table(), changes.get(i)).inTransaction());
      }
    }
    return json -> {
      Consumed.writeTransaction(json, Consumed.byTable(consumed), detail, "WriteCapacityUnits");
      writeMetrics(json, request, writes);
    };
  }

  private static Answer repeated(
      TransactRequest request, List<TableWrite> writes, List<Charge> charges) {
    List<Consumed> consumed =
        charges.stream().map(charge -> Consumed.ofTable(charge.table, charge.units)).toList();
    return json -> {
      Consumed.writeTransaction(
          json, consumed, request.option("ReturnConsumedCapacity"), "ReadCapacityUnits");
      writeMetrics(json, request, writes);
    };
  }

  private static void writeMetrics(
      JsonGenerator json, TransactRequest request, List<TableWrite> writes) throws IOException {
    if (!request.option("ReturnItemCollectionMetrics").equals("SIZE")) {
      return;
    }
    Map<Table, List<Map<String, Value>>> keys = new LinkedHashMap<>();
    for (TableWrite write : writes) {
      if (write.changes()) {
        keys.computeIfAbsent(write.table(), table -> new ArrayList<>())
            .add(write.write().attributes());
      }
    }
    json.writeObjectFieldStart("ItemCollectionMetrics");
    for (Map.Entry<Table, List<Map<String, Value>>> table : keys.entrySet()) {
      WriteAnswer.writeMetrics(
          json, table.getKey().definition().name(), table.getKey(), table.getValue());
    }
    json.writeEndObject();
  }
}
