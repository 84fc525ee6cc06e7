/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.record;

import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemKey;
import io.sluice.item.ItemRules;
import io.sluice.item.KeySchema;
import io.sluice.item.Reason;
import java.io.Serializable;
import java.math.BigInteger;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Makes changes of a table of what records say: what is put has to be an item that DynamoDB takes.
 *
 * @param schema the primary key of the table
 */
public record ChangeRules(KeySchema schema) implements Serializable {

  /**
   * Makes the change that an item is put.
   *
   * @param sequence its place among the changes of the key
   * @param millis when it happened, in milliseconds since 1970; 0 if that is not known
   * @throws InvalidItemException when DynamoDB would refuse the item
   */
  public Change put(Map<String, AttributeValue> item, BigInteger sequence, long millis)
      throws InvalidItemException {
    ItemKey key = ItemRules.check(item, schema);
    return Change.put(key, sequence, millis, item);
  }

  /**
   * Makes the change that an item is put, by a record that names the key, too.
   *
   * @throws InvalidItemException also when the keys are not those of the item
   */
  public Change put(
      Map<String, AttributeValue> keys,
      Map<String, AttributeValue> item,
      BigInteger sequence,
      long millis)
      throws InvalidItemException {
    Change change = put(item, sequence, millis);
    if (!ItemKey.of(keys, schema).equals(change.key())) {
      throw new InvalidItemException(
          Reason.MALFORMED, "the NewImage of the record has another key than its Keys");
    }
    return change;
  }

  /**
   * Makes the change that an item is deleted.
   *
   * @param keys the key attributes, and perhaps others
   * @throws InvalidItemException when there is no key of the table
   */
  public Change delete(Map<String, AttributeValue> keys, BigInteger sequence, long millis)
      throws InvalidItemException {
    return Change.delete(ItemKey.of(keys, schema), sequence, millis, keys, schema);
  }
}
