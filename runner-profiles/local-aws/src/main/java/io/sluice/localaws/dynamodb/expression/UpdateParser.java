/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses updates: sections, each with a list of actions. */
final class UpdateParser {

  private final Tokens tokens;
  private final OperandParser operands;
  private final List<Section> sections = new ArrayList<>();

  private UpdateParser(Tokens tokens) {
    this.tokens = tokens;
    this.operands = OperandParser.ofUpdate(tokens);
  }

  enum Verb {
    SET,
    REMOVE,
    ADD,
    DELETE
  }

  record Section(Verb verb, List<Clause> clauses) {}

  /** Names a path with what is to become of it. */
  record Clause(Term.Attribute path, Optional<Term> value) {}

  static List<Section> parse(Tokens tokens) {
    UpdateParser parser = new UpdateParser(tokens);
    do {
      parser.section();
    } while (!tokens.at(Token.Kind.END));
    return parser.sections;
  }

  private void section() {
    for (Verb verb : Verb.values()) {
      if (tokens.take(verb.name())) {
        List<Clause> clauses = new ArrayList<>();
        do {
          clauses.add(clause(verb));
        } while (tokens.take(","));
        sections.add(new Section(verb, clauses));
        return;
      }
    }
    throw tokens.unexpected();
  }

  private Clause clause(Verb verb) {
    Term.Attribute path = operands.path();
    return switch (verb) {
      case SET -> {
        tokens.expect("=");
        yield new Clause(path, Optional.of(value()));
      }
      case REMOVE -> new Clause(path, Optional.empty());
      case ADD, DELETE -> new Clause(path, Optional.of(operands.reference()));
    };
  }

  /** Parses an operand, or the sum or difference of two; either can be in parentheses. */
  private Term value() {
    Term left = start();
    if (isSum(left) || !(tokens.at("+") || tokens.at("-"))) {
      return left;
    }
    String operator = tokens.next().text();
    return new Term.Call(operator, List.of(left, operands.operand()));
  }

  private Term start() {
    if (!tokens.at("(")) {
      return operands.bare();
    }
    int open = tokens.open();
    Term inner = value();
    tokens.close(open);
    return inner;
  }

  private static boolean isSum(Term term) {
    return term instanceof Term.Call call && Operator.ofSymbol(call.operator()).isPresent();
  }
}
