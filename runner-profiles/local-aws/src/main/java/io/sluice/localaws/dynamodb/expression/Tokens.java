/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.expression;

import io.sluice.localaws.dynamodb.expression.Token.Kind;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Walks through the tokens of one expression, and words its errors. */
final class Tokens {

  /** Limits the bytes of an expression: "Expression parameters" in the quotas of the service. */
  static final int MAX_SIZE = 4096;

  /**
   * Limits how deep groups may be nested, for the sake of the stack. 300 operators cannot make
   * sense of more: what is deeper has redundant parentheses or ends in the middle.
   */
  private static final int MAX_DEPTH = 400;

  private static final String REDUNDANT = "The expression has redundant parentheses;";

  private final String kind;
  private final String text;
  private final List<Token> tokens;
  private int at;
  private int depth;
  private int lastOpen = -1;
  private int lastClose = -1;
  private boolean redundant;

  private Tokens(String kind, String text) {
    this.kind = kind;
    this.text = text;
    this.tokens = Lexer.tokens(text);
  }

  /**
   * Splits an expression into its tokens.
   *
   * @param kind the name of the request's parameter, {@code FilterExpression} for example
   * @throws DynamoDbException a ValidationException when it is empty or longer than 4 KB
   */
  static Tokens of(String kind, String text) {
    if (text.isBlank()) {
      throw invalid(kind, "The expression can not be empty;");
    }
    int size = text.getBytes(StandardCharsets.UTF_8).length;
    if (size > MAX_SIZE) {
      throw invalid(
          kind, "Expression size has exceeded the maximum allowed size; expression size: " + size);
    }
    return new Tokens(kind, text);
  }

  Token peek() {
    return tokens.get(at);
  }

  boolean at(String symbolOrKeyword) {
    return peek().is(symbolOrKeyword);
  }

  boolean at(Kind tokens) {
    return peek().kind() == tokens;
  }

  /** Reports whether a function's name and its parenthesis are next. */
  boolean atCall() {
    return at(Kind.NAME) && tokens.get(at + 1).is("(");
  }

  Token next() {
    Token token = peek();
    if (token.kind() != Kind.END) {
      at++;
    }
    return token;
  }

  boolean take(String symbolOrKeyword) {
    boolean there = at(symbolOrKeyword);
    if (there) {
      at++;
    }
    return there;
  }

  void expect(String symbolOrKeyword) {
    if (!take(symbolOrKeyword)) {
      throw unexpected();
    }
  }

  void expectEnd() {
    if (!at(Kind.END)) {
      throw unexpected();
    }
  }

  /** Takes the parenthesis that opens a group; what it returns is for {@link #close}. */
  int open() {
    expect("(");
    if (++depth > MAX_DEPTH) {
      throw invalid(REDUNDANT);
    }
    return at - 1;
  }

  void close(int open) {
    expect(")");
    depth--;
    redundant |= lastOpen == open + 1 && lastClose == at - 2;
    lastOpen = open;
    lastClose = at - 1;
  }

  boolean inGroup() {
    return depth > 0;
  }

  /** Rejects a group that holds another and nothing else, which is an error after all of syntax. */
  void checkGroups() {
    if (redundant) {
      throw invalid(REDUNDANT);
    }
  }

  /** Makes the error that the next token is wrong; "near" are its neighbours and itself. */
  DynamoDbException unexpected() {
    Token token = peek();
    int from = at > 0 ? tokens.get(at - 1).start() : token.start();
    Token last = token;
    if (at == tokens.size() - 1) {
      last = at > 0 ? tokens.get(at - 1) : token;
    } else if (at + 1 < tokens.size() - 1) {
      last = tokens.get(at + 1);
    }
    String near = text.substring(from, Math.min(last.end(), text.length()));
    return invalid("Syntax error; token: \"" + token.text() + "\", near: \"" + near + "\"");
  }

  /** Makes an error that names the parameter. */
  DynamoDbException invalid(String message) {
    return invalid(kind, message);
  }

  private static DynamoDbException invalid(String kind, String message) {
    return DynamoDbException.validation("Invalid " + kind + ": " + message);
  }
}
