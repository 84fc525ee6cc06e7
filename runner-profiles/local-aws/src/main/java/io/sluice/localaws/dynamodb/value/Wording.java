/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import java.util.Set;

/**
 * Chooses between the service's two layers of validation, which say the same in other words.
 *
 * <p>The operation decides, and so does where its message goes: PutItem, UpdateItem and DeleteItem
 * put it behind "1 validation error detected: " in the current layer.
 */
public enum Wording {
  /** Speaks for PutItem, UpdateItem, DeleteItem, GetItem, BatchGetItem and Query. */
  CURRENT,

  /** Speaks for BatchWriteItem, TransactWriteItems, TransactGetItems and Scan. */
  OLDER;

  /**
   * Names the regions in which the older layer speaks for all operations.
   *
   * <p>Source: answers of the service in all regions, recorded by the community on 2026-10-07. The
   * service has had the current layer in us-east-1 since June 2026; here that region, which is the
   * one of requests that name none, keeps the words from before, which the public suite's snapshot
   * of that spring records.
   */
  private static final Set<String> OLDER_REGIONS =
      Set.of("eu-south-2", "me-central-1", "us-east-1");

  /**
   * Names the regions in which the current layer speaks for transactions, to which the service was
   * taking it then. Source: answers recorded by the community on 2026-10-08.
   */
  private static final Set<String> REGIONS_OF_CURRENT_TRANSACTIONS =
      Set.of("eu-west-2", "eu-north-1", "ap-northeast-2");

  /** Gives the layer that speaks in a region for TransactWriteItems and TransactGetItems. */
  public static Wording ofTransactions(String region) {
    return REGIONS_OF_CURRENT_TRANSACTIONS.contains(region) ? CURRENT : OLDER;
  }

  /** Gives the layer that speaks in a region for the operations that have the current one. */
  public static Wording in(String region) {
    return OLDER_REGIONS.contains(region) ? OLDER : CURRENT;
  }
}
