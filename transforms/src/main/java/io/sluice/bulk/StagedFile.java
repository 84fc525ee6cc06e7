/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bulk;

import java.io.Serializable;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.coders.SerializableCoder;

/**
 * A file of items that was written completely, and the file beside it with their origins.
 *
 * @param name of both, without what tells them apart
 * @param items how many there are
 * @param bytes the length of the file of items
 */
@DefaultCoder(SerializableCoder.class)
record StagedFile(String name, long items, long bytes) implements Serializable {
  private static final String ITEMS = ".json.gz";
  private static final String ORIGINS = ".origins.gz";

  /** Returns the name of the file of items: lines of DynamoDB JSON, compressed with gzip. */
  static String ofItems(String name) {
    return name + ITEMS;
  }

  /**
   * Returns the name of the file of origins: for each line of the other one a line of JSON with the
   * file and the offset that the item came from, and its key.
   */
  static String ofOrigins(String name) {
    return name + ORIGINS;
  }

  /** Returns the name without what {@link #ofItems} adds, of a key in S3. */
  static String nameOf(String key) {
    String file = key.substring(key.lastIndexOf('/') + 1);
    return file.endsWith(ITEMS) ? file.substring(0, file.length() - ITEMS.length()) : file;
  }
}
