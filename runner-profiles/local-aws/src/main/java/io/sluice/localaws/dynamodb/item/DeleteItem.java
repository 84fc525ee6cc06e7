/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.item;

import com.fasterxml.jackson.core.JsonParser;
import io.sluice.localaws.dynamodb.expression.Names;
import io.sluice.localaws.dynamodb.operation.Answer;
import io.sluice.localaws.dynamodb.operation.Guard;
import io.sluice.localaws.dynamodb.operation.Invalid;
import io.sluice.localaws.dynamodb.operation.ItemShapes;
import io.sluice.localaws.dynamodb.operation.Operation;
import io.sluice.localaws.dynamodb.operation.Parameters;
import io.sluice.localaws.dynamodb.operation.Request;
import io.sluice.localaws.dynamodb.operation.WriteAnswer;
import io.sluice.localaws.dynamodb.store.Change;
import io.sluice.localaws.dynamodb.store.ItemStore;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.table.Tables;
import io.sluice.localaws.dynamodb.value.Value;
import io.sluice.localaws.dynamodb.value.Wording;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Deletes the item with a key, if there is one. */
public final class DeleteItem implements Operation {

  private static final List<String> EXPRESSIONS = List.of("ConditionExpression");
  private static final List<String> LEGACY = List.of("Expected", "ConditionalOperator");

  private final Tables tables;

  /** Works on {@code tables}. */
  public DeleteItem(Tables tables) {
    this.tables = tables;
  }

  @Override
  public Answer run(JsonParser json, String region) throws IOException {
    Request request = Request.read(json, ItemShapes.DELETE, Wording.CURRENT);
    request.check();
    Guard guard = Invalid.enveloped(() -> guard(request));
    Table table = tables.get(request.table());
    Map<String, Value> key = request.item("Key").orElseThrow();
    table.store().rules().checkKey(key);
    guard.checkPaths(table.definition());
    Change change = delete(table.store(), key, guard);
    return WriteAnswer.of(
        request,
        table,
        change,
        WriteAnswer.returnValues(request).equals("ALL_OLD") ? change.before() : Optional.empty());
  }

  private static Change delete(ItemStore store, Map<String, Value> key, Guard guard) {
    if (guard.condition().isEmpty()) {
      return store.delete(key);
    }
    return store.update(
        key,
        before -> {
          guard.check(before);
          return Optional.empty();
        });
  }

  private static Guard guard(Request request) {
    Parameters.checkCurrent(request, EXPRESSIONS, LEGACY);
    request.checkItem("Key");
    WriteAnswer.checkReturnValues(request);
    Names names = Parameters.names(request);
    Guard guard = Guard.read(request, names);
    names.checkAllUsed();
    return guard;
  }
}
