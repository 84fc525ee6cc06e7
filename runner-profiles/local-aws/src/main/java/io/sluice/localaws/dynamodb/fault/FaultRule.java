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

/**
 * Says how often which requests go wrong.
 *
 * @param operations those that are hit; empty for all
 * @param share the part of these requests that is hit, 0 to 1
 * @param containing a text that the request's JSON must have to be hit, if any
 */
public record FaultRule(
    Set<String> operations, double share, Optional<String> containing, Fault fault) {

  /** Lists the operations on items. */
  public static final Set<String> ITEM_OPERATIONS =
      Set.of(
          "PutItem",
          "GetItem",
          "DeleteItem",
          "UpdateItem",
          "BatchWriteItem",
          "BatchGetItem",
          "Query",
          "Scan",
          "TransactWriteItems",
          "TransactGetItems");

  public FaultRule {
    operations = Set.copyOf(operations);
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
    return switch (text) {
      case "*" -> Set.of();
      case "items" -> ITEM_OPERATIONS;
      default -> Set.of(text.split("\\+"));
    };
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
    return List.copyOf(rules);
  }

  private static double share(String rule, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + rule + "' must end with a share, 0 to 1", e);
    }
  }

  private boolean fits(String operation) {
    return (operations.isEmpty() || operations.contains(operation)) && fault.appliesTo(operation);
  }

  /** Reports whether a request can be hit. */
  boolean fits(String operation, String body) {
    return fits(operation) && (containing.isEmpty() || body.contains(containing.get()));
  }
}
