/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.transaction;

import io.sluice.localaws.dynamodb.expression.Names;
import io.sluice.localaws.dynamodb.operation.Guard;
import io.sluice.localaws.dynamodb.operation.ItemWrite;
import io.sluice.localaws.dynamodb.operation.Parameters;
import io.sluice.localaws.dynamodb.operation.Request;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Leaves an item as it is, and cancels the transaction if the item does not meet a condition. */
final class ConditionCheck implements ItemWrite {

  private final Map<String, Value> key;
  private final Guard guard;

  private ConditionCheck(Map<String, Value> key, Guard guard) {
    this.key = key;
    this.guard = guard;
  }

  /** Reads the key and the condition of an action. */
  static ConditionCheck read(Request request) {
    Parameters.checkCurrent(request, List.of("ConditionExpression"), List.of());
    request.checkItem("Key");
    Names names = Parameters.names(request);
    Guard guard = Guard.read(request, names);
    names.checkAllUsed();
    return new ConditionCheck(request.item("Key").orElseThrow(), guard);
  }

  @Override
  public Map<String, Value> attributes() {
    return key;
  }

  @Override
  public Map<String, Value> check(Table table) {
    table.store().rules().checkKey(key);
    guard.checkPaths(table.definition());
    return key;
  }

  @Override
  public Optional<Map<String, Value>> apply(Optional<Map<String, Value>> before) {
    guard.check(before);
    return before;
  }
}
