/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.json;

import io.sluice.format.stream.RecordSplitter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Collects the bytes of an envelope, which are checked once its end is reached. */
final class EnvelopeText {
  /** Members that DynamoDB's interfaces put next to a list of items or of changes. */
  private static final Set<String> METADATA =
      Set.of(
          "$metadata",
          "ConsumedCapacity",
          "Count",
          "ItemCollectionMetrics",
          "LastEvaluatedKey",
          "MillisBehindLatest",
          "NextShardIterator",
          "NextToken",
          "ResponseMetadata",
          "ScannedCount",
          "UnprocessedItems");

  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private boolean tooLong;

  /**
   * Begins an envelope with its text up to the bracket of its array; false when that is not valid
   * JSON.
   */
  boolean begin(byte[] untilArray) {
    text.reset();
    tooLong = false;
    text.writeBytes(untilArray);
    return JsonText.isValid(
        (new String(untilArray, StandardCharsets.ISO_8859_1) + "]}")
            .getBytes(StandardCharsets.ISO_8859_1));
  }

  void add(int b) {
    tooLong |= text.size() >= RecordSplitter.MAX_RECORD_BYTES;
    if (b >= 0 && !tooLong) {
      text.write(b);
    }
  }

  boolean isJson() {
    return !tooLong && JsonText.isValid(text.toByteArray());
  }

  /** Whether a member of this name is metadata rather than a list of items. */
  static boolean isMetadata(String name) {
    return METADATA.contains(name);
  }
}
