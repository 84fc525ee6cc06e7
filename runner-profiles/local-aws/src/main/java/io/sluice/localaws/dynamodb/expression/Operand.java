/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.expression;

import io.sluice.localaws.dynamodb.value.Value;
import java.util.List;
import java.util.Optional;

/** Names a part of an expression with its placeholders looked up. */
sealed interface Operand {

  /** Stands for what an item has at a path. */
  record At(Path path) implements Operand {}

  /** Holds a value of the request. */
  record Constant(Value value) implements Operand {}

  /** Holds an operator or a function with what it applies to. */
  record Call(Operator operator, List<Operand> operands) implements Operand {
    public Call {
      operands = List.copyOf(operands);
    }

    Operand operand(int index) {
      return operands.get(index);
    }
  }

  /** Lists what is directly within this operand. */
  default List<Operand> inner() {
    return this instanceof Call call ? call.operands() : List.of();
  }

  /** Gives the type where no item can change it. */
  default Optional<String> type() {
    if (this instanceof Constant constant) {
      return Optional.of(constant.value().type());
    }
    return this instanceof Call call && call.operator() == Operator.SIZE
        ? Optional.of("N")
        : Optional.empty();
  }
}
