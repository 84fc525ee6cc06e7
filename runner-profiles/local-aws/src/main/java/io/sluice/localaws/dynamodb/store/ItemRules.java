/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.store;

import io.sluice.localaws.dynamodb.schema.IndexDefinition;
import io.sluice.localaws.dynamodb.schema.KeyAttribute;
import io.sluice.localaws.dynamodb.schema.KeySchema;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.Sizes;
import io.sluice.localaws.dynamodb.value.Value;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks the keys and the items of a table, with the service's messages. */
public final class ItemRules {

  /** How many bytes a partition key can have. */
  public static final int MAX_HASH_BYTES = 2048;

  /** How many bytes a sort key can have. */
  public static final int MAX_RANGE_BYTES = 1024;

  private static final String NOT_VALID = "One or more parameter values are not valid. ";

  private final KeySchema key;
  private final List<KeyAttribute> attributes;
  private final List<IndexDefinition> indexes;

  /** Makes the error for a key of an index that is empty. */
  private interface EmptyKey {
    DynamoDbException of(IndexDefinition index, KeyAttribute attribute, Value value);
  }

  /** Checks against the key of a table and those of its indexes. */
  public ItemRules(KeySchema key, List<IndexDefinition> indexes) {
    this.key = key;
    this.attributes = key.attributes();
    this.indexes = indexes.stream().sorted(Comparator.comparing(IndexDefinition::name)).toList();
  }

  /** Checks a key that names an item: it has the attributes of the table's key and no others. */
  public void checkKey(Map<String, Value> candidate) {
    if (!matches(attributes, candidate)) {
      throw mismatch();
    }
    checkValues(candidate);
  }

  /**
   * Checks, before all else, that no key of the table or an index is empty in an item to put, or in
   * a key.
   */
  public void checkNotEmpty(Map<String, Value> item) {
    for (KeyAttribute attribute : attributes) {
      Value value = item.get(attribute.name());
      if (isEmpty(value) && attribute.fits(value)) {
        throw emptyKey(attribute, value);
      }
    }
    checkIndexKeys(item, ItemRules::emptyIndexKey);
  }

  /** Checks, before all else, that an update leaves no key of an index empty. */
  public void checkUpdatedNotEmpty(Map<String, Value> item) {
    checkIndexKeys(item, (index, attribute, value) -> emptyUpdatedKey(value));
  }

  private void checkIndexKeys(Map<String, Value> item, EmptyKey error) {
    for (IndexDefinition index : indexes) {
      for (KeyAttribute attribute : index.key().attributes()) {
        Value value = item.get(attribute.name());
        if (isEmpty(value) && attribute.fits(value)) {
          throw error.of(index, attribute, value);
        }
      }
    }
  }

  /**
   * Checks the size of an item to put, which a request must before it looks for the table.
   *
   * @param size as {@link Sizes#of(Map)} measures it
   */
  public static void checkSize(long size) {
    if (size > Sizes.MAX_ITEM) {
      throw DynamoDbException.validation("Item size has exceeded the maximum allowed size");
    }
  }

  /** Checks an item to put, but for its size, which {@link #checkSize} does. */
  public void checkPut(Map<String, Value> item) {
    for (KeyAttribute attribute : attributes) {
      Value value = item.get(attribute.name());
      if (value == null) {
        throw DynamoDbException.invalid("Missing the key " + attribute.name() + " in the item");
      }
      if (!attribute.fits(value)) {
        throw DynamoDbException.invalid(
            "Type mismatch for key "
                + attribute.name()
                + " expected: "
                + attribute.type()
                + " actual: "
                + value.type());
      }
    }
    checkValues(item);
    for (IndexDefinition index : indexes) {
      for (KeyAttribute attribute : index.key().attributes()) {
        checkType(index, attribute, item.get(attribute.name()));
        if (isEmpty(item.get(attribute.name()))) {
          throw emptyIndexKey(index, attribute, item.get(attribute.name()));
        }
      }
      checkSizes(index.key(), item);
    }
  }

  /**
   * Checks what an update makes of an item.
   *
   * @param size as {@link Sizes#of(Map)} measures it
   */
  public void checkUpdated(Map<String, Value> item, long size) {
    for (IndexDefinition index : indexes) {
      for (KeyAttribute attribute : index.key().attributes()) {
        checkType(index, attribute, item.get(attribute.name()));
        if (isEmpty(item.get(attribute.name()))) {
          throw emptyUpdatedKey(item.get(attribute.name()));
        }
      }
      checkSizes(index.key(), item);
    }
    if (size > Sizes.MAX_ITEM) {
      throw DynamoDbException.validation(
          "Item size to update has exceeded the maximum allowed size");
    }
  }

