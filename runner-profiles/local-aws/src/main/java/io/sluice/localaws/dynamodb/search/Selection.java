/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.search;

import io.sluice.localaws.dynamodb.expression.Expressions;
import io.sluice.localaws.dynamodb.expression.Names;
import io.sluice.localaws.dynamodb.expression.Projection;
import io.sluice.localaws.dynamodb.operation.Request;
import io.sluice.localaws.dynamodb.schema.IndexDefinition;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Says what a scan or a query returns of the items that it finds.
 *
 * @param count whether it counts them and returns none
 * @param all whether it wants all attributes, also those that an index has not
 */
record Selection(boolean count, boolean all, Optional<Projection> projection) {

  private static final String SELECT = "Select";
  private static final String PROJECTION = "ProjectionExpression";
  private static final String TO_GET = "AttributesToGet";

  /** Checks that Select goes with the other parameters of a request. */
  static void check(Request request) {
    String select = request.text(SELECT).orElse("");
    boolean projected = request.has(PROJECTION) || request.has(TO_GET);
    if (select.equals("SPECIFIC_ATTRIBUTES") && !projected) {
      throw DynamoDbException.validation(
          "Must specify the AttributesToGet or ProjectionExpression when choosing to get "
              + select);
    }
    if (projected && !select.isEmpty() && !select.equals("SPECIFIC_ATTRIBUTES")) {
      throw DynamoDbException.validation(
          "Cannot specify the "
              + (request.has(PROJECTION) ? PROJECTION : TO_GET)
              + " when choosing to get "
              + (select.equals("COUNT") ? "only the Count" : select));
    }
    if (select.equals("ALL_PROJECTED_ATTRIBUTES") && !request.has("IndexName")) {
      throw DynamoDbException.validation(
          select + " can be used only when Querying using an IndexName");
    }
  }

  /**
   * Parses the ProjectionExpression of a request, if it has one.
   *
   * @param legacy what AttributesToGet says, if it is there
   */
  static Selection read(Request request, Names names, Optional<Projection> legacy) {
    return new Selection(
        request.is(SELECT, "COUNT"),
        request.is(SELECT, "ALL_ATTRIBUTES"),
        request.text(PROJECTION).map(text -> Expressions.projection(text, names)).or(() -> legacy));
  }

  /**
   * Reports whether items must be fetched from the table, because an index has not all that is
   * wanted of them.
   *
   * @throws DynamoDbException if the index is global, of which nothing can be fetched
   */
  boolean fetches(Source source) {
    if (source.index().isEmpty()) {
      return false;
    }
    IndexDefinition index = source.index().get();
    if (index.isComplete()) {
      return false;
    }
    Set<String> attributes = index.attributes(source.table().definition().key());
    List<String> missing =
        projection.stream()
            .flatMap(present -> present.topLevelAttributes().stream())
            .filter(name -> !attributes.contains(name))
            .toList();
    if (index.kind() == IndexDefinition.Kind.GLOBAL) {
      if (all) {
        throw DynamoDbException.invalid(
            "Select type ALL_ATTRIBUTES is not supported for global secondary index "
                + index.name()
                + " because its projection type is not ALL");
      }
      if (!missing.isEmpty()) {
        throw DynamoDbException.invalid(
            "Global secondary index " + index.name() + " does not project " + missing);
      }
    }
    return all || !missing.isEmpty();
  }
}
