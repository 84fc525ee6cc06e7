/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.operation;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.localaws.dynamodb.expression.Projection;
import io.sluice.localaws.dynamodb.store.StoredItem;
import io.sluice.localaws.dynamodb.value.ItemJson;
import io.sluice.localaws.dynamodb.value.ValueJson;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Writes items as they are stored, or what a projection leaves of them. */
public final class ItemAnswer {

  private ItemAnswer() {}

  /** Writes one item, which is decoded only if there is a projection. */
  public static void write(JsonGenerator json, StoredItem item, Optional<Projection> projection)
      throws IOException {
    if (projection.isPresent()) {
      ValueJson.writeItem(json, projection.get().apply(item.item()));
    } else {
      ItemJson.write(json, item.bytes(), item.offset());
    }
  }

  /** Writes an array of items, which are decoded only if there is a projection. */
  public static void writeAll(
      JsonGenerator json, List<StoredItem> items, Optional<Projection> projection)
      throws IOException {
    if (projection.isEmpty()) {
      ItemJson array = ItemJson.startArray(json);
      for (StoredItem item : items) {
        array.add(item.bytes(), item.offset());
      }
      array.end();
      return;
    }
    json.writeStartArray();
    for (StoredItem item : items) {
      write(json, item, projection);
    }
    json.writeEndArray();
  }
}
