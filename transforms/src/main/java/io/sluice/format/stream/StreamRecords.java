/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.stream;

import java.io.IOException;
import java.io.InputStream;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Reads the records of files that are streams of bytes. */
public interface StreamRecords {

  /** Returns the name of the format. */
  String name();

  /** Opens a file, or its first part, at its first byte. */
  FileRecords open(InputStream file) throws IOException;

  /**
   * Opens a file in the middle, if it is {@link io.sluice.format.Format#splittable}, at the first
   * record that begins at {@code offset} or later.
   *
   * @param middle the file from byte {@code offset - 1} on
   * @param offset more than the 3 bytes of a byte order mark
   * @param head the file from its first byte, for formats that need its beginning
   */
  FileRecords openMiddle(InputStream middle, long offset, InputStream head) throws IOException;

  /**
   * Names the kind of change records with which a file begins; null when there are none.
   *
   * @param head its first bytes
   */
  default @Nullable String changesIn(byte[] head) {
    return null;
  }
}
