/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.legacy;

import io.sluice.localaws.dynamodb.expression.Condition;
import io.sluice.localaws.dynamodb.expression.Expressions;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.Order;
import io.sluice.localaws.dynamodb.value.Value;
import java.util.List;
import java.util.Set;

/** Lists the values of ComparisonOperator, each with the operator of expressions that it means. */
enum Comparison {
  EQ("=", 1, Types.ALL, true),
  NE("<>", 1, Types.ALL, false),
  LE("<=", 1, Types.ORDERED, true),
  LT("<", 1, Types.ORDERED, true),
  GE(">=", 1, Types.ORDERED, true),
  GT(">", 1, Types.ORDERED, true),
  NOT_NULL("attribute_exists", 0, Types.ALL, false),
  NULL("attribute_not_exists", 0, Types.ALL, false),
  CONTAINS("contains", 1, Types.PARTS, false),
  NOT_CONTAINS("contains", 1, Types.PARTS, false),
  BEGINS_WITH("begins_with", 1, Set.of("S", "B"), true),
  IN("IN", Comparison.ANY_COUNT, Types.ORDERED, false),
  BETWEEN("BETWEEN", 2, Types.ORDERED, true);

  private static final int ANY_COUNT = -1;

  private final String operator;
  private final int count;
  private final Set<String> types;
  private final boolean indexable;

  Comparison(String operator, int count, Set<String> types, boolean indexable) {
    this.operator = operator;
    this.count = count;
    this.types = types;
    this.indexable = indexable;
  }

  private static final class Types {
    static final Set<String> ALL =
        Set.of("S", "N", "B", "BOOL", "NULL", "SS", "NS", "BS", "L", "M");
    static final Set<String> PARTS = Set.of("S", "N", "B", "BOOL", "NULL");
    static final Set<String> ORDERED = Set.of("S", "N", "B");
  }

  /** Reports whether a key can be looked up by it. */
  boolean isIndexable() {
    return indexable;
  }

  /** Reports whether it compares with nothing. */
  boolean isUnary() {
    return count == 0;
  }

  /**
   * Checks the number, the types and the order of what an attribute is to be compared with.
   *
   * @throws DynamoDbException a ValidationException
   */
  void check(List<Value> values) {
    if (count == ANY_COUNT ? values.isEmpty() : values.size() != count) {
      throw DynamoDbException.invalid(
          "Invalid number of argument(s) for the " + this + " ComparisonOperator");
    }
    if (values.stream().map(Value::type).distinct().count() > 1) {
      throw DynamoDbException.invalid(
          "AttributeValues inside AttributeValueList must be of same type");
    }
    for (Value value : values) {
      if (!types.contains(value.type())) {
        throw DynamoDbException.invalid(
            "ComparisonOperator "
                + this
                + " is not valid for "
                + value.type()
                + " AttributeValue type");
      }
    }
    if (this == BETWEEN && Order.compare(values.get(0), values.get(1)) > 0) {
      throw DynamoDbException.validation(
          "The BETWEEN condition was provided a range where the lower bound is greater than the"
              + " upper bound");
    }
  }

  /** Makes the condition that an attribute compares with values that {@link #check} found right. */
  Condition condition(String attribute, List<Value> values) {
    Condition condition = Expressions.test(attribute, operator, values);
    if (this != NOT_CONTAINS) {
      return condition;
    }
    // Other than NE, it is not met by an item that has not the attribute.
    return Expressions.all(
        List.of(NOT_NULL.condition(attribute, List.of()), Expressions.not(condition)));
  }
}
