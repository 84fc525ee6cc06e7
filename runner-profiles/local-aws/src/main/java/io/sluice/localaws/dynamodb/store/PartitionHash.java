/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.store;

import io.sluice.localaws.dynamodb.schema.KeySchema;
import io.sluice.localaws.dynamodb.value.Value;
import java.util.Map;

/** Hashes partition keys as the order of the items does, so that others can divide them alike. */
public final class PartitionHash {

  /** How many hashes there are. */
  public static final long COUNT = 1L << (8 * KeyBytes.HASH_BYTES);

  private PartitionHash() {}

  /**
   * Hashes the partition key of an item that has all its attributes.
   *
   * @return 0 to {@link #COUNT} - 1
   */
  public static long of(KeySchema schema, Map<String, Value> item) {
    return ofKey(KeyBytes.partition(schema, item));
  }

  /** Reads the hash at the start of a key that a {@link WriteGate} is given. */
  public static long ofKey(byte[] key) {
    return Integer.toUnsignedLong(KeyBytes.hash(key));
  }
}
