/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.lookup;

import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What the table has for a key.
 *
 * @param isPresent whether it has an item
 * @param texts of the attributes that are added to events; empty when none are
 * @param failure why it is not known; null when it is
 */
record Answer(boolean isPresent, List<@Nullable String> texts, @Nullable Exception failure) {
  static final Answer ABSENT = new Answer(false, List.of(), null);
  static final Answer PRESENT = new Answer(true, List.of(), null);

  /** The heap that an answer and its key take beside their contents, roughly. */
  private static final int OVERHEAD_BYTES = 250;

  private static final int OVERHEAD_OF_TEXT = 56;

  /** Returns what an item answers. */
  static Answer of(Map<String, AttributeValue> item, LookupSpec spec) {
    List<String> attributes = spec.rules().attributes();
    return attributes.isEmpty()
        ? PRESENT
        : new Answer(true, spec.values().of(item, attributes), null);
  }

  static Answer failed(Exception why) {
    return new Answer(false, List.of(), why);
  }

  /**
   * Returns about how many bytes of heap it takes with its key.
   *
   * @param keyBytes the length of the key
   */
  int heapBytes(int keyBytes) {
    int bytes = OVERHEAD_BYTES + keyBytes;
    for (String text : texts) {
      bytes += text == null ? 0 : OVERHEAD_OF_TEXT + 2 * text.length();
    }
    return bytes;
  }
}
