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
 * How files become records and records become items. A format knows nothing of keys that are made,
 * or of tables but for the types of their keys; what each does is in the project's formats page.
 */
public interface Format extends Serializable {

  /** How many bytes of a file's beginning {@link #splittable} wants to see. */
  int HEAD_BYTES = 1 << 16;

  /** The format's name, as the import calls it. */
  String name();

  /**
   * Whether a file that begins so can be read from a place in its middle.
   *
   * @param head the first {@link #HEAD_BYTES} bytes, or the whole of a shorter file
   */
  boolean splittable(byte[] head);

  /**
   * Opens a file for reading the records that begin in a range of it.
   *
   * @throws IOException when the file cannot be read, or is none of this format
   */
  RecordReader open(FileSlice slice) throws IOException;

  /**
   * Whether a file that a glob matches holds records, by the last part of its name. Formats that
   * come with files about their files say which those are.
   */
  default boolean isData(String filename) {
    return true;
  }

  /**
   * The same format, for records whose attributes of these names take these types where that loses
   * nothing.
   *
   * @param keys the key attributes of the table and of its indexes
   */
  default Format withKeys(List<KeyAttribute> keys) {
    return this;
  }

  /** The same for a table without indexes. */
  default Format withKeySchema(KeySchema schema) {
    return withKeys(schema.attributes());
  }
}
