/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.verify;

import io.sluice.item.ContentHash;
import java.io.Serializable;
import java.util.Map;
import org.apache.beam.sdk.transforms.Combine;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What was compared with a table, as counts and hashes without an order. Both sides are equal when
 * each item is the same in the table; {@link FindUnexpected} finds what only the table has.
 *
 * @param sourceItems how many items were compared
 * @param tableItems for how many of them the table has an item of the same key
 * @param sourceHash the hash of the compared items
 * @param tableHash the hash of the items that the table has for them
 */
public record Receipt(
    long sourceItems, long tableItems, ContentHash sourceHash, ContentHash tableHash)
    implements Serializable {
  static final Receipt NONE = new Receipt(0, 0, ContentHash.NONE, ContentHash.NONE);

  /** Returns the receipt of an item that the table lacks. */
  static Receipt ofMissing(Map<String, AttributeValue> item) {
    return new Receipt(1, 0, ContentHash.of(item), ContentHash.NONE);
  }

  /** Returns the receipt of an item that is the same in the table. */
  static Receipt ofMatched(Map<String, AttributeValue> item) {
    ContentHash hash = ContentHash.of(item);
    return new Receipt(1, 1, hash, hash);
  }

  /** Returns the receipt of an item that the table has otherwise. */
  static Receipt ofDifferent(
      Map<String, AttributeValue> item, Map<String, AttributeValue> inTable) {
    return new Receipt(1, 1, ContentHash.of(item), ContentHash.of(inTable));
  }

  Receipt plus(Receipt other) {
    return new Receipt(
        sourceItems + other.sourceItems,
        tableItems + other.tableItems,
        sourceHash.plus(other.sourceHash),
        tableHash.plus(other.tableHash));
  }

  static Combine.BinaryCombineFn<Receipt> sum() {
    return new SumFn();
  }

  private static final class SumFn extends Combine.BinaryCombineFn<Receipt> {
    private static final long serialVersionUID = 1L;

    @Override
    public Receipt apply(Receipt left, Receipt right) {
      return left.plus(right);
    }

    @Override
    public Receipt identity() {
      return NONE;
    }
  }
}
