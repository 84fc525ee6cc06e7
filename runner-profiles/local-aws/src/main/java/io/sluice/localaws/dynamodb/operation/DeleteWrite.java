/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.operation;

import io.sluice.localaws.dynamodb.expression.Names;
import io.sluice.localaws.dynamodb.store.Change;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Deletes the item with a key, if there is one. */
public final class DeleteWrite implements ItemWrite {

  private static final List<String> EXPRESSIONS = List.of("ConditionExpression");
  private static final List<String> LEGACY = List.of("Expected", "ConditionalOperator");

  private final Map<String, Value> key;
  private final Guard guard;

  private DeleteWrite(Map<String, Value> key, Guard guard) {
    this.key = key;
    this.guard = guard;
  }

  /** Reads the key and the condition of a request. */
  public static DeleteWrite read(Request request) {
    Parameters.checkWrite(request, EXPRESSIONS, LEGACY);
    WriteAnswer.checkItem(request, "Key");
    Names names = Parameters.names(request);
    Guard guard = Guard.read(request, names);
    names.checkAllUsed();
    return new DeleteWrite(request.item("Key").orElseThrow(), guard);
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
    return Optional.empty();
  }

  /** Deletes without a look at the item that is there, unless there is a condition. */
  @Override
  public Change run(Table table) {
    return guard.condition().isEmpty() ? table.store().delete(key) : ItemWrite.super.run(table);
  }
}
