/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.item;

import com.fasterxml.jackson.core.JsonParser;
import io.sluice.localaws.dynamodb.expression.Expressions;
import io.sluice.localaws.dynamodb.expression.Names;
import io.sluice.localaws.dynamodb.expression.Update;
import io.sluice.localaws.dynamodb.operation.Answer;
import io.sluice.localaws.dynamodb.operation.Guard;
import io.sluice.localaws.dynamodb.operation.Invalid;
import io.sluice.localaws.dynamodb.operation.ItemShapes;
import io.sluice.localaws.dynamodb.operation.KeyPaths;
import io.sluice.localaws.dynamodb.operation.Operation;
import io.sluice.localaws.dynamodb.operation.Parameters;
import io.sluice.localaws.dynamodb.operation.Request;
import io.sluice.localaws.dynamodb.operation.WriteAnswer;
import io.sluice.localaws.dynamodb.schema.TableDefinition;
import io.sluice.localaws.dynamodb.store.Change;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.table.Tables;
import io.sluice.localaws.dynamodb.value.Value;
import io.sluice.localaws.dynamodb.value.Wording;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes the item with a key, or makes it if there is none. */
public final class UpdateItem implements Operation {

  private static final List<String> EXPRESSIONS =
      List.of("UpdateExpression", "ConditionExpression");
  private static final List<String> LEGACY =
      List.of("AttributeUpdates", "Expected", "ConditionalOperator");

  private final Tables tables;

  /** Works on {@code tables}. */
  public UpdateItem(Tables tables) {
    this.tables = tables;
  }

  /** Holds the parsed expressions of a request. */
  private record Parsed(Optional<Update> update, Guard guard) {}

  @Override
  public Answer run(JsonParser json, String region) throws IOException {
    Request request = Request.read(json, ItemShapes.UPDATE, Wording.CURRENT);
    request.check();
    Parsed parsed = Invalid.enveloped(() -> parse(request));
    Table table = tables.get(request.table());
    Map<String, Value> key = request.item("Key").orElseThrow();
    table.store().rules().checkKey(key);
    parsed.update.ifPresent(update -> checkUpdate(table.definition(), update));
    parsed.guard.checkPaths(table.definition());
    Change change =
        table
            .store()
            .update(
                key,
                before -> {
                  parsed.guard.check(before);
                  return Optional.of(apply(parsed.update, key, before));
                });
    return WriteAnswer.of(request, table, change, attributes(request, parsed.update, change));
  }

  private static Parsed parse(Request request) {
    Parameters.checkCurrent(request, EXPRESSIONS, LEGACY);
    request.checkItem("Key");
    Names names = Parameters.names(request);
    Optional<Update> update =
        request.text("UpdateExpression").map(text -> Expressions.update(text, names));
    Guard guard = Guard.read(request, names);
    names.checkAllUsed();
    return new Parsed(update, guard);
  }

  private static void checkUpdate(TableDefinition table, Update update) {
    for (String name : table.key().names()) {
      if (update.topLevelAttributes().contains(name)) {
        throw Invalid.because(
            "Cannot update attribute " + name + ". This attribute is part of the key");
      }
    }
    KeyPaths.check(table, update.nestedAttributes());
  }

  private static Map<String, Value> apply(
      Optional<Update> update, Map<String, Value> key, Optional<Map<String, Value>> before) {
    if (update.isEmpty()) {
      return before.orElse(key);
    }
    return before.isPresent() ? update.get().apply(before.get()) : update.get().create(key);
  }

  private static Optional<Map<String, Value>> attributes(
      Request request, Optional<Update> update, Change change) {
    return switch (WriteAnswer.returnValues(request)) {
      case "ALL_OLD" -> change.before();
      case "ALL_NEW" -> change.after();
      case "UPDATED_OLD" -> updated(update, change.before());
      case "UPDATED_NEW" -> updated(update, change.after());
      default -> Optional.empty();
    };
  }

  private static Optional<Map<String, Value>> updated(
      Optional<Update> update, Optional<Map<String, Value>> item) {
    return update
        .flatMap(present -> item.map(present::updated))
        .filter(attributes -> !attributes.isEmpty());
  }
}
