/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.legacy;

import io.sluice.localaws.dynamodb.expression.Condition;
import io.sluice.localaws.dynamodb.expression.Expressions;
import io.sluice.localaws.dynamodb.expression.KeyCondition;
import io.sluice.localaws.dynamodb.request.Fields;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes conditions of ScanFilter, QueryFilter, Expected and KeyConditions, of which all values have
 * been checked.
 *
 * <p>Source of the messages: answers of the service recorded by dynalite's tests and by
 * paritysuite/dynamodb-conformance; of what NE and NOT_CONTAINS do with missing attributes:
 * ScyllaDB's tests, which are run against the service.
 */
public final class Conditions {

  private static final String EXISTS = "Exists";

  private Conditions() {}

  /**
   * Makes the condition of a ScanFilter or a QueryFilter, which is always met if it is empty.
   *
   * @param any whether one comparison that is met is enough
   */
  public static Optional<Condition> filter(LegacyMap filter, boolean any) {
    List<Condition> conditions = new ArrayList<>();
    for (Map.Entry<String, Fields> entry : filter.entrySet()) {
      conditions.add(condition(entry.getKey(), entry.getValue(), values(entry.getValue())));
    }
    return join(conditions, any);
  }

  /**
   * Makes the condition of Expected, which is always met if it is empty.
   *
   * @param any whether one attribute that is as expected is enough
   */
  public static Optional<Condition> expected(LegacyMap expected, boolean any) {
    List<Condition> conditions = new ArrayList<>();
    expected.forEach((name, fields) -> conditions.add(expected(name, fields)));
    return join(conditions, any);
  }

  private static Optional<Condition> join(List<Condition> conditions, boolean any) {
    return conditions.isEmpty()
        ? Optional.empty()
        : Optional.of(any ? Expressions.any(conditions) : Expressions.all(conditions));
  }

  /** Makes a key condition, of which the key is not known yet. */
  public static KeyCondition key(LegacyMap keyConditions) {
    List<Condition> conditions = new ArrayList<>();
    Set<String> unindexable = new HashSet<>();
    keyConditions.forEach(
        (name, fields) -> {
          Condition condition = condition(name, fields, values(fields));
          if (comparison(fields).isIndexable()) {
            conditions.add(condition);
          } else {
            unindexable.add(name);
            conditions.add(Expressions.test(name, "=", List.of(Value.Null.NULL)));
          }
        });
    if (conditions.isEmpty()) {
      throw DynamoDbException.validation("Conditions can be of length 1 or 2 only");
    }
    return Expressions.key(Expressions.all(conditions), unindexable);
  }

  private static Condition condition(String name, Fields fields, List<Value> values) {
    Comparison comparison = comparison(fields);
    comparison.check(values);
    return comparison.condition(name, values);
  }

  private static Comparison comparison(Fields fields) {
    return Comparison.valueOf(fields.text(LegacyShapes.OPERATOR).orElseThrow());
  }

  @SuppressWarnings("unchecked")
  private static List<Value> values(Fields fields) {
    return (List<Value>) fields.members().getOrDefault(LegacyShapes.VALUES, List.of());
  }

  private static Condition expected(String name, Fields fields) {
    boolean listed = fields.has(LegacyShapes.VALUES);
    Optional<Value> value = Optional.ofNullable((Value) fields.members().get(LegacyShapes.VALUE));
    if (listed && value.isPresent()) {
      throw Rejection.of(name, "Value and AttributeValueList cannot be used together");
    }
    if (fields.has(LegacyShapes.OPERATOR)) {
      if (fields.has(EXISTS)) {
        throw Rejection.of(name, "Exists and ComparisonOperator cannot be used together");
      }
      Comparison comparison = comparison(fields);
      if (!listed && value.isEmpty() && !comparison.isUnary()) {
        throw Rejection.of(
            name,
            "Value or AttributeValueList must be used with ComparisonOperator: " + comparison);
      }
      return condition(name, fields, value.map(List::of).orElseGet(() -> values(fields)));
    }
    if (listed) {
      throw Rejection.of(name, "AttributeValueList can only be used with a ComparisonOperator");
    }
    return exists(name, fields.flag(EXISTS), value);
  }

  private static Condition exists(String name, Optional<Boolean> exists, Optional<Value> value) {
    if (exists.orElse(true)) {
      return Comparison.EQ.condition(
          name,
          List.of(
              value.orElseThrow(
                  () ->
                      Rejection.of(
                          name,
                          "Value must be provided when Exists is "
                              + exists.map(String::valueOf).orElse("null")))));
    }
    if (value.isPresent()) {
      throw Rejection.of(name, "Value cannot be used when Exists is false");
    }
    return Comparison.NULL.condition(name, List.of());
  }
}
