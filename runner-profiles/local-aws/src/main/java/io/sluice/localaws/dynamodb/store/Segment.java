/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.store;

import io.sluice.localaws.dynamodb.schema.KeySchema;
import io.sluice.localaws.dynamodb.value.Value;
import java.util.Map;
import java.util.Optional;

/**
 * Names one of the equal parts that the scans of several workers divide a table into.
 *
 * @param index from 0 to {@code total} - 1
 * @param total from 1 to 1,000,000
 */
public record Segment(int index, int total) {

  /** Names the only segment of a scan that is not divided. */
  public static final Segment WHOLE = new Segment(0, 1);

  /** How many segments there can be. */
  public static final int MAX_TOTAL = 1_000_000;

  public Segment {
    if (total < 1 || total > MAX_TOTAL) {
      throw new IllegalArgumentException("total is " + total + ", must be 1 to " + MAX_TOTAL);
    }
    if (index < 0 || index >= total) {
      throw new IllegalArgumentException("index is " + index + ", must be 0 to " + (total - 1));
    }
  }

  /** Finds the one of {@code total} segments that has the item with a key. */
  public static Segment of(KeySchema schema, Map<String, Value> key, int total) {
    long hash = PartitionHash.of(schema, key);
    return new Segment((int) (((hash + 1) * total - 1) / PartitionHash.COUNT), total);
  }

  /** Gives the first bytes of a key in this segment. */
  byte[] from() {
    return bytes(PartitionHash.COUNT * index / total);
  }

  /** Gives the first bytes of a key after this segment, unless it is the last. */
  Optional<byte[]> to() {
    return index == total - 1
        ? Optional.empty()
        : Optional.of(bytes(PartitionHash.COUNT * (index + 1) / total));
  }

  private static byte[] bytes(long hash) {
    byte[] bytes = new byte[KeyBytes.HASH_BYTES];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (hash >>> (8 * (bytes.length - 1 - i)));
    }
    return bytes;
  }
}
