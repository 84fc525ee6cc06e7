/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.expression;

import io.sluice.localaws.dynamodb.expression.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Parses document paths, placeholders of values, and calls of functions. */
final class OperandParser {

  private static final Set<String> CONDITION_KEYWORDS = Set.of("AND", "OR", "NOT", "BETWEEN", "IN");
  private static final Set<String> UPDATE_KEYWORDS = Set.of("SET", "REMOVE", "ADD", "DELETE");

  private final Tokens tokens;
  private final Set<String> keywords;
  private final boolean groupsStartPaths;

  private OperandParser(Tokens tokens, Set<String> keywords, boolean groupsStartPaths) {
    this.tokens = tokens;
    this.keywords = keywords;
    this.groupsStartPaths = groupsStartPaths;
  }

  /** Makes a parser for conditions, where a path can go on behind parentheses: {@code (a.b).c}. */
  static OperandParser ofCondition(Tokens tokens) {
    return new OperandParser(tokens, CONDITION_KEYWORDS, true);
  }

  static OperandParser ofUpdate(Tokens tokens) {
    return new OperandParser(tokens, UPDATE_KEYWORDS, false);
  }

  static OperandParser ofProjection(Tokens tokens) {
    return new OperandParser(tokens, Set.of(), false);
  }

  /** Parses an operand, which can be in parentheses. */
  Term operand() {
    if (!tokens.at("(")) {
      return bare();
    }
    int open = tokens.open();
    Term operand = operand();
    tokens.close(open);
    return withRest(operand);
  }

  /** Parses an operand that is not in parentheses. */
  Term bare() {
    if (tokens.at(Kind.VALUE_REFERENCE)) {
      return reference();
    }
    if (tokens.atCall() && !isKeyword(tokens.peek())) {
      String function = tokens.next().text();
      return new Term.Call(function, list());
    }
    return path();
  }

  /** Parses operands in parentheses, separated by commas. */
  List<Term> list() {
    List<Term> operands = new ArrayList<>();
    tokens.expect("(");
    do {
      operands.add(operand());
    } while (tokens.take(","));
    tokens.expect(")");
    return operands;
  }

  Term.Reference reference() {
    if (!tokens.at(Kind.VALUE_REFERENCE)) {
      throw tokens.unexpected();
    }
    return new Term.Reference(tokens.next().text());
  }

  Term.Attribute path() {
    return path(List.of(name()));
  }

  /** Parses the rest of a path of which a group was the beginning, where there is one. */
  Term withRest(Term group) {
    return groupsStartPaths && group instanceof Term.Attribute start ? path(start.parts()) : group;
  }

  private Term.Attribute path(List<String> start) {
    List<String> parts = new ArrayList<>(start);
    while (true) {
      if (tokens.take(".")) {
        parts.add(name());
      } else if (tokens.take("[")) {
        if (!tokens.at(Kind.NUMBER)) {
          throw tokens.unexpected();
        }
        parts.add("[" + tokens.next().text() + "]");
        tokens.expect("]");
      } else {
        return new Term.Attribute(parts);
      }
    }
  }

  private String name() {
    Token token = tokens.peek();
    if (token.kind() != Kind.NAME_REFERENCE && token.kind() != Kind.NAME || isKeyword(token)) {
      throw tokens.unexpected();
    }
    return tokens.next().text();
  }

  private boolean isKeyword(Token token) {
    return token.kind() == Kind.NAME && keywords.contains(ReservedWords.upperCase(token.text()));
  }
}
