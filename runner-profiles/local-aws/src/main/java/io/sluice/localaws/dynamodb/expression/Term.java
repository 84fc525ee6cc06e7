/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.expression;

import java.util.List;

/** Names a part of an expression as it was written: placeholders are not looked up yet. */
sealed interface Term {

  /** Holds a document path: names, placeholders of names, and indexes as {@code [1]}. */
  record Attribute(List<String> parts) implements Term {
    public Attribute {
      parts = List.copyOf(parts);
    }
  }

  /** Holds a placeholder of a value. */
  record Reference(String name) implements Term {}

  /** Holds an operator or a function with what it applies to. */
  record Call(String operator, List<Term> operands) implements Term {
    public Call {
      operands = List.copyOf(operands);
    }
  }

  /** Lists what is directly within this term. */
  default List<Term> inner() {
    return this instanceof Call call ? call.operands() : List.of();
  }
}
