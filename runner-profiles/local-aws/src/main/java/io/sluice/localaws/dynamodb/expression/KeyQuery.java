/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.expression;

import io.sluice.localaws.dynamodb.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says which items of a table or an index a Query wants.
 *
 * @param hash the values of the partition key's attributes, in the order of the key schema
 * @param range the tests of the first attributes of the sort key, in the order of the key schema;
 *     all but the last one have the operator {@code =}
 */
public record KeyQuery(List<Value> hash, List<Test> range) {

  /** Checks the operators. */
  public KeyQuery {
    hash = List.copyOf(hash);
    range = List.copyOf(range);
    if (hash.isEmpty()) {
      throw new IllegalArgumentException("hash has 0 values; a query needs 1 to 4");
    }
    for (int i = 0; i + 1 < range.size(); i++) {
      if (!range.get(i).isEquality()) {
        throw new IllegalArgumentException(
            "range[" + i + "] is " + range.get(i) + "; it must be =");
      }
    }
  }

  /** Holds the name and the type, S, N or B, of an attribute of a key. */
  public record Attribute(String name, String type) {

    private static final Set<String> TYPES = Set.of("S", "N", "B");

    /** Checks the type. */
    public Attribute {
      if (!TYPES.contains(type)) {
        throw new IllegalArgumentException("type is " + type + "; it must be S, N or B");
      }
    }
  }

  /**
   * Tests one attribute of a key.
   *
   * @param operator {@code =}, {@code <}, {@code <=}, {@code >}, {@code >=}, {@code BETWEEN} or
   *     {@code begins_with}
   * @param values two for BETWEEN, the lower bound first; one otherwise
   */
  public record Test(String attribute, String operator, List<Value> values) {

    /** Checks the operator and the number of values. */
    public Test {
      values = List.copyOf(values);
      Optional<Operator> known = Operator.of(operator).filter(Test::isAllowed);
      if (known.isEmpty()) {
        throw new IllegalArgumentException("operator is " + operator + ", which keys do not allow");
      }
      int needed = known.get() == Operator.BETWEEN ? 2 : 1;
      if (values.size() != needed) {
        throw new IllegalArgumentException(
            "values are " + values.size() + "; " + operator + " needs " + needed);
      }
    }

    private static boolean isAllowed(Operator operator) {
      return operator == Operator.EQUAL
          || operator.comparesByOrder()
          || operator == Operator.BEGINS_WITH;
    }

    /** Reports whether the attribute can have only one value. */
    public boolean isEquality() {
      return operator.equals("=");
    }

    /** Reports whether {@code value} passes. */
    public boolean test(Value value) {
      Operator known = Operator.of(operator).orElseThrow();
      return known == Operator.BETWEEN
          ? Condition.holds(Operator.GREATER_OR_EQUAL, value, values.get(0))
              && Condition.holds(Operator.LESS_OR_EQUAL, value, values.get(1))
          : Condition.holds(known, value, values.get(0));
    }
  }

  /** Reports whether the sort key of {@code item} passes all tests. */
  public boolean testRange(Map<String, Value> item) {
    return range.stream()
        .allMatch(
            test -> {
              Value value = item.get(test.attribute());
              return value != null && test.test(value);
            });
  }
}
