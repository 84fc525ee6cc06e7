/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.search;

import com.fasterxml.jackson.core.JsonParser;
import io.sluice.localaws.dynamodb.expression.Condition;
import io.sluice.localaws.dynamodb.expression.Expressions;
import io.sluice.localaws.dynamodb.expression.KeyCondition;
import io.sluice.localaws.dynamodb.expression.KeyQuery;
import io.sluice.localaws.dynamodb.expression.Names;
import io.sluice.localaws.dynamodb.expression.Projection;
import io.sluice.localaws.dynamodb.operation.Answer;
import io.sluice.localaws.dynamodb.operation.Invalid;
import io.sluice.localaws.dynamodb.operation.ItemShapes;
import io.sluice.localaws.dynamodb.operation.LegacyParameters;
import io.sluice.localaws.dynamodb.operation.Operation;
import io.sluice.localaws.dynamodb.operation.Parameters;
import io.sluice.localaws.dynamodb.operation.Request;
import io.sluice.localaws.dynamodb.schema.KeyAttribute;
import io.sluice.localaws.dynamodb.schema.KeySchema;
import io.sluice.localaws.dynamodb.store.SortRange;
import io.sluice.localaws.dynamodb.store.SortedItems;
import io.sluice.localaws.dynamodb.store.StoredItem;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.table.Tables;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.Value;
import io.sluice.localaws.dynamodb.value.Wording;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a page of one partition of a table or an index, in the order of the sort key. */
public final class Query implements Operation {

  private static final String KEY_CONDITION = "KeyConditionExpression";
  private static final List<String> EXPRESSIONS =
      List.of("ProjectionExpression", "FilterExpression", KEY_CONDITION);
  private static final List<String> LEGACY =
      List.of("AttributesToGet", "QueryFilter", "ConditionalOperator", "KeyConditions");

  private final Tables tables;

  /** Works on {@code tables}. */
  public Query(Tables tables) {
    this.tables = tables;
  }

  @Override
  public Answer run(JsonParser json, String region) throws IOException {
    Request request = Request.read(json, ItemShapes.QUERY, Wording.in(region));
    LegacyParameters.checkFirst(request);
    request.check();
    checkParameters(request);
    Optional<Condition> queryFilter = LegacyParameters.filter(request, "QueryFilter");
    Optional<Projection> toGet = LegacyParameters.projection(request);
    Scan.checkStart(request);
    Optional<KeyCondition> keyConditions = LegacyParameters.key(request);
    checkComplete(request);
    Names names = Parameters.names(request);
    KeyCondition key =
        request
            .text(KEY_CONDITION)
            .map(text -> Expressions.key(text, names))
            .or(() -> keyConditions)
            .orElseThrow();
    Optional<Condition> filter = Scan.filter(request, names).or(() -> queryFilter);
    Selection selection = Selection.read(request, names, toGet);
    names.checkAllUsed();
    key.check();
    Table table = tables.get(request.table());
    Source source = Source.of(table, request);
    checkStart(source, request.item("ExclusiveStartKey"));
    KeySchema schema = source.items().key();
    KeyQuery query = key.bind(attributes(schema.hash()), attributes(schema.range()));
    Iterator<StoredItem> from = items(source, query, request);
    Scan.checkPaths(table, filter, selection);
    String filterName = request.has("QueryFilter") ? "QueryFilter" : "Filter Expression";
    filter.ifPresent(present -> checkFilter(schema, filterName, present));
    Page page = new Page(source, selection, filter).read(from, request);
    return out -> page.write(out, request);
  }

  private static void checkParameters(Request request) {
    if (request.whole("Limit").orElse(1L) < 1) {
      throw Invalid.constraint("Limit", "value greater than or equal to 1");
    }
    Parameters.check(request, EXPRESSIONS, LEGACY);
  }

  private static void checkComplete(Request request) {
    if (!request.has(KEY_CONDITION) && !request.has("KeyConditions")) {
      throw DynamoDbException.validation(
          "Either the KeyConditions or KeyConditionExpression parameter must be specified in the "
              + "request.");
    }
    Invalid.enveloped(
        () -> {
          Selection.check(request);
          return request;
        });
  }

  /** Checks the names and types of a start key, of which a query says less than a scan. */
  private static void checkStart(Source source, Optional<Map<String, Value>> start) {
    if (start.isEmpty()) {
      return;
    }
    Set<KeyAttribute> attributes = new HashSet<>(source.items().key().attributes());
    attributes.addAll(source.table().definition().key().attributes());
    boolean valid =
        attributes.size() == start.get().size()
            && attributes.stream()
                .allMatch(
                    attribute ->
                        start.get().containsKey(attribute.name())
                            && attribute.fits(start.get().get(attribute.name())));
    if (!valid) {
      throw DynamoDbException.validation("The provided starting key is invalid");
    }
  }

  private static List<KeyQuery.Attribute> attributes(List<KeyAttribute> attributes) {
    return attributes.stream()
        .map(attribute -> new KeyQuery.Attribute(attribute.name(), attribute.type().name()))
        .toList();
  }

  private static Iterator<StoredItem> items(Source source, KeyQuery query, Request request) {
    boolean backward = request.has("ScanIndexForward") && !request.flag("ScanIndexForward");
    return source
        .items()
        .query(
            query.hash(),
            range(query.range()),
            backward ? SortedItems.Direction.BACKWARD : SortedItems.Direction.FORWARD,
            request.item("ExclusiveStartKey"));
  }

  private static SortRange range(List<KeyQuery.Test> tests) {
    List<Value> equal = new ArrayList<>();
    for (KeyQuery.Test test : tests) {
      if (!test.isEquality()) {
        return new SortRange(equal, operator(test.operator()), test.values());
      }
      equal.add(test.values().get(0));
    }
    return SortRange.equalTo(equal.toArray(Value[]::new));
  }

  private static SortRange.Operator operator(String operator) {
    return switch (operator) {
      case "<" -> SortRange.Operator.LESS;
      case "<=" -> SortRange.Operator.AT_MOST;
      case ">" -> SortRange.Operator.MORE;
      case ">=" -> SortRange.Operator.AT_LEAST;
      case "BETWEEN" -> SortRange.Operator.BETWEEN;
      default -> SortRange.Operator.BEGINS_WITH;
    };
  }

  private static void checkFilter(KeySchema schema, String filterName, Condition filter) {
    for (String name : schema.names()) {
      if (filter.topLevelAttributes().contains(name)) {
        throw DynamoDbException.validation(
            filterName
                + " can only contain non-primary key attributes: Primary key attribute: "
                + name);
      }
    }
  }
}
