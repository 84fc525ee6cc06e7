/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.store;

import io.sluice.localaws.dynamodb.storage.ByteMap;
import io.sluice.localaws.dynamodb.value.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Says which sort keys of a partition a query wants.
 *
 * @param equal what the first attributes of the sort key must be
 * @param operator what the attribute after these must be
 * @param operands of {@code operator}: none for {@code ANY}, two for {@code BETWEEN}, else one
 */
public record SortRange(List<Value> equal, Operator operator, List<Value> operands) {

  /** Wants each sort key. */
  public static final SortRange ALL = equalTo();

  /** Lists the conditions that are a range of keys. */
  public enum Operator {
    ANY(0),
    LESS(1),
    AT_MOST(1),
    MORE(1),
    AT_LEAST(1),
    BETWEEN(2),
    BEGINS_WITH(1);

    private final int operands;

    Operator(int operands) {
      this.operands = operands;
    }
  }

  /** Encodes a range of keys: from the first one, and up to the last and without it. */
  record Bounds(byte[] from, byte[] to) {}

  public SortRange {
    equal = List.copyOf(equal);
    Objects.requireNonNull(operator, "operator");
    operands = List.copyOf(operands);
    if (operands.size() != operator.operands) {
      throw new IllegalArgumentException(
          operator + " has " + operands.size() + " operands, must have " + operator.operands);
    }
  }

  /** Wants the sort keys whose first attributes are {@code values}. */
  public static SortRange equalTo(Value... values) {
    return new SortRange(List.of(values), Operator.ANY, List.of());
  }

  /** Wants what {@code operator} says of the first attribute of the sort key. */
  public static SortRange of(Operator operator, Value... operands) {
    return new SortRange(List.of(), operator, List.of(operands));
  }

  /** Encodes the range within a partition; empty if no key can be in it. */
  Optional<Bounds> within(byte[] partition) {
    byte[] prefix = new KeyBytes().append(partition).append(equal).toArray();
    Bounds all = new Bounds(prefix, ByteMap.after(prefix));
    Bounds bounds =
        switch (operator) {
          case ANY -> all;
          case LESS -> new Bounds(all.from, key(prefix, 0));
          case AT_MOST -> new Bounds(all.from, ByteMap.after(key(prefix, 0)));
          case MORE -> new Bounds(ByteMap.after(key(prefix, 0)), all.to);
          case AT_LEAST -> new Bounds(key(prefix, 0), all.to);
          case BETWEEN -> new Bounds(key(prefix, 0), ByteMap.after(key(prefix, 1)));
          case BEGINS_WITH -> startingWith(prefix);
        };
    return Arrays.compareUnsigned(bounds.from, bounds.to) < 0
        ? Optional.of(bounds)
        : Optional.empty();
  }

  private byte[] key(byte[] prefix, int operand) {
    return new KeyBytes().append(prefix).append(operands.get(operand)).toArray();
  }

  private Bounds startingWith(byte[] prefix) {
    byte[] start = new KeyBytes().append(prefix).appendStart(operands.get(0)).toArray();
    return new Bounds(start, ByteMap.after(start));
  }
}
