/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Says how often which requests go wrong.
 *
 * @param operations those that are hit, of which {@code items} stands for those on items; empty for
 *     all
 * @param share the part of these requests that is hit, 0 to 1
 * @param containing a text that the request's JSON must have to be hit, if any
 */
public record FaultRule(
    Set<String> operations, double share, Optional<String> containing, Fault fault) {

  /** Lets shares add up to a little more than 1, as 0.1 does ten times. */
  private static final double ROUNDING = 1e-9;

  public FaultRule {
    operations = OperationNames.expand(operations);
    Objects.requireNonNull(containing, "containing");
    Objects.requireNonNull(fault, "fault");
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share is " + share + ", must be 0 to 1");
    }
    checkApplies(operations, fault);
  }

  /** Checks that a fault can do something to one of the operations; empty stands for all. */
  static void checkApplies(Set<String> operations, Fault fault) {
    if (!operations.isEmpty() && operations.stream().noneMatch(fault::appliesTo)) {
      throw new IllegalArgumentException(
          "'" + fault.kind().text() + "' does nothing to " + String.join(", ", operations));
    }
  }

  /** Hits a share of the requests for one operation, or for all with {@code *}. */
  public static FaultRule of(String operation, double share, Fault fault) {
    return new FaultRule(operations(operation), share, Optional.empty(), fault);
  }

  /** Hits each request for an operation whose JSON has {@code text}. */
  public static FaultRule containing(String operation, String text, Fault fault) {
    return new FaultRule(operations(operation), 1, Optional.of(text), fault);
  }

  /** Names operations: one, several with a {@code +} between them, {@code *} or {@code items}. */
  static Set<String> operations(String text) {
    return OperationNames.expand(List.of(text.split("\\+")));
  }

  /**
   * Reads rules: {@code OPERATION:FAULT:SHARE}, several with commas between them. OPERATION may be
   * {@code *} for all, {@code items} for those on items, or several with {@code +} between them.
   * FAULT is as {@link Fault#parse} reads it.
   */
  public static List<FaultRule> parse(String text) {
    List<FaultRule> rules = new ArrayList<>();
    for (String rule : text.isBlank() ? new String[0] : text.split(",")) {
      String[] parts = rule.trim().split(":");
      if (parts.length != 3) {
        throw new IllegalArgumentException("'" + rule + "' must be OPERATION:FAULT:SHARE");
      }
      rules.add(of(parts[0], share(rule, parts[2]), Fault.parse(parts[1])));
    }
    checkShares(rules);
    return List.copyOf(rules);
  }

  /**
   * Checks that the shares of the rules that fit one request are at most 1 together. A rule for all
   * requests with a text comes before the others and counts for itself.
   *
   * @throws IllegalArgumentException if they are more
   */
  static void checkShares(List<FaultRule> rules) {
    for (String operation : new TreeSet<>(OperationNames.ALL)) {
      double sum =
          rules.stream()
              .filter(rule -> !rule.comesFirst() && rule.fits(operation))
              .mapToDouble(FaultRule::share)
              .sum();
      if (sum > 1 + ROUNDING) {
        throw new IllegalArgumentException(
            "the shares of the rules for " + operation + " are " + sum + ", must be at most 1");
      }
    }
  }

  private static double share(String rule, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + rule + "' must end with a share, 0 to 1", e);
    }
  }

  /** Reports whether it hits all requests with a text, as if they were wrong themselves. */
  boolean comesFirst() {
    return containing.isPresent() && share >= 1;
  }

  private boolean fits(String operation) {
    return (operations.isEmpty() || operations.contains(operation)) && fault.appliesTo(operation);
  }

  /** Reports whether a request can be hit. */
  boolean fits(String operation, String body) {
    return fits(operation) && (containing.isEmpty() || body.contains(containing.get()));
  }
}
