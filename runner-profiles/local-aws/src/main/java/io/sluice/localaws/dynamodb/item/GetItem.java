/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.item;

import com.fasterxml.jackson.core.JsonParser;
import io.sluice.localaws.dynamodb.capacity.Consumed;
import io.sluice.localaws.dynamodb.capacity.Meter;
import io.sluice.localaws.dynamodb.capacity.Metering;
import io.sluice.localaws.dynamodb.capacity.Units;
import io.sluice.localaws.dynamodb.expression.Projection;
import io.sluice.localaws.dynamodb.operation.Answer;
import io.sluice.localaws.dynamodb.operation.ItemAnswer;
import io.sluice.localaws.dynamodb.operation.ItemShapes;
import io.sluice.localaws.dynamodb.operation.KeyPaths;
import io.sluice.localaws.dynamodb.operation.Operation;
import io.sluice.localaws.dynamodb.operation.Parameters;
import io.sluice.localaws.dynamodb.operation.Request;
import io.sluice.localaws.dynamodb.store.StoredItem;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.table.Tables;
import io.sluice.localaws.dynamodb.value.Value;
import io.sluice.localaws.dynamodb.value.Wording;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Gets the item with a key, if there is one. */
public final class GetItem implements Operation {

  private final Tables tables;

  /** Works on {@code tables}. */
  public GetItem(Tables tables) {
    this.tables = tables;
  }

  @Override
  public Answer run(JsonParser json, String region) throws IOException {
    Request request = Request.read(json, ItemShapes.GET, Wording.in(region));
    request.check();
    Parameters.checkGet(request);
    request.checkItem("Key");
    Optional<Projection> projection = Parameters.projection(request);
    Table table = tables.get(request.table());
    Map<String, Value> key = request.item("Key").orElseThrow();
    table.store().rules().checkKey(key);
    projection.ifPresent(present -> KeyPaths.check(table.definition(), present.nestedAttributes()));
    Optional<StoredItem> item = table.store().stored(key);
    Consumed consumed =
        Consumed.ofTable(
            table.definition().name(),
            Units.read(item.map(StoredItem::size).orElse(0), request.flag("ConsistentRead")));
    Metering.current()
        .read(
            table,
            new Meter.Read(
                consumed, Optional.empty(), () -> Optional.of(key), item.isPresent() ? 1 : 0));
    return out -> {
      if (item.isPresent()) {
        out.writeFieldName("Item");
        ItemAnswer.write(out, item.get(), projection);
      }
      consumed.writeMember(out, request.text("ReturnConsumedCapacity").orElse("NONE"));
    };
  }
}
