/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.operation;

import io.sluice.localaws.dynamodb.expression.Condition;
import io.sluice.localaws.dynamodb.expression.Expressions;
import io.sluice.localaws.dynamodb.expression.Names;
import io.sluice.localaws.dynamodb.schema.TableDefinition;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.Value;
import io.sluice.localaws.dynamodb.value.ValueJson;
import java.util.Map;
import java.util.Optional;

/**
 * Lets a write happen if its ConditionExpression is met, or what it has in place of one: Expected.
 *
 * @param returnsItem whether the error has the item that does not meet the condition
 */
public record Guard(Optional<Condition> condition, boolean returnsItem) {

  /** Reads the condition of a request, if it has one. */
  public static Guard read(Request request, Names names) {
    return new Guard(
        request
            .text("ConditionExpression")
            .map(text -> Expressions.condition("ConditionExpression", text, names))
            .or(() -> LegacyParameters.expected(request)),
        request.is("ReturnValuesOnConditionCheckFailure", "ALL_OLD"));
  }

  /** Checks that the condition does not look into an attribute of a key. */
  public void checkPaths(TableDefinition table) {
    condition.ifPresent(present -> KeyPaths.check(table, present.nestedAttributes()));
  }

  /** Throws a ConditionalCheckFailedException unless the condition is met. */
  public void check(Optional<Map<String, Value>> item) {
    if (condition.isEmpty() || condition.get().test(item.orElse(Map.of()))) {
      return;
    }
    DynamoDbException failure = DynamoDbException.conditionalCheckFailed();
    throw returnsItem && item.isPresent()
        ? failure.with("Item", json -> ValueJson.writeItem(json, item.get()))
        : failure;
  }
}
