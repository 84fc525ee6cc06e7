/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.expression;

import io.sluice.localaws.dynamodb.expression.KeyQuery.Attribute;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.util.List;

/**
 * Parses the expressions of requests.
 *
 * <p>All methods throw a {@link DynamoDbException}, a ValidationException with the service's
 * message, when an expression is empty, longer than 4 KB, or not right. The service parses an
 * update first, then a condition or key condition, a filter, and a projection; after that {@link
 * Names#checkAllUsed} is due. Parsed expressions never change and are safe for use by many threads.
 */
public final class Expressions {

  private Expressions() {}

  /**
   * Parses a condition.
   *
   * @param kind the request's parameter: {@code ConditionExpression} or {@code FilterExpression}
   */
  public static Condition condition(String kind, String text, Names names) {
    return Condition.parse(kind, text, names);
  }

  /** Parses a ProjectionExpression. */
  public static Projection projection(String text, Names names) {
    return Projection.parse(text, names);
  }

  /** Parses an UpdateExpression. */
  public static Update update(String text, Names names) {
    return Update.parse(text, names);
  }

  /** Parses a KeyConditionExpression of which the key is not known yet. */
  public static KeyCondition key(String text, Names names) {
    return KeyCondition.parse(text, names);
  }

  /**
   * Parses a KeyConditionExpression.
   *
   * @param hash the partition key's attributes in the order of the key schema, 1 to 4
   * @param range the sort key's attributes in the order of the key schema, 0 to 4
   */
  public static KeyQuery key(
      String text, Names names, List<Attribute> hash, List<Attribute> range) {
    return key(text, names).bind(hash, range);
  }
}
