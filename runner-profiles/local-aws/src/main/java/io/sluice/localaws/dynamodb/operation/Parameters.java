/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.operation;

import io.sluice.localaws.dynamodb.expression.Expressions;
import io.sluice.localaws.dynamodb.expression.Names;
import io.sluice.localaws.dynamodb.expression.Projection;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.Wording;
import java.util.List;
import java.util.Optional;

/** Checks which parameters of a request go together, and reads what its expressions share. */
public final class Parameters {

  private static final String NAMES = "ExpressionAttributeNames";
  private static final String VALUES = "ExpressionAttributeValues";
  private static final String PROJECTION = "ProjectionExpression";

  private Parameters() {}

  /**
   * Checks that a request has expressions or legacy parameters and not both, and nothing that
   * belongs to an expression without one.
   *
   * @param expressions the operation's parameters that are expressions, in the service's order
   * @param legacy those that expressions have replaced, in the service's order
   */
  public static void check(Request request, List<String> expressions, List<String> legacy) {
    checkPairs(request, expressions, legacy);
    List<String> with = expressions.stream().filter(name -> !name.equals(PROJECTION)).toList();
    if (request.has(VALUES) && with.stream().noneMatch(request::has)) {
      throw DynamoDbException.validation(
          VALUES
              + " can only be specified when using expressions: "
              + String.join(" and ", with)
              + (with.size() > 1 ? " are null" : " is null"));
    }
  }

  /** Checks the same as the current layer of the service, which says less. */
  public static void checkCurrent(Request request, List<String> expressions, List<String> legacy) {
    checkPairs(request, expressions, legacy);
    if (request.has(VALUES) && expressions.stream().noneMatch(request::has)) {
      throw DynamoDbException.validation(VALUES + " can only be specified when using expressions");
    }
  }

  /** Checks the same for a write, as the layer does that validates it. */
  static void checkWrite(Request request, List<String> expressions, List<String> legacy) {
    if (request.wording() == Wording.CURRENT) {
      checkCurrent(request, expressions, legacy);
    } else {
      check(request, expressions, legacy);
    }
  }

  private static void checkPairs(Request request, List<String> expressions, List<String> legacy) {
    List<String> present = expressions.stream().filter(request::has).toList();
    List<String> old = legacy.stream().filter(name -> isLegacy(request, name)).toList();
    if (!present.isEmpty() && !old.isEmpty()) {
      throw DynamoDbException.validation(
          "Can not use both expression and non-expression parameters in the same request: "
              + "Non-expression parameters: {"
              + String.join(", ", old)
              + "} Expression parameters: {"
              + String.join(", ", present)
              + "}");
    }
    if (request.has(NAMES) && present.isEmpty()) {
      throw DynamoDbException.validation(NAMES + " can only be specified when using expressions");
    }
  }

  /** Lets KeyConditions go with any expression but the one that has replaced it. */
  private static boolean isLegacy(Request request, String name) {
    return request.has(name)
        && (!name.equals("KeyConditions") || request.has("KeyConditionExpression"));
  }

  /** Reads the names and values of a request's expressions. */
  public static Names names(Request request) {
    Names names = Names.none();
    request.names().ifPresent(names::withNames);
    request.item(VALUES).ifPresent(names::withValues);
    Optional<DynamoDbException> problem = request.problem(VALUES);
    if (problem.isPresent()) {
      throw request.wording() == Wording.CURRENT ? problem.get() : wrapped(request, problem.get());
    }
    return names;
  }

  /** Words what is wrong with a value of expressions as the older layer does. */
  private static DynamoDbException wrapped(Request request, DynamoDbException problem) {
    return DynamoDbException.validation(
        VALUES
            + " contains invalid value: "
            + problem.getMessage()
            + " for key "
            + request.problemAttribute(VALUES).orElse(""));
  }

  /** Checks which parameters of a GetItem request, or of a part of BatchGetItem, go together. */
  public static void checkGet(Request request) {
    checkCurrent(request, List.of(PROJECTION), List.of("AttributesToGet"));
  }

  /** Reads the ProjectionExpression or AttributesToGet of a request, if it has one of them. */
  public static Optional<Projection> projection(Request request) {
    Names names = names(request);
    Optional<Projection> projection =
        request
            .text(PROJECTION)
            .map(text -> Expressions.projection(text, names))
            .or(() -> LegacyParameters.projection(request));
    names.checkAllUsed();
    return projection;
  }
}
