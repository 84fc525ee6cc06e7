/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.transaction;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.sluice.localaws.dynamodb.capacity.Consumed;
import io.sluice.localaws.dynamodb.operation.Answer;
import io.sluice.localaws.dynamodb.operation.DeleteWrite;
import io.sluice.localaws.dynamodb.operation.ItemWrite;
import io.sluice.localaws.dynamodb.operation.Operation;
import io.sluice.localaws.dynamodb.operation.PutWrite;
import io.sluice.localaws.dynamodb.operation.Request;
import io.sluice.localaws.dynamodb.operation.UpdateWrite;
import io.sluice.localaws.dynamodb.operation.WriteAnswer;
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
  private final ClientTokens<List<Consumed>> tokens;

  /** Works on {@code tables}, by whose clock tokens expire. */
  public TransactWriteItems(Tables tables) {
    this.tables = tables;
    this.tokens = new ClientTokens<>(tables.clock());
  }

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
      return answer(request, writes, new Execution(writes).run().consumed(), "WriteCapacityUnits");
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
    List<Consumed> consumed = new ArrayList<>();
    ClientTokens.Result<List<Consumed>> result =
        tokens.run(
            request.token().orElseThrow(),
            Fingerprint.of(request.items()),
            () -> {
              Execution.Done done = new Execution(writes).run();
              consumed.addAll(done.consumed());
              return Bill.repetition(writes, done.changes());
            });
    if (!result.repeated()) {
      return answer(request, writes, consumed, "WriteCapacityUnits");
    }
    Bill.repeated(writes, result.result());
    return answer(request, writes, result.result(), "ReadCapacityUnits");
  }

  private static Answer answer(
      TransactRequest request, List<TableWrite> writes, List<Consumed> consumed, String kind) {
    return json -> {
      Consumed.writeTransaction(json, consumed, request.option("ReturnConsumedCapacity"), kind);
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
