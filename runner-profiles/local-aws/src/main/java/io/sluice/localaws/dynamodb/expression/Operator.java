/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.expression;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Lists the operators and functions of expressions. */
enum Operator {
  AND("AND", Kind.LOGIC, 0),
  OR("OR", Kind.LOGIC, 0),
  NOT("NOT", Kind.LOGIC, 0),
  EQUAL("=", Kind.COMPARISON, 0),
  NOT_EQUAL("<>", Kind.COMPARISON, 0),
  LESS("<", Kind.COMPARISON, 0),
  LESS_OR_EQUAL("<=", Kind.COMPARISON, 0),
  GREATER(">", Kind.COMPARISON, 0),
  GREATER_OR_EQUAL(">=", Kind.COMPARISON, 0),
  BETWEEN("BETWEEN", Kind.COMPARISON, 0),
  IN("IN", Kind.COMPARISON, 0),
  ATTRIBUTE_EXISTS("attribute_exists", Kind.TEST, 1),
  ATTRIBUTE_NOT_EXISTS("attribute_not_exists", Kind.TEST, 1),
  ATTRIBUTE_TYPE("attribute_type", Kind.TEST, 2),
  BEGINS_WITH("begins_with", Kind.TEST, 2),
  CONTAINS("contains", Kind.TEST, 2),
  SIZE("size", Kind.MEASURE, 1),
  IF_NOT_EXISTS("if_not_exists", Kind.UPDATE, 2),
  LIST_APPEND("list_append", Kind.UPDATE, 2),
  PLUS("+", Kind.ARITHMETIC, 0),
  MINUS("-", Kind.ARITHMETIC, 0);

  enum Kind {
    LOGIC,
    COMPARISON,
    /** A function of conditions that gives true or false. */
    TEST,
    /** A function of conditions that gives a value. */
    MEASURE,
    /** A function of updates. */
    UPDATE,
    ARITHMETIC
  }

  private static final Map<String, Operator> BY_TEXT =
      Arrays.stream(values()).collect(Collectors.toMap(Operator::text, Function.identity()));

  private final String text;
  private final Kind kind;
  private final int arity;

  Operator(String text, Kind kind, int arity) {
    this.text = text;
    this.kind = kind;
    this.arity = arity;
  }

  /** Finds a function by its name, in which the case matters. */
  static Optional<Operator> ofFunction(String name) {
    return of(name).filter(Operator::isFunction);
  }

  /** Finds an operator that is not a function. */
  static Optional<Operator> ofSymbol(String text) {
    return of(text).filter(operator -> !operator.isFunction());
  }

  static Optional<Operator> of(String text) {
    return Optional.ofNullable(BY_TEXT.get(text));
  }

  String text() {
    return text;
  }

  Kind kind() {
    return kind;
  }

  /** Gives the number of operands that a function takes. */
  int arity() {
    return arity;
  }

  boolean isFunction() {
    return arity > 0;
  }

  /** Reports whether it compares by order, not by equality: that takes S, N or B. */
  boolean comparesByOrder() {
    return switch (this) {
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, BETWEEN -> true;
      default -> false;
    };
  }

  /** Gives the comparator that means the same when its operands change places. */
  Operator mirrored() {
    return switch (this) {
      case LESS -> GREATER;
      case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
      case GREATER -> LESS;
      case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
      default -> this;
    };
  }
}
