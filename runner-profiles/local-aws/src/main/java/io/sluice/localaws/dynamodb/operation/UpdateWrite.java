/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.operation;

import io.sluice.localaws.dynamodb.expression.Expressions;
import io.sluice.localaws.dynamodb.expression.Names;
import io.sluice.localaws.dynamodb.expression.Update;
import io.sluice.localaws.dynamodb.schema.TableDefinition;
import io.sluice.localaws.dynamodb.store.Change;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.Sizes;
import io.sluice.localaws.dynamodb.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes the item with a key, or makes it if there is none. */
public final class UpdateWrite implements ItemWrite {

  private static final List<String> EXPRESSIONS =
      List.of("UpdateExpression", "ConditionExpression");
  private static final List<String> LEGACY =
      List.of("AttributeUpdates", "Expected", "ConditionalOperator");

  private final Map<String, Value> key;
  private final Optional<Update> update;
  private final Guard guard;

  private UpdateWrite(Map<String, Value> key, Optional<Update> update, Guard guard) {
    this.key = key;
    this.update = update;
    this.guard = guard;
  }

  /** Reads the key, the update and the condition of a request. */
  public static UpdateWrite read(Request request) {
    Parameters.checkWrite(request, EXPRESSIONS, LEGACY);
    request.checkItem("Key");
    Names names = Parameters.names(request);
    Optional<Update> update =
        request
            .text("UpdateExpression")
            .map(text -> Expressions.update(text, names))
            .or(() -> LegacyParameters.update(request));
    Guard guard = Guard.read(request, names);
    names.checkAllUsed();
    return new UpdateWrite(request.item("Key").orElseThrow(), update, guard);
  }

  @Override
  public Map<String, Value> attributes() {
    return key;
  }

  @Override
  public Map<String, Value> check(Table table) {
    table.store().rules().checkKey(key);
    update.ifPresent(present -> checkUpdate(table.definition(), present));
    guard.checkPaths(table.definition());
    return key;
  }

  private static void checkUpdate(TableDefinition table, Update update) {
    for (String name : table.key().names()) {
      if (update.topLevelAttributes().contains(name)) {
        throw DynamoDbException.invalid(
            "Cannot update attribute " + name + ". This attribute is part of the key");
      }
    }
    KeyPaths.check(table, update.nestedAttributes());
  }

  @Override
  public Optional<Map<String, Value>> apply(Optional<Map<String, Value>> before) {
    guard.check(before);
    if (update.isEmpty()) {
      return Optional.of(before.orElse(key));
    }
    return before.isPresent()
        ? Optional.of(update.get().apply(before.get()))
        : update.get().create(key);
  }

  /** Limits what the update says as well as the item, which no transaction does. */
  @Override
  public Change run(Table table) {
    return table
        .store()
        .update(
            check(table),
            before -> {
              checkCharge(before.orElse(Map.of()));
              return apply(before);
            });
  }

  private void checkCharge(Map<String, Value> item) {
    if (update.isPresent() && update.get().charge(item) > Sizes.MAX_ITEM) {
      throw DynamoDbException.validation(
          "Item size to update has exceeded the maximum allowed size");
    }
  }

  /** Picks what the update names out of an item, empty if the item has nothing of it. */
  public Optional<Map<String, Value>> updated(Optional<Map<String, Value>> item) {
    return update
        .flatMap(present -> item.map(present::updated))
        .filter(attributes -> !attributes.isEmpty());
  }
}
