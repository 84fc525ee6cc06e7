/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.item;

import com.fasterxml.jackson.core.JsonParser;
import io.sluice.localaws.dynamodb.operation.Answer;
import io.sluice.localaws.dynamodb.operation.Invalid;
import io.sluice.localaws.dynamodb.operation.ItemShapes;
import io.sluice.localaws.dynamodb.operation.Operation;
import io.sluice.localaws.dynamodb.operation.Request;
import io.sluice.localaws.dynamodb.operation.UpdateWrite;
import io.sluice.localaws.dynamodb.operation.WriteAnswer;
import io.sluice.localaws.dynamodb.store.Change;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.table.Tables;
import io.sluice.localaws.dynamodb.value.Value;
import io.sluice.localaws.dynamodb.value.Wording;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Changes the item with a key, or makes it if there is none. */
public final class UpdateItem implements Operation {

  private final Tables tables;

  /** Works on {@code tables}. */
  public UpdateItem(Tables tables) {
    this.tables = tables;
  }

  @Override
  public Answer run(JsonParser json, String region) throws IOException {
    Request request = Request.read(json, ItemShapes.UPDATE, Wording.in(region));
    request.check();
    UpdateWrite update = Invalid.enveloped(request.wording(), () -> UpdateWrite.read(request));
    Table table = tables.get(request.table());
    Change change = update.run(table);
    return WriteAnswer.of(request, table, change, attributes(request, update, change));
  }

  private static Optional<Map<String, Value>> attributes(
      Request request, UpdateWrite update, Change change) {
    return switch (WriteAnswer.returnValues(request)) {
      case "ALL_OLD" -> change.before();
      case "ALL_NEW" -> change.after();
      case "UPDATED_OLD" -> update.updated(change.before());
      case "UPDATED_NEW" -> update.updated(change.after());
      default -> Optional.empty();
    };
  }
}
