/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.expression;

import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.Numbers;
import io.sluice.localaws.dynamodb.value.Order;
import io.sluice.localaws.dynamodb.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks how many operands operators and functions have, and their types as far as no item counts.
 */
final class OperandCheck {

  /** Limits the list of IN: "Operators and operands" in the quotas of the service. */
  private static final int MAX_LIST = 100;

  private static final Set<String> ORDERED = Set.of("S", "N", "B");
  private static final List<String> TYPES =
      List.of("B", "NULL", "SS", "BOOL", "L", "BS", "N", "NS", "S", "M");

  private final Tokens expression;

  OperandCheck(Tokens expression) {
    this.expression = expression;
  }

  /** Checks a comparison or a test: what is wrong with a number of operands comes first. */
  void condition(Operand.Call call) {
    counts(call);
    distinct(call);
    types(call);
  }

  /** Checks a value of an update, the innermost functions first. */
  void update(Operand operand) {
    operand.inner().forEach(this::update);
    if (operand instanceof Operand.Call call) {
      count(call);
      type(call);
    }
  }

  private void counts(Operand operand) {
    operand.inner().forEach(this::counts);
    if (operand instanceof Operand.Call call) {
      count(call);
    }
  }

  private void count(Operand.Call call) {
    int count = call.operands().size();
    if (call.operator().isFunction() && count != call.operator().arity()) {
      throw expression.invalid(
          "Incorrect number of operands for operator or function; operator or function: "
              + call.operator().text()
              + ", number of operands: "
              + count);
    }
    if (call.operator() == Operator.IN && count - 1 > MAX_LIST) {
      throw expression.invalid(
          "The IN operator is provided with too many operands; number of operands: " + (count - 1));
    }
  }

  private void distinct(Operand.Call call) {
    if (call.operand(0) instanceof Operand.At first
        && call.operands().subList(1, call.operands().size()).contains(first)) {
      throw expression.invalid(
          "The first operand must be distinct from the remaining operands for this operator or"
              + " function; operator: "
              + call.operator().text()
              + ", first operand: "
              + first.path());
    }
  }

  private void types(Operand operand) {
    operand.inner().forEach(this::types);
    if (operand instanceof Operand.Call call) {
      type(call);
    }
  }

  private void type(Operand.Call call) {
    switch (call.operator()) {
      case ATTRIBUTE_EXISTS, ATTRIBUTE_NOT_EXISTS, IF_NOT_EXISTS -> path(call);
      case ATTRIBUTE_TYPE -> attributeType(call);
      case BEGINS_WITH -> each(call, Set.of("S", "B"));
      case SIZE -> each(call, Set.of("S", "B", "SS", "NS", "BS", "L", "M"));
      case LIST_APPEND -> each(call, Set.of("L"));
      case PLUS, MINUS -> each(call, Set.of("N"));
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> each(call, ORDERED);
      case BETWEEN -> {
        each(call, ORDERED);
        bounds(call.operand(1), call.operand(2));
      }
      default -> {}
    }
  }

  private void path(Operand.Call call) {
    if (!(call.operand(0) instanceof Operand.At)) {
      throw expression.invalid(
          "Operator or function requires a document path; operator or function: "
              + call.operator().text());
    }
  }

  private void each(Operand.Call call, Set<String> types) {
    for (Operand operand : call.operands()) {
      Optional<String> type = operand.type();
      if (type.isPresent() && !types.contains(type.get())) {
        throw wrongType(call, type.get());
      }
    }
  }

  private void attributeType(Operand.Call call) {
    Operand name = call.operand(1);
    if (name instanceof Operand.Constant constant && constant.value() instanceof Value.S type) {
      if (!TYPES.contains(type.text())) {
        throw expression.invalid(
            "Invalid attribute type name found; type: "
                + type.text()
                + ", valid types: {"
                + String.join(",", TYPES)
                + "}");
      }
    } else {
      throw wrongType(call, name.type().orElse("{NS,SS,L,BS,N,M,B,BOOL,NULL,S}"));
    }
  }

  private DynamoDbException wrongType(Operand.Call call, String type) {
    return expression.invalid(
        "Incorrect operand type for operator or function; operator or function: "
            + call.operator().text()
            + ", operand type: "
            + type);
  }

  private void bounds(Operand lower, Operand upper) {
    if (lower instanceof Operand.Constant from && upper instanceof Operand.Constant to) {
      if (!Order.comparable(from.value(), to.value())) {
        throw bounds("same data type for lower and upper bounds", from.value(), to.value());
      }
      if (Order.compare(from.value(), to.value()) > 0) {
        throw bounds(
            "upper bound to be greater than or equal to lower bound", from.value(), to.value());
      }
    }
  }

  private DynamoDbException bounds(String required, Value lower, Value upper) {
    return expression.invalid(
        "The BETWEEN operator requires "
            + required
            + "; lower bound operand: AttributeValue: "
            + print(lower)
            + ", upper bound operand: AttributeValue: "
            + print(upper));
  }

  private static String print(Value value) {
    if (value instanceof Value.S s) {
      return "{S:" + s.text() + "}";
    }
    if (value instanceof Value.N n) {
      return "{N:" + Numbers.format(n.number()) + "}";
    }
    return "{B:" + ((Value.B) value).bytes() + "}";
  }
}
