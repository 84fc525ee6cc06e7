/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.expression;

import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.Numbers;
import io.sluice.localaws.dynamodb.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Calculates the values of an update. */
final class UpdateValues {

  private UpdateValues() {}

  /**
   * Calculates what SET is to write, from the item as it was before the update.
   *
   * @throws DynamoDbException a ValidationException when the item lacks an attribute that is
   *     needed, or has another type than is needed
   */
  static Value of(Operand operand, Map<String, Value> item) {
    if (operand instanceof Operand.Constant constant) {
      return constant.value();
    }
    if (operand instanceof Operand.At at) {
      return at.path().in(item).orElseThrow(UpdateValues::missing);
    }
    Operand.Call call = (Operand.Call) operand;
    if (call.operator() == Operator.IF_NOT_EXISTS) {
      Optional<Value> there = ((Operand.At) call.operand(0)).path().in(item);
      return there.orElseGet(() -> of(call.operand(1), item));
    }
    Value left = of(call.operand(0), item);
    Value right = of(call.operand(1), item);
    return switch (call.operator()) {
      case LIST_APPEND -> append(left, right);
      case PLUS -> sum(number(left), number(right));
      case MINUS -> sum(number(left), number(right).negate());
      default -> throw new IllegalArgumentException("operator is " + call.operator());
    };
  }

  /** Calculates what ADD makes of what is there: a sum, or all elements of two sets or lists. */
  static Value add(Optional<Value> old, Value operand) {
    if (old.isEmpty()) {
      return operand;
    }
    if (operand instanceof Value.N n) {
      return sum(number(old.get()), n.number());
    }
    if (operand instanceof Value.SS more && old.get() instanceof Value.SS set) {
      return new Value.SS(union(set.texts(), more.texts()));
    }
    if (operand instanceof Value.NS more && old.get() instanceof Value.NS set) {
      return new Value.NS(union(set.numbers(), more.numbers()));
    }
    if (operand instanceof Value.BS more && old.get() instanceof Value.BS set) {
      return new Value.BS(union(set.binaries(), more.binaries()));
    }
    return append(old.get(), operand);
  }

  /** Calculates what DELETE leaves of a set: nothing when no element is left. */
  static Optional<Value> delete(Value old, Value operand) {
    if (operand instanceof Value.SS less && old instanceof Value.SS set) {
      return Optional.of(difference(set.texts(), less.texts()))
          .filter(left -> !left.isEmpty())
          .map(Value.SS::new);
    }
    if (operand instanceof Value.NS less && old instanceof Value.NS set) {
      return Optional.of(difference(set.numbers(), less.numbers()))
          .filter(left -> !left.isEmpty())
          .map(Value.NS::new);
    }
    if (operand instanceof Value.BS less && old instanceof Value.BS set) {
      return Optional.of(difference(set.binaries(), less.binaries()))
          .filter(left -> !left.isEmpty())
          .map(Value.BS::new);
    }
    throw wrongType();
  }

  private static Value append(Value left, Value right) {
    if (left instanceof Value.L first && right instanceof Value.L second) {
      List<Value> all = new ArrayList<>(first.values());
      all.addAll(second.values());
      return new Value.L(all);
    }
    throw wrongType();
  }

  private static BigDecimal number(Value value) {
    if (value instanceof Value.N n) {
      return n.number();
    }
    throw wrongType();
  }

  /** Adds two numbers. A sum of more than 38 digits is an overflow, whatever its magnitude. */
  private static Value sum(BigDecimal one, BigDecimal other) {
    BigDecimal sum = one.add(other).stripTrailingZeros();
    if (sum.precision() > Numbers.MAX_DIGITS) {
      throw DynamoDbException.validation(
          "Number overflow. Attempting to store a number with magnitude larger than supported"
              + " range");
    }
    return new Value.N(Numbers.check(sum));
  }

  private static <E> Set<E> union(Set<E> one, Set<E> other) {
    Set<E> all = new LinkedHashSet<>(one);
    all.addAll(other);
    return all;
  }

  private static <E> Set<E> difference(Set<E> one, Set<E> other) {
    Set<E> left = new LinkedHashSet<>(one);
    other.forEach(left::remove);
    return left;
  }

  private static DynamoDbException missing() {
    return DynamoDbException.validation(
        "The provided expression refers to an attribute that does not exist in the item");
  }

  private static DynamoDbException wrongType() {
    return DynamoDbException.validation(
        "An operand in the update expression has an incorrect data type");
  }
}
