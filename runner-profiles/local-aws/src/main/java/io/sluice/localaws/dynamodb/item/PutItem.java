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
import io.sluice.localaws.dynamodb.store.ItemRules;
import io.sluice.localaws.dynamodb.store.ItemStore;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.table.Tables;
import io.sluice.localaws.dynamodb.value.Sizes;
import io.sluice.localaws.dynamodb.value.Value;
import io.sluice.localaws.dynamodb.value.Wording;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts an item, or replaces the one with the same key. */
public final class PutItem implements Operation {

  private static final List<String> EXPRESSIONS = List.of("ConditionExpression");
  private static final List<String> LEGACY = List.of("Expected", "ConditionalOperator");

  private final Tables tables;

  /** Works on {@code tables}. */
  public PutItem(Tables tables) {
    this.tables = tables;
  }

  @Override
  public Answer run(JsonParser json, String region) throws IOException {
    Request request = Request.read(json, ItemShapes.PUT, Wording.CURRENT);
    request.check();
    Guard guard = Invalid.enveloped(() -> guard(request));
    Map<String, Value> item = request.item("Item").orElseThrow();
    long size = Sizes.of(item);
    ItemRules.checkSize(size);
    Table table = tables.get(request.table());
    Change change = put(table, item, size, guard);
    return WriteAnswer.of(
        request,
        table,
        change,
        WriteAnswer.returnValues(request).equals("ALL_OLD") ? change.before() : Optional.empty());
  }

  private static Guard guard(Request request) {
    Parameters.checkCurrent(request, EXPRESSIONS, LEGACY);
    request.checkItem("Item");
    WriteAnswer.checkReturnValues(request);
    Names names = Parameters.names(request);
    Guard guard = Guard.read(request, names);
    names.checkAllUsed();
    return guard;
  }

  private static Change put(Table table, Map<String, Value> item, long size, Guard guard) {
    ItemStore store = table.store();
    store.rules().checkPut(item);
    if (guard.condition().isEmpty()) {
      return store.put(item, size);
    }
    guard.checkPaths(table.definition());
    return store.update(
        table.definition().key().keyOf(item),
        before -> {
          guard.check(before);
          return Optional.of(item);
        });
  }
}
