/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.write;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Looks whether the items that DynamoDB throttled last have few partition keys between them. By the
 * reason alone one cannot tell: a table on demand reports the limit of a key range also when all of
 * its partitions are busy. Thread-safe.
 */
final class RefusedKeys {
  /** How many items are looked at: the last ones. */
  private static final int LAST = 256;

  /** From how many items on there is an answer. */
  private static final int LEAST = 16;

  /** How many keys are few. */
  private static final int FEW = 4;

  private final String partitionKey;
  private final int[] hashes = new int[LAST];
  private long seen;

  RefusedKeys(String partitionKey) {
    this.partitionKey = partitionKey;
  }

  synchronized void add(Collection<Map<String, AttributeValue>> items) {
    for (Map<String, AttributeValue> item : items) {
      hashes[(int) (seen++ % LAST)] = Objects.hashCode(item.get(partitionKey));
    }
  }

  /** Whether half of the last items have one of four partition keys. */
  synchronized boolean areFew() {
    int count = (int) Math.min(seen, LAST);
    if (count < LEAST) {
      return false;
    }
    Map<Integer, Integer> byKey = new HashMap<>();
    for (int hash : Arrays.copyOf(hashes, count)) {
      byKey.merge(hash, 1, Integer::sum);
    }
    int few =
        byKey.values().stream()
            .sorted((a, b) -> Integer.compare(b, a))
            .limit(FEW)
            .mapToInt(Integer::intValue)
            .sum();
    return 2 * few >= count;
  }
}
