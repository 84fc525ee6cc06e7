/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.expression;

import io.sluice.localaws.dynamodb.expression.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Splits an expression into tokens. White space only separates them. */
final class Lexer {

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(String text) {
    this.text = text;
  }

  /** Reads all tokens; the last one is an END. */
  static List<Token> tokens(String text) {
    return new Lexer(text).read();
  }

  private List<Token> read() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        at++;
      } else if (isLetter(c)) {
        add(Kind.NAME, endOfName(at + 1));
      } else if (isDigit(c)) {
        add(Kind.NUMBER, endOfNumber(at + 1));
      } else if ((c == '#' || c == ':') && endOfName(at + 1) > at + 1) {
        add(c == '#' ? Kind.NAME_REFERENCE : Kind.VALUE_REFERENCE, endOfName(at + 1));
      } else {
        add(Kind.SYMBOL, endOfSymbol());
      }
    }
    tokens.add(new Token(Kind.END, "<EOF>", text.length()));
    return List.copyOf(tokens);
  }

  private void add(Kind kind, int end) {
    tokens.add(new Token(kind, text.substring(at, end), at));
    at = end;
  }

  private int endOfName(int from) {
    int end = from;
    while (end < text.length() && isNamePart(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private int endOfNumber(int from) {
    int end = from;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private int endOfSymbol() {
    if (text.startsWith("<=", at) || text.startsWith(">=", at) || text.startsWith("<>", at)) {
      return at + 2;
    }
    return at + Character.charCount(text.codePointAt(at));
  }

  private static boolean isNamePart(char c) {
    return isLetter(c) || isDigit(c) || c == '_';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
