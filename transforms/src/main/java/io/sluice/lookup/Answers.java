/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.lookup;

import io.sluice.item.ItemKey;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Answers whether the table has items, and what they have. Safe for use by several threads. */
interface Answers {

  /**
   * Returns the answer for a key, which may come later.
   *
   * @param attributes of the key
   */
  Asked ask(ItemKey key, Map<String, AttributeValue> attributes);

  /** Requests the keys that wait for others, because somebody needs an answer now. */
  void sendOpen();

  /** Returns what was read since the last call, for any worker. */
  LookupCounts takeCounts();

  /** Ends the use of one worker. */
  void leave();
}
