/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format;

import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/**
 * Reads files of one format: how files become records, and records become items. A format knows
 * nothing about made keys, and about tables only the types of their keys. The project's formats
 * page describes each format.
 */
public interface Format extends Serializable {

  /** How many bytes of a file's beginning {@link #splittable} needs. */
  int HEAD_BYTES = 1 << 16;

  /** Returns the format's name, as in the import's option. */
  String name();

  /**
   * Whether reading can start in the middle of a file with this beginning.
   *
   * @param head the first {@link #HEAD_BYTES} bytes, or all of a shorter file
   */
  boolean splittable(byte[] head);

  /**
   * Opens a file to read the records that begin in a range of it.
   *
   * @throws IOException when the file cannot be read, or is not of this format
   */
  RecordReader open(FileSlice slice) throws IOException;

  /**
   * Whether a file that a glob matches contains records, judged by the last part of its name.
   * Formats with files about their files exclude those.
   */
  default boolean isData(String filename) {
    return true;
  }

  /**
   * Returns this format for keys of these types: attributes with these names are converted where
   * that loses nothing.
   *
   * @param keys the key attributes of the table and of its indexes
   */
  default Format withKeys(List<KeyAttribute> keys) {
    return this;
  }

  /** Returns this format for the keys of a table without indexes. */
  default Format withKeySchema(KeySchema schema) {
    return withKeys(schema.attributes());
  }
}
