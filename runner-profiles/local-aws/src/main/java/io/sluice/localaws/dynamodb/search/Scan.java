/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.search;

import com.fasterxml.jackson.core.JsonParser;
import io.sluice.localaws.dynamodb.expression.Condition;
import io.sluice.localaws.dynamodb.expression.Expressions;
import io.sluice.localaws.dynamodb.expression.Names;
import io.sluice.localaws.dynamodb.expression.Projection;
import io.sluice.localaws.dynamodb.operation.Answer;
import io.sluice.localaws.dynamodb.operation.ItemShapes;
import io.sluice.localaws.dynamodb.operation.KeyPaths;
import io.sluice.localaws.dynamodb.operation.LegacyParameters;
import io.sluice.localaws.dynamodb.operation.Operation;
import io.sluice.localaws.dynamodb.operation.Parameters;
import io.sluice.localaws.dynamodb.operation.Request;
import io.sluice.localaws.dynamodb.store.Segment;
import io.sluice.localaws.dynamodb.store.StoredItem;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.table.Tables;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.Wording;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a page of a table or an index, or of one of the segments that it is divided into. */
public final class Scan implements Operation {

  private static final List<String> EXPRESSIONS =
      List.of("ProjectionExpression", "FilterExpression");
  private static final List<String> LEGACY =
      List.of("AttributesToGet", "ScanFilter", "ConditionalOperator");

  private static final Pattern BARE =
      Pattern.compile(
          "contains duplicates|number set|numeric value|significant digits|number with magnitude");

  private final Tables tables;

  /** Works on {@code tables}. */
  public Scan(Tables tables) {
    this.tables = tables;
  }

  @Override
  public Answer run(JsonParser json, String region) throws IOException {
    Request request = Request.read(json, ItemShapes.SCAN, Wording.OLDER);
    request.check();
    Parameters.check(request, EXPRESSIONS, LEGACY);
    Optional<Projection> toGet = LegacyParameters.projection(request);
    Optional<Condition> scanFilter = LegacyParameters.filter(request, "ScanFilter");
    checkStart(request);
    Segment segment = segment(request);
    Selection.check(request);
    Names names = Parameters.names(request);
    Optional<Condition> filter = filter(request, names).or(() -> scanFilter);
    Selection selection = Selection.read(request, names, toGet);
    names.checkAllUsed();
    Table table = tables.get(request.table());
    Source source = Source.of(table, request);
    Iterator<StoredItem> from = source.items().scan(segment, request.item("ExclusiveStartKey"));
    checkPaths(table, filter, selection);
    Page page = new Page(source, selection, filter).read(from, request);
    return out -> page.write(out, request);
  }

  /** Parses the FilterExpression of a request, if it has one. */
  static Optional<Condition> filter(Request request, Names names) {
    return request
        .text("FilterExpression")
        .map(text -> Expressions.condition("FilterExpression", text, names));
  }

  /** Checks that nothing that a scan or a query picks or filters by is a part of a key. */
  static void checkPaths(Table table, Optional<Condition> filter, Selection selection) {
    selection
        .projection()
        .ifPresent(present -> KeyPaths.check(table.definition(), present.nestedAttributes()));
    filter.ifPresent(present -> KeyPaths.check(table.definition(), present.nestedAttributes()));
  }

  /** Checks the values of ExclusiveStartKey, as far as that takes no table. */
  static void checkStart(Request request) {
    Optional<DynamoDbException> problem = request.problem("ExclusiveStartKey");
    if (problem.isPresent()) {
      String message = problem.get().getMessage();
      throw DynamoDbException.validation(
          BARE.matcher(message).find()
              ? message
              : "The provided starting key is invalid: " + message);
    }
  }

  private static Segment segment(Request request) {
    Optional<Long> index = request.whole("Segment");
    Optional<Long> total = request.whole("TotalSegments");
    if (index.isEmpty() && total.isEmpty()) {
      return Segment.WHOLE;
    }
    if (total.isEmpty()) {
      throw DynamoDbException.validation(
          "The TotalSegments parameter is required but was not present in the request when "
              + "Segment parameter is present");
    }
    if (index.isEmpty()) {
      throw DynamoDbException.validation(
          "The Segment parameter is required but was not present in the request when parameter "
              + "TotalSegments is present");
    }
    if (index.get() >= total.get()) {
      throw DynamoDbException.validation(
          "The Segment parameter is zero-based and must be less than parameter TotalSegments: "
              + "Segment: "
              + index.get()
              + " is not less than TotalSegments: "
              + total.get());
    }
    return new Segment(index.get().intValue(), total.get().intValue());
  }
}
