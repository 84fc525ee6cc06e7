/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.expression;

import io.sluice.localaws.dynamodb.expression.KeyQuery.Attribute;
import io.sluice.localaws.dynamodb.expression.KeyQuery.Test;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds a KeyConditionExpression before it meets a key schema.
 *
 * <p>The service finds what is wrong in three steps, with other checks of the request between them:
 * it parses all expressions, then it {@linkplain #check checks} whether this one has the form of a
 * key condition, and when it has found the table, whether the condition {@linkplain #bind suits}
 * its key.
 */
public final class KeyCondition {

  private final Condition condition;
  private final Set<String> unindexable;

  KeyCondition(Condition condition, Set<String> unindexable) {
    this.condition = condition;
    this.unindexable = Set.copyOf(unindexable);
  }

  static KeyCondition parse(String text, Names names) {
    return new KeyCondition(Condition.parse("KeyConditionExpression", text, names), Set.of());
  }

  /**
   * Checks that the condition compares attributes with values, and each attribute once.
   *
   * @throws DynamoDbException a ValidationException otherwise
   */
  public void check() {
    tests();
  }

  private Map<String, Test> tests() {
    Map<String, Test> tests = new LinkedHashMap<>();
    collect(condition.root(), tests);
    return tests;
  }

  private static void collect(Operand.Call call, Map<String, Test> tests) {
    switch (call.operator()) {
      case AND -> call.operands().forEach(operand -> collect((Operand.Call) operand, tests));
      case EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> add(call, tests);
      case BETWEEN, BEGINS_WITH -> {
        if (!(call.operand(0) instanceof Operand.At)) {
          throw invalid(
              call.operator().text()
                  + " operator must have the key attribute as its first operand");
        }
        add(call, tests);
      }
      default ->
          throw DynamoDbException.validation(
              "Invalid operator used in KeyConditionExpression: " + call.operator().text());
    }
  }

  private static void add(Operand.Call call, Map<String, Test> tests) {
    List<String> attributes = new ArrayList<>();
    List<Value> values = new ArrayList<>();
    for (Operand operand : call.operands()) {
      if (operand instanceof Operand.Constant constant) {
        values.add(constant.value());
      } else if (operand instanceof Operand.At at) {
        if (!attributes.isEmpty()) {
          throw invalid("Multiple attribute names used in one condition");
        }
        if (at.path().isNested()) {
          throw DynamoDbException.validation(
              "KeyConditionExpressions cannot have conditions on nested attributes");
        }
        attributes.add(at.path().attribute());
      } else {
        throw DynamoDbException.validation(
            "KeyConditionExpressions cannot contain nested operations");
      }
    }
    if (attributes.isEmpty()) {
      throw invalid("No key attribute specified");
    }
    String attribute = attributes.get(0);
    Operator operator =
        call.operand(0) instanceof Operand.At ? call.operator() : call.operator().mirrored();
    if (tests.put(attribute, new Test(attribute, operator.text(), values)) != null) {
      // Source: recorded answer of the service, eu-west-2, October 2026.
      throw DynamoDbException.validation(
          "Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition"
              + " per key");
    }
  }

  private static DynamoDbException invalid(String problem) {
    return DynamoDbException.validation("Invalid condition in KeyConditionExpression: " + problem);
  }

  /**
   * Finds the values of the partition key, all with {@code =}, and the tests of the sort key: its
   * attributes from the first on, none left out, and nothing behind one that has not {@code =}.
   *
   * @param hash the partition key's attributes in the order of the key schema, 1 to 4
   * @param range the sort key's attributes in the order of the key schema, 0 to 4
   * @throws DynamoDbException a ValidationException when the condition is something else
   */
  public KeyQuery bind(List<Attribute> hash, List<Attribute> range) {
    Map<String, Test> tests = tests();
    int most = hash.size() + range.size();
    if (tests.size() > Math.max(2, most)) {
      throw DynamoDbException.validation(
          "The number of query conditions ("
              + tests.size()
              + ") exceeds the number of key attributes defined in the schema ("
              + most
              + ")");
    }
    if (tests.size() > most) {
      throw unsupported();
    }
    List<Value> values = new ArrayList<>();
    for (Attribute attribute : hash) {
      Test test = test(attribute, tests);
      if (!test.isEquality()) {
        throw unsupported();
      }
      values.add(test.values().get(0));
    }
    checkGaps(range, tests);
    List<Test> rangeTests = new ArrayList<>();
    for (Attribute attribute : range.subList(0, tests.size() - hash.size())) {
      Test test = test(attribute, tests);
      if (!rangeTests.isEmpty() && !rangeTests.get(rangeTests.size() - 1).isEquality()) {
        throw unsupported();
      }
      rangeTests.add(test);
    }
    return new KeyQuery(values, rangeTests);
  }

  /** Checks that all attributes of a sort key before the last one with a test have {@code =}. */
  private static void checkGaps(List<Attribute> range, Map<String, Test> tests) {
    for (int last = range.size() - 1; last > 0; last--) {
      if (tests.containsKey(range.get(last).name())) {
        List<String> gaps =
            range.subList(0, last).stream()
                .map(Attribute::name)
                .filter(name -> !tests.containsKey(name) || !tests.get(name).isEquality())
                .toList();
        if (!gaps.isEmpty()) {
          throw DynamoDbException.validation(
              "RANGE key attributes "
                  + String.join(", ", gaps)
                  + " must have equality conditions specified in the query because a condition is"
                  + " present on key attribute "
                  + range.get(last).name());
        }
        return;
      }
    }
  }

  private Test test(Attribute attribute, Map<String, Test> tests) {
    Test test = tests.get(attribute.name());
    if (test == null) {
      throw DynamoDbException.validation(
          "Query condition missed key schema element: " + attribute.name());
    }
    if (unindexable.contains(attribute.name())) {
      throw DynamoDbException.validation(
          "Attempted conditional constraint is not an indexable operation");
    }
    if (!test.values().stream().allMatch(value -> value.type().equals(attribute.type()))) {
      throw DynamoDbException.invalid("Condition parameter type does not match schema type");
    }
    return test;
  }

  private static DynamoDbException unsupported() {
    return DynamoDbException.validation("Query key condition not supported");
  }
}
