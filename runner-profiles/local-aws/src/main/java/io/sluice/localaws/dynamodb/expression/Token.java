/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.expression;

/** Holds a token of an expression, and where it starts in the text. */
record Token(Kind kind, String text, int start) {

  enum Kind {
    /** A bare attribute name, a function or a keyword. */
    NAME,
    /** A placeholder of a name, {@code #a}. */
    NAME_REFERENCE,
    /** A placeholder of a value, {@code :a}. */
    VALUE_REFERENCE,
    NUMBER,
    /** An operator, punctuation, or a character that no expression has. */
    SYMBOL,
    END
  }

  int end() {
    return start + text.length();
  }

  /** Reports whether this is the given symbol, or the given keyword in any case. */
  boolean is(String symbolOrKeyword) {
    return kind == Kind.NAME
        ? text.equalsIgnoreCase(symbolOrKeyword)
        : kind == Kind.SYMBOL && text.equals(symbolOrKeyword);
  }
}
