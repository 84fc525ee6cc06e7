/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.expression;

import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Parses the expressions of requests, and makes the same of what legacy parameters say.
 *
 * <p>All methods throw a {@link DynamoDbException}, a ValidationException with the service's
 * message, when an expression is empty, longer than 4 KB, or not right. The service parses an
 * update first, then a condition or key condition, a filter, and a projection; after that {@link
 * Names#checkAllUsed} is due. Parsed expressions never change and are safe for use by many threads.
 */
public final class Expressions {

  private Expressions() {}

  /**
   * Parses a condition.
   *
   * @param kind the request's parameter: {@code ConditionExpression} or {@code FilterExpression}
   */
  public static Condition condition(String kind, String text, Names names) {
    return Condition.parse(kind, text, names);
  }

  /** Parses a ProjectionExpression. */
  public static Projection projection(String text, Names names) {
    return Projection.parse(text, names);
  }

  /** Parses an UpdateExpression. */
  public static Update update(String text, Names names) {
    return Update.parse(text, names);
  }

  /** Parses a KeyConditionExpression of which the key is not known yet. */
  public static KeyCondition key(String text, Names names) {
    return KeyCondition.parse(text, names);
  }

  /**
   * Makes a condition of one attribute, which may have any name.
   *
   * @param operator a comparator or a function, as expressions spell it
   * @param values as many as it takes, and of types that it takes
   */
  public static Condition test(String attribute, String operator, List<Value> values) {
    List<Operand> operands = new ArrayList<>();
    operands.add(new Operand.At(Path.of(attribute)));
    values.forEach(value -> operands.add(new Operand.Constant(value)));
    return new Condition(new Operand.Call(Operator.of(operator).orElseThrow(), operands));
  }

  /** Makes a condition that is met when another one is not. */
  public static Condition not(Condition condition) {
    return new Condition(new Operand.Call(Operator.NOT, List.of(condition.root())));
  }

  /** Makes a condition that is met when all of one or more are. */
  public static Condition all(List<Condition> conditions) {
    return join(Operator.AND, conditions);
  }

  /** Makes a condition that is met when any of one or more is. */
  public static Condition any(List<Condition> conditions) {
    return join(Operator.OR, conditions);
  }

  private static Condition join(Operator operator, List<Condition> conditions) {
    List<Operand> roots = conditions.stream().<Operand>map(Condition::root).toList();
    return roots.size() == 1 ? conditions.get(0) : new Condition(new Operand.Call(operator, roots));
  }

  /**
   * Makes a key condition of tests of attributes, each with another one.
   *
   * @param unindexable the attributes that are compared in a way that no key allows, whatever
   *     {@code condition} says of them
   */
  public static KeyCondition key(Condition condition, Set<String> unindexable) {
    return new KeyCondition(condition, unindexable);
  }

  /** Makes a projection of attributes as a whole, which may have any names but each once. */
  public static Projection attributes(List<String> names) {
    return Projection.of(names.stream().map(Path::of).toList());
  }

  /** Makes an update of attributes as a whole, which may have any names but each once. */
  public static Update update(List<Update.Attribute> attributes) {
    return Update.of(attributes);
  }
}
