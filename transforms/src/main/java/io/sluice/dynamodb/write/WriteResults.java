/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.write;

import io.sluice.dynamodb.wire.RequestFailure;
import io.sluice.item.SourcedItem;
import java.util.Map;

/**
 * Receives what became of writes, on the thread of the caller of a {@link BatchWriter}: each is
 * either done or refused, once.
 *
 * @param <C> what the caller remembers of an item
 */
public interface WriteResults<C> {
  /**
   * Reports that DynamoDB has done it.
   *
   * @param item that was put, or the key of the one that was deleted
   */
  void done(WriteAction action, SourcedItem item, C context);

  /**
   * Reports that DynamoDB never does it.
   *
   * @param item that was to be put, or the key of the one that was to be deleted
   * @param message why, without contents
   */
  void refused(WriteAction action, SourcedItem item, C context, String message);

  /**
   * Reports that a request was answered, after what it has done was reported.
   *
   * @param consumed units by the lanes of a {@link io.sluice.capacity.Throttle}
   */
  void answered(int unprocessed, Map<String, Double> consumed);

  /** Reports that a request failed, before it is sent again or its items are refused. */
  void failed(RequestFailure kind, RuntimeException why);
}