  /** Derives what an index has of an item, empty if the item lacks a part of the index's key. */
  public static Optional<Map<String, Value>> entry(
      IndexDefinition index, KeySchema tableKey, Map<String, Value> item) {
    return fits(index.key(), item) ? Optional.of(index.project(tableKey, item)) : Optional.empty();
  }

  /** Reports whether an index can have an item: it has all of the index's key, as it should be. */
  private static boolean fits(KeySchema indexKey, Map<String, Value> item) {
    for (KeyAttribute attribute : indexKey.attributes()) {
      Value value = item.get(attribute.name());
      if (value == null || !attribute.fits(value) || isEmpty(value)) {
        return false;
      }
    }
    return bytes(indexKey.hash(), item) <= MAX_HASH_BYTES
        && bytes(indexKey.range(), item) <= MAX_RANGE_BYTES;
  }

  /** Reports whether a key has the attributes of a schema, with their types, and no others. */
  static boolean matches(List<KeyAttribute> schema, Map<String, Value> candidate) {
    if (candidate.size() != schema.size()) {
      return false;
    }
    for (KeyAttribute attribute : schema) {
      Value value = candidate.get(attribute.name());
      if (value == null || !attribute.fits(value)) {
        return false;
      }
    }
    return true;
  }

  /** Makes the error for a key that does not have the attributes of the schema. */
  public static DynamoDbException mismatch() {
    return DynamoDbException.validation("The provided key element does not match the schema");
  }

  private void checkValues(Map<String, Value> item) {
    for (KeyAttribute attribute : attributes) {
      Value value = item.get(attribute.name());
      if (isEmpty(value)) {
        throw emptyKey(attribute, value);
      }
    }
    checkSizes(key, item);
  }

  private static void checkType(IndexDefinition index, KeyAttribute attribute, Value value) {
    if (value != null && !attribute.fits(value)) {
      throw DynamoDbException.invalid(
          "Type mismatch for Index Key "
              + attribute.name()
              + " Expected: "
              + attribute.type()
              + " Actual: "
              + value.type()
              + " IndexName: "
              + index.name());
    }
  }

  private static void checkSizes(KeySchema schema, Map<String, Value> item) {
    if (bytes(schema.hash(), item) > MAX_HASH_BYTES) {
      // The service leaves out the space, too.
      throw DynamoDbException.invalid(
          "Size of hashkey has exceeded the maximum size limit of" + MAX_HASH_BYTES + " bytes");
    }
    if (bytes(schema.range(), item) > MAX_RANGE_BYTES) {
      throw DynamoDbException.invalid(
          "Aggregated size of all range keys has exceeded the size limit of "
              + MAX_RANGE_BYTES
              + " bytes");
    }
  }

  private static long bytes(List<KeyAttribute> attributes, Map<String, Value> item) {
    long bytes = 0;
    for (KeyAttribute attribute : attributes) {
      Value value = item.get(attribute.name());
      bytes += value == null ? 0 : Sizes.of(value);
    }
    return bytes;
  }

  private static boolean isEmpty(Value value) {
    return value instanceof Value.S string && string.text().isEmpty()
        || value instanceof Value.B binary && binary.bytes().size() == 0;
  }

  private static DynamoDbException emptyKey(KeyAttribute attribute, Value value) {
    return DynamoDbException.validation(NOT_VALID + empty(value) + " Key: " + attribute.name());
  }

  private static DynamoDbException emptyIndexKey(
      IndexDefinition index, KeyAttribute attribute, Value value) {
    return DynamoDbException.validation(
        NOT_VALID
            + "A value specified for a secondary index key is not supported. "
            + empty(value)
            + " IndexName: "
            + index.name()
            + ", IndexKey: "
            + attribute.name());
  }

  private static DynamoDbException emptyUpdatedKey(Value value) {
    return DynamoDbException.validation(
        NOT_VALID
            + "The update expression attempted to update a secondary index key to a value "
            + "that is not supported. "
            + empty(value));
  }

  private static String empty(Value value) {
    return "The AttributeValue for a key attribute cannot contain an empty "
        + (value instanceof Value.S ? "string" : "binary")
        + " value.";
  }
}
