/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.expression;

import io.sluice.localaws.dynamodb.value.Bytes;
import io.sluice.localaws.dynamodb.value.Sizes;
import io.sluice.localaws.dynamodb.value.Value;
import java.math.BigDecimal;
import java.util.Map;

/**
 * Counts the bytes that UpdateItem charges for what an update says, which may not be more than an
 * item may have; what the update leaves alone is free, the key too.
 *
 * <p>Source: limits of the service found to the byte by paritysuite/dynamodb-conformance,
 * eu-west-2, 2026-08-19 and 2026-10-09. Ten of the regions measure the item alone.
 */
final class UpdateCharge {

  /** Is charged for any update. */
  static final int BASE = 3;

  private static final int WRITE = 19;
  private static final int REMOVE = 1;
  private static final int STEP_OF_TARGET = 4;
  private static final int PATH = 1;
  private static final int STEP = 14;
  private static final int PLUS = 34;
  private static final int MINUS = 37;
  private static final int LIST_APPEND = 37;
  private static final int IF_NOT_EXISTS = 39;

  private UpdateCharge() {}

  /** Counts what SET takes. */
  static long set(Path target, Operand operand) {
    return WRITE + target(target) + operand(operand);
  }

  /** Counts what ADD takes: of a set, only the elements that are not there yet. */
  static long add(Path target, Value operand, Map<String, Value> item) {
    long there = target.in(item).map(old -> common(operand, old)).orElse(0L);
    return WRITE + target(target) + Sizes.of(operand) - there;
  }

  /** Counts what REMOVE and DELETE take, whatever they remove. */
  static long remove(Path target) {
    return REMOVE + target(target);
  }

  private static long target(Path path) {
    long charge = -STEP_OF_TARGET;
    for (Path.Step step : path.steps()) {
      charge += STEP_OF_TARGET + bytes(step);
    }
    return charge;
  }

  private static long operand(Operand operand) {
    if (operand instanceof Operand.Constant constant) {
      return Sizes.of(constant.value());
    }
    if (operand instanceof Operand.At at) {
      long charge = PATH;
      for (Path.Step step : at.path().steps()) {
        charge += STEP + bytes(step);
      }
      return charge;
    }
    Operand.Call call = (Operand.Call) operand;
    return operator(call.operator()) + operand(call.operand(0)) + operand(call.operand(1));
  }

  private static int operator(Operator operator) {
    return switch (operator) {
      case PLUS -> PLUS;
      case MINUS -> MINUS;
      case LIST_APPEND -> LIST_APPEND;
      case IF_NOT_EXISTS -> IF_NOT_EXISTS;
      default -> throw new IllegalArgumentException("operator is " + operator);
    };
  }

  private static int bytes(Path.Step step) {
    return step instanceof Path.Index index
        ? Integer.toString(index.index()).length()
        : Sizes.utf8(step.toString());
  }

  /** Measures the elements of a set that another one has, too. */
  private static long common(Value one, Value other) {
    long bytes = 0;
    if (one instanceof Value.SS set && other instanceof Value.SS texts) {
      for (String text : set.texts()) {
        bytes += texts.texts().contains(text) ? Sizes.utf8(text) : 0;
      }
    } else if (one instanceof Value.NS set && other instanceof Value.NS numbers) {
      for (BigDecimal number : set.numbers()) {
        bytes += numbers.numbers().contains(number) ? Sizes.of(new Value.N(number)) : 0;
      }
    } else if (one instanceof Value.BS set && other instanceof Value.BS binaries) {
      for (Bytes binary : set.binaries()) {
        bytes += binaries.binaries().contains(binary) ? binary.size() : 0;
      }
    }
    return bytes;
  }
}
