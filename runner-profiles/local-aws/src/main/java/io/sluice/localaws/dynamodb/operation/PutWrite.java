/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.operation;

import io.sluice.localaws.dynamodb.expression.Names;
import io.sluice.localaws.dynamodb.store.Change;
import io.sluice.localaws.dynamodb.store.ItemRules;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.value.Sizes;
import io.sluice.localaws.dynamodb.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts an item in place of the one with its key, if there is one. */
public final class PutWrite implements ItemWrite {

  private static final List<String> EXPRESSIONS = List.of("ConditionExpression");
  private static final List<String> LEGACY = List.of("Expected", "ConditionalOperator");

  private final Map<String, Value> item;
  private final long size;
  private final Guard guard;

  private PutWrite(Map<String, Value> item, Guard guard) {
    this.item = item;
    this.size = Sizes.of(item);
    this.guard = guard;
  }

  /** Reads the item and the condition of a request, all but the size of the item. */
  public static PutWrite read(Request request) {
    Parameters.checkWrite(request, EXPRESSIONS, LEGACY);
    WriteAnswer.checkItem(request, "Item");
    Names names = Parameters.names(request);
    Guard guard = Guard.read(request, names);
    names.checkAllUsed();
    return new PutWrite(request.item("Item").orElseThrow(), guard);
  }

  /** Checks that the item is not larger than 400 KB. */
  public PutWrite checkSize() {
    ItemRules.checkSize(size);
    return this;
  }

  @Override
  public Map<String, Value> attributes() {
    return item;
  }

  @Override
  public Map<String, Value> check(Table table) {
    table.store().rules().checkPut(item);
    guard.checkPaths(table.definition());
    return table.definition().key().keyOf(item);
  }

  @Override
  public Optional<Map<String, Value>> apply(Optional<Map<String, Value>> before) {
    guard.check(before);
    return Optional.of(item);
  }

  /** Puts without a look at the item that is there, unless there is a condition. */
  @Override
  public Change run(Table table) {
    if (guard.condition().isPresent()) {
      return ItemWrite.super.run(table);
    }
    table.store().rules().checkPut(item);
    return table.store().put(item, size);
  }
}
