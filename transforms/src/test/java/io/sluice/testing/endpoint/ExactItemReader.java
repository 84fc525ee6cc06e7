/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemRules;
import io.sluice.item.ItemSize;
import io.sluice.item.KeyAttribute;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads items as a whole, and checks all that DynamoDB checks. */
final class ExactItemReader implements ItemReader {
  private final SimulatedTable table;
  private final String poison;

  ExactItemReader(SimulatedTable table, String poison) {
    this.table = table;
    this.poison = poison;
  }

  @Override
  public Put read(JsonCursor at) throws ServiceError {
    at.peek();
    int start = at.at();
    at.skipValue();
    return read(at.json(), start, at.at());
  }

  private Put read(byte[] json, int start, int end) {
    Map<String, AttributeValue> item = Map.of();
    try {
      item = Json.item(json, start, end - start);
      ItemRules.check(item, table.keySchema());
      for (SimulatedIndex index : table.indexes()) {
        ItemRules.checkIndexKeys(item, index.keySchema().attributes());
      }
      if (item.containsKey(poison)) {
        return refused(start, end, INVALID + "poisoned");
      }
      StoredKey key = StoredKey.of(item, table.keySchema());
      return new Put(
          start,
          end,
          ItemSize.of(item),
          key.key().hashCode(),
          key.place(),
          indexesOf(item),
          key,
          null);
    } catch (InvalidItemException e) {
      return refused(start, end, problem(e, item));
    }
  }

  private int indexesOf(Map<String, AttributeValue> item) {
    int bits = 0;
    List<SimulatedIndex> indexes = table.indexes();
    for (int i = 0; i < indexes.size(); i++) {
      bits |= indexes.get(i).holds(item) ? 1 << i : 0;
    }
    return bits;
  }

  private static Put refused(int start, int end, String problem) {
    return new Put(start, end, 0, 0, 0, 0, null, problem);
  }

  private String problem(InvalidItemException e, Map<String, AttributeValue> item) {
    return switch (e.reason()) {
      case ITEM_TOO_LARGE -> TOO_LARGE;
      case KEY_MISSING, KEY_TYPE, KEY_EMPTY -> keyProblem(e, item);
      default -> INVALID + e.getMessage();
    };
  }

  private String keyProblem(InvalidItemException e, Map<String, AttributeValue> item) {
    for (KeyAttribute key : table.keySchema().attributes()) {
      AttributeValue value = item.get(key.name());
      if (value == null) {
        return ItemReader.missing(key);
      }
      if (!value.type().name().equals(key.type().name())) {
        return ItemReader.mismatch(key, value.type().name());
      }
      if (isEmpty(value)) {
        return ItemReader.empty(key);
      }
    }
    return INVALID + e.getMessage();
  }

  private static boolean isEmpty(AttributeValue value) {
    return switch (value.type()) {
      case S -> value.s().isEmpty();
      case B -> value.b().asByteArrayUnsafe().length == 0;
      default -> false;
    };
  }
}
