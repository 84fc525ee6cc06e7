/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.expression;

import java.util.ArrayList;
import java.util.List;

/**
 * Parses conditions by recursive descent: OR binds least, then AND, then NOT.
 *
 * <p>What an opening parenthesis starts, a condition or an operand, shows only at its end. So
 * {@link #or} may return an operand when it is all that a group holds.
 */
final class ConditionParser {

  private static final List<String> COMPARATORS = List.of("=", "<>", "<", "<=", ">", ">=");

  private final Tokens tokens;
  private final OperandParser operands;

  private ConditionParser(Tokens tokens) {
    this.tokens = tokens;
    this.operands = OperandParser.ofCondition(tokens);
  }

  static Term.Call parse(Tokens tokens) {
    Term condition = new ConditionParser(tokens).or();
    tokens.expectEnd();
    return (Term.Call) condition;
  }

  private Term or() {
    Term first = and();
    if (!tokens.at("OR")) {
      return first;
    }
    List<Term> terms = new ArrayList<>();
    terms.add(condition(first));
    while (tokens.take("OR")) {
      terms.add(condition(and()));
    }
    return new Term.Call("OR", terms);
  }

  private Term and() {
    Term first = not();
    if (!tokens.at("AND")) {
      return first;
    }
    List<Term> terms = new ArrayList<>();
    terms.add(condition(first));
    while (tokens.take("AND")) {
      terms.add(condition(not()));
    }
    return new Term.Call("AND", terms);
  }

  private Term not() {
    int count = 0;
    while (tokens.take("NOT")) {
      count++;
    }
    Term term = comparison();
    for (int i = 0; i < count; i++) {
      term = new Term.Call("NOT", List.of(condition(term)));
    }
    return term;
  }

  private Term comparison() {
    Term left = start();
    if (COMPARATORS.stream().anyMatch(tokens::at)) {
      operand(left);
      String comparator = tokens.next().text();
      return new Term.Call(comparator, List.of(left, operands.operand()));
    }
    if (tokens.at("BETWEEN")) {
      operand(left);
      tokens.next();
      Term lower = operands.operand();
      tokens.expect("AND");
      return new Term.Call("BETWEEN", List.of(left, lower, operands.operand()));
    }
    if (tokens.at("IN")) {
      operand(left);
      tokens.next();
      List<Term> all = new ArrayList<>();
      all.add(left);
      all.addAll(operands.list());
      return new Term.Call("IN", all);
    }
    if (left instanceof Term.Call || (tokens.inGroup() && tokens.at(")"))) {
      return left;
    }
    throw tokens.unexpected();
  }

  private Term start() {
    if (!tokens.at("(")) {
      return operands.bare();
    }
    int open = tokens.open();
    Term inner = or();
    tokens.close(open);
    return operands.withRest(inner);
  }

  /** Rejects an operand where a condition is needed. */
  private Term condition(Term term) {
    if (!(term instanceof Term.Call)) {
      throw tokens.unexpected();
    }
    return term;
  }

  /** Rejects a condition where an operand is needed. */
  private void operand(Term term) {
    if (term instanceof Term.Call call && Operator.ofSymbol(call.operator()).isPresent()) {
      throw tokens.unexpected();
    }
  }
}
