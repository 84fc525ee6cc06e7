/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.format;

import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.Value;
import java.util.Map;
import java.util.Optional;

/**
 * Holds a record to import or to put.
 *
 * @param item is of no use if there is a problem
 * @param problem what is wrong with the values of the item or of the condition
 * @param condition on which the item is put, if the record has one
 */
public record InputRecord(
    Map<String, Value> item, Optional<DynamoDbException> problem, Optional<Condition> condition) {

  /**
   * Holds a condition as the record has it, in the form of a PutItem request.
   *
   * @param expression the ConditionExpression
   * @param names the ExpressionAttributeNames, if there are any
   * @param values the ExpressionAttributeValues, if there are any
   */
  public record Condition(
      String expression,
      Optional<Map<String, String>> names,
      Optional<Map<String, Value>> values) {}

  /** Makes a record of an item alone. */
  static InputRecord of(Map<String, Value> item) {
    return new InputRecord(item, Optional.empty(), Optional.empty());
  }

  /** Makes a record that has no item because of {@code problem}. */
  static InputRecord invalid(DynamoDbException problem) {
    return new InputRecord(Map.of(), Optional.of(problem), Optional.empty());
  }
}
