/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.dynamodb;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * How often which request goes wrong.
 *
 * @param shares for each fault the part of the requests that it hits, 0 to 1, together at most 1
 * @param operations the operations that are hit
 */
public record Faults(Map<Fault, Double> shares, Set<String> operations) {
  public Faults {
    double sum = 0;
    for (Map.Entry<Fault, Double> share : shares.entrySet()) {
      if (!(share.getValue() >= 0)) {
        throw new IllegalArgumentException(share + " must be 0 or more");
      }
      sum += share.getValue();
    }
    // A little more than 1 is what 0.1 ten times makes.
    if (sum > 1 + 1e-9) {
      throw new IllegalArgumentException("the shares " + shares + " must be at most 1 together");
    }
    shares = Map.copyOf(shares);
    operations = Set.copyOf(operations);
  }

  /** Nothing goes wrong. */
  public static Faults none() {
    return new Faults(
        Map.of(), Set.of("BatchWriteItem", "PutItem", "GetItem", "BatchGetItem", "Scan"));
  }

  /** As this, and the fault hits this part of the requests. */
  public Faults with(Fault fault, double share) {
    Map<Fault, Double> all = new EnumMap<>(Fault.class);
    all.putAll(shares);
    all.put(fault, share);
    return new Faults(all, operations);
  }

  /** As this, for these operations only. */
  public Faults of(String... names) {
    return new Faults(shares, Set.of(names));
  }
}
