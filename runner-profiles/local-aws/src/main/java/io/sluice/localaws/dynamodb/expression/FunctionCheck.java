/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.expression;

import io.sluice.localaws.dynamodb.expression.Operator.Kind;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.util.List;
import java.util.Set;

/** Checks which operators and functions an expression has, and where. */
final class FunctionCheck {

  /** Limits operators and functions: "Operators and operands" in the quotas of the service. */
  private static final int MAX_OPERATORS = 300;

  private final Tokens expression;
  private final String place;
  private final Set<Kind> kinds;
  private int count;

  private FunctionCheck(Tokens expression, String place, Set<Kind> kinds) {
    this.expression = expression;
    this.place = place;
    this.kinds = kinds;
  }

  static void ofCondition(Tokens expression, Term.Call condition) {
    FunctionCheck check =
        new FunctionCheck(
            expression,
            "a condition expression",
            Set.of(Kind.LOGIC, Kind.COMPARISON, Kind.TEST, Kind.MEASURE));
    check.names(condition);
    check.allowed(condition);
    check.isTrueOrFalse(condition);
  }

  static void ofUpdate(Tokens expression, List<Term> values) {
    FunctionCheck check =
        new FunctionCheck(expression, "an update expression", Set.of(Kind.ARITHMETIC, Kind.UPDATE));
    values.forEach(check::names);
    values.forEach(check::allowed);
    values.forEach(check::nested);
  }

  private void names(Term term) {
    if (term instanceof Term.Call call) {
      if (Operator.of(call.operator()).isEmpty()) {
        throw expression.invalid("Invalid function name; function: " + call.operator());
      }
      count += operators(call);
      if (count > MAX_OPERATORS) {
        // The service stops at the first one too many.
        throw expression.invalid(
            "The expression contains too many operators; operator count: " + (MAX_OPERATORS + 1));
      }
      call.operands().forEach(this::names);
    }
  }

  /** Counts operators: three conditions with AND between them have two. */
  private static int operators(Term.Call call) {
    return switch (operator(call)) {
      case AND, OR -> call.operands().size() - 1;
      default -> 1;
    };
  }

  private void allowed(Term term) {
    if (term instanceof Term.Call call) {
      if (!kinds.contains(operator(call).kind())) {
        throw expression.invalid(
            "The function is not allowed in " + place + "; function: " + call.operator());
      }
      call.operands().forEach(this::allowed);
    }
  }

  private void isTrueOrFalse(Term term) {
    Term.Call call = (Term.Call) term;
    if (operator(call).kind() == Kind.MEASURE) {
      throw misused(call);
    }
    if (operator(call).kind() == Kind.LOGIC) {
      call.operands().forEach(this::isTrueOrFalse);
    } else {
      call.operands().forEach(this::isValue);
    }
  }

  private void isValue(Term term) {
    if (term instanceof Term.Call call) {
      if (operator(call).kind() != Kind.MEASURE) {
        throw misused(call);
      }
      call.operands().forEach(this::isValue);
    }
  }

  /** Rejects list_append within something else: the service allows that for if_not_exists alone. */
  private void nested(Term term) {
    for (Term inner : term.inner()) {
      if (inner instanceof Term.Call call && operator(call) != Operator.IF_NOT_EXISTS) {
        throw misused(call);
      }
      nested(inner);
    }
  }

  private DynamoDbException misused(Term.Call call) {
    return expression.invalid(
        "The function is not allowed to be used this way in an expression; function: "
            + call.operator());
  }

  private static Operator operator(Term.Call call) {
    return Operator.of(call.operator()).orElseThrow();
  }
}
