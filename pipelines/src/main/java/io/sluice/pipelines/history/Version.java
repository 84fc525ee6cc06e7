/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.history;

import java.time.Instant;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An item as it was at a time.
 *
 * @param time of the snapshot, when its scan began, or of the change
 * @param source where it is recorded, for people
 * @param event what is recorded
 * @param item what the item was; null when there was none
 */
record Version(
    Instant time, String source, Event event, @Nullable Map<String, AttributeValue> item) {

  /** What is recorded of an item. */
  enum Event {
    /** Its state in a snapshot. */
    SNAPSHOT("in the snapshot", "not in the snapshot"),
    /** It was written. */
    PUT("put", "put"),
    /** It was deleted. */
    DELETE("deleted", "deleted"),
    /** It was deleted by time to live. */
    EXPIRED("deleted by time to live", "deleted by time to live");

    private final String there;
    private final String gone;

    Event(String there, String gone) {
      this.there = there;
      this.gone = gone;
    }
  }

  /** Returns what is recorded, for people. */
  String text() {
    return item == null ? event.gone : event.there;
  }
}
