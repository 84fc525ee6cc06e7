/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.file;

import io.sluice.item.KeySchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;

/**
 * How the bytes of a file become records and items. A format knows nothing of Beam, keys or tables;
 * what it does byte by byte is in the project's formats page.
 */
public interface Format extends Serializable {

  /** How many bytes of a file's beginning {@link #splittable} wants to see. */
  int HEAD_BYTES = 1 << 16;

  /**
   * Whether a file that begins so can be read from a place in its middle.
   *
   * @param head the first {@link #HEAD_BYTES} bytes, or the whole of a shorter file
   */
  boolean splittable(byte[] head);

  /** Reads a file, or its first part, from its first byte. */
  FileRecords open(InputStream file) throws IOException;

  /**
   * Reads on in the middle of a file that is {@link #splittable}: from the first record that begins
   * at {@code offset} or later.
   *
   * @param middle the file from byte {@code offset - 1} on
   * @param offset 1 or more
   * @param head the file from its first byte, for formats that have something there
   */
  FileRecords openMiddle(InputStream middle, long offset, InputStream head) throws IOException;

  /** The same format, for records whose key attributes take the types of the table's key. */
  default Format withKeySchema(KeySchema schema) {
    return this;
  }
}
