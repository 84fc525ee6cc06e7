/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.expression;

import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.util.ArrayList;
import java.util.List;

/** Looks up the placeholders of one expression, and checks its document paths. */
final class Resolver {

  /** Limits the steps of a path, as "Nested depth" in the quotas of the service. */
  private static final int MAX_STEPS = 32;

  private final Tokens expression;
  private final Names names;

  Resolver(Tokens expression, Names names) {
    this.expression = expression;
    this.names = names;
  }

  /** Checks all paths within {@code term} as far as that takes no names. */
  void checkPaths(Term term) {
    if (term instanceof Term.Attribute attribute) {
      attribute.parts().forEach(this::checkPart);
      int steps = attribute.parts().size();
      if (steps > MAX_STEPS) {
        throw expression.invalid(
            "The document path has too many nesting levels; nesting levels: " + steps);
      }
    }
    term.inner().forEach(this::checkPaths);
  }

  private void checkPart(String part) {
    if (part.startsWith("[")) {
      index(part);
    } else if (ReservedWords.contains(part)) {
      throw expression.invalid("Attribute name is a reserved keyword; reserved keyword: " + part);
    }
  }

  /** Looks up the names of all paths within {@code term}. */
  void checkNames(Term term) {
    if (term instanceof Term.Attribute attribute) {
      path(attribute);
    }
    term.inner().forEach(this::checkNames);
  }

  /** Looks up everything within {@code term}, from left to right. */
  Operand operand(Term term) {
    if (term instanceof Term.Attribute attribute) {
      return new Operand.At(path(attribute));
    }
    if (term instanceof Term.Reference reference) {
      return constant(reference);
    }
    Term.Call call = (Term.Call) term;
    List<Operand> operands = new ArrayList<>();
    call.operands().forEach(operand -> operands.add(operand(operand)));
    return new Operand.Call(Operator.of(call.operator()).orElseThrow(), operands);
  }

  private Operand.Constant constant(Term.Reference reference) {
    return new Operand.Constant(
        names
            .value(reference.name())
            .orElseThrow(
                () ->
                    expression.invalid(
                        "An expression attribute value used in expression is not defined;"
                            + " attribute value: "
                            + reference.name())));
  }

  Path path(Term.Attribute attribute) {
    return new Path(attribute.parts().stream().map(this::step).toList());
  }

  private Path.Step step(String part) {
    return switch (part.charAt(0)) {
      case '[' -> index(part);
      case '#' -> new Path.Name(names.name(part).orElseThrow(() -> undefined(part)));
      default -> new Path.Name(part);
    };
  }

  private DynamoDbException undefined(String name) {
    return expression.invalid(
        "An expression attribute name used in the document path is not defined; attribute name: "
            + name);
  }

  private Path.Index index(String part) {
    try {
      return new Path.Index(Integer.parseInt(part.substring(1, part.length() - 1)));
    } catch (NumberFormatException e) {
      throw expression.invalid("List index is not within the allowable range; index: " + part);
    }
  }
}
