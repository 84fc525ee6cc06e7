/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.operation;

import io.sluice.localaws.dynamodb.expression.Condition;
import io.sluice.localaws.dynamodb.expression.KeyCondition;
import io.sluice.localaws.dynamodb.expression.Projection;
import io.sluice.localaws.dynamodb.expression.Update;
import io.sluice.localaws.dynamodb.legacy.AttributeUpdates;
import io.sluice.localaws.dynamodb.legacy.AttributesToGet;
import io.sluice.localaws.dynamodb.legacy.Conditions;
import io.sluice.localaws.dynamodb.legacy.LegacyMap;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.Wording;
import java.util.Optional;

/**
 * Reads the parameters of a request that expressions have replaced, each at the point at which the
 * service does.
 *
 * <p>All methods throw a {@link DynamoDbException}, a ValidationException, for what is wrong.
 */
public final class LegacyParameters {

  private static final String OPERATOR = "ConditionalOperator";

  private LegacyParameters() {}

  /** Reads Expected, with ConditionalOperator. */
  static Optional<Condition> expected(Request request) {
    Optional<LegacyMap> expected = request.legacy("Expected");
    check(request, expected);
    return expected.flatMap(map -> Conditions.expected(map, request.is(OPERATOR, "OR")));
  }

  /** Reads ScanFilter or QueryFilter, with ConditionalOperator. */
  public static Optional<Condition> filter(Request request, String name) {
    Optional<LegacyMap> filter = request.legacy(name);
    check(request, filter);
    return filter.flatMap(map -> Conditions.filter(map, request.is(OPERATOR, "OR")));
  }

  /** Checks the values and the operator; the older layer finds a wrong value first. */
  private static void check(Request request, Optional<LegacyMap> conditions) {
    int count = conditions.map(LegacyMap::size).orElse(0);
    if (request.wording() == Wording.CURRENT) {
      checkOperator(request, count);
    }
    conditions.ifPresent(LegacyMap::check);
    checkOperator(request, count);
  }

  private static void checkOperator(Request request, int count) {
    if (request.has(OPERATOR) && count < 2) {
      throw DynamoDbException.validation(
          count == 0
              ? OPERATOR + " cannot be used without Filter or Expected"
              : OPERATOR + " can only be used when Filter or Expected has two or more elements");
    }
  }

  /** Checks ConditionalOperator as the current layer does for Query, before all other members. */
  public static void checkFirst(Request request) {
    if (request.wording() == Wording.CURRENT
        && request.has(OPERATOR)
        && !request.is(OPERATOR, "AND")
        && !request.is(OPERATOR, "OR")) {
      throw DynamoDbException.validation(
          "Failed to satisfy constraint: Member must satisfy enum value set: [ALL, OR]");
    }
  }

  /** Reads KeyConditions. */
  public static Optional<KeyCondition> key(Request request) {
    Optional<LegacyMap> conditions = request.legacy("KeyConditions");
    conditions.ifPresent(LegacyMap::check);
    return conditions.map(Conditions::key);
  }

  /** Reads AttributeUpdates. */
  static Optional<Update> update(Request request) {
    Optional<LegacyMap> updates = request.legacy("AttributeUpdates");
    updates.ifPresent(LegacyMap::check);
    return updates.map(AttributeUpdates::update);
  }

  /** Reads AttributesToGet. */
  public static Optional<Projection> projection(Request request) {
    return request.attributesToGet().map(AttributesToGet::projection);
  }
}
