/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.operation;

import com.fasterxml.jackson.core.JsonParser;
import io.sluice.localaws.dynamodb.capacity.Consumed;
import io.sluice.localaws.dynamodb.capacity.Units;
import io.sluice.localaws.dynamodb.expression.Expressions;
import io.sluice.localaws.dynamodb.expression.Names;
import io.sluice.localaws.dynamodb.expression.Projection;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.table.Tables;
import io.sluice.localaws.dynamodb.value.Sizes;
import io.sluice.localaws.dynamodb.value.Value;
import io.sluice.localaws.dynamodb.value.ValueJson;
import io.sluice.localaws.dynamodb.value.Wording;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gets the item with a key, if there is one. */
final class GetItem implements Operation {

  private static final List<String> EXPRESSIONS = List.of("ProjectionExpression");
  private static final List<String> LEGACY = List.of("AttributesToGet");

  private final Tables tables;

  GetItem(Tables tables) {
    this.tables = tables;
  }

  @Override
  public Answer run(JsonParser json, String region) throws IOException {
    Request request = Request.read(json, ItemShapes.GET, Wording.CURRENT);
    request.check();
    checkPairs(request);
    request.checkItem("Key");
    Optional<Projection> projection = projection(request);
    Table table = tables.get(request.table());
    Map<String, Value> key = request.item("Key").orElseThrow();
    table.store().rules().checkKey(key);
    projection.ifPresent(present -> KeyPaths.check(table.definition(), present.nestedAttributes()));
    Optional<Map<String, Value>> item = table.store().get(key);
    Consumed consumed =
        Consumed.ofTable(
            table.definition().name(),
            Units.read(item.map(Sizes::of).orElse(0L), request.flag("ConsistentRead")));
    return out -> {
      if (item.isPresent()) {
        out.writeFieldName("Item");
        ValueJson.writeItem(
            out, projection.map(present -> present.apply(item.get())).orElse(item.get()));
      }
      consumed.writeMember(out, request.text("ReturnConsumedCapacity").orElse("NONE"));
    };
  }

  /** Checks which parameters of a GetItem request, or of a part of BatchGetItem, go together. */
  static void checkPairs(Request request) {
    Parameters.checkCurrent(request, EXPRESSIONS, LEGACY);
  }

  /** Parses the ProjectionExpression of a request, if it has one. */
  static Optional<Projection> projection(Request request) {
    Names names = Parameters.names(request);
    Optional<Projection> projection =
        request.text("ProjectionExpression").map(text -> Expressions.projection(text, names));
    names.checkAllUsed();
    return projection;
  }
}
