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
import io.sluice.localaws.dynamodb.operation.PutWrite;
import io.sluice.localaws.dynamodb.operation.Request;
import io.sluice.localaws.dynamodb.operation.WriteAnswer;
import io.sluice.localaws.dynamodb.store.Change;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.table.Tables;
import io.sluice.localaws.dynamodb.value.Wording;
import java.io.IOException;
import java.util.Optional;

/** Puts an item, or replaces the one with the same key. */
public final class PutItem implements Operation {

  private final Tables tables;

  /** Works on {@code tables}. */
  public PutItem(Tables tables) {
    this.tables = tables;
  }

  @Override
  public Answer run(JsonParser json, String region) throws IOException {
    Request request = Request.read(json, ItemShapes.PUT, Wording.in(region));
    request.check();
    PutWrite put = Invalid.enveloped(request.wording(), () -> PutWrite.read(request)).checkSize();
    Table table = tables.get(request.table());
    Change change = put.run(table);
    return WriteAnswer.of(
        request,
        table,
        change,
        WriteAnswer.returnValues(request).equals("ALL_OLD") ? change.before() : Optional.empty());
  }
}
