/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.stream;

import io.sluice.format.FileSlice;
import io.sluice.format.Format;
import io.sluice.format.RecordReader;
import java.io.IOException;
import java.io.InputStream;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A format whose files are read as a stream of bytes, in which one record follows the other. */
public interface StreamFormat extends Format {

  /** Reads a file, or its first part, from its first byte. */
  FileRecords open(InputStream file) throws IOException;

  /**
   * Reads on in the middle of a file that is {@link #splittable}: from the first record that begins
   * at {@code offset} or later.
   *
   * @param middle the file from byte {@code offset - 1} on
   * @param offset more than the 3 bytes of a byte order mark
   * @param head the file from its first byte, for formats that have something there
   */
  FileRecords openMiddle(InputStream middle, long offset, InputStream head) throws IOException;

  /**
   * The kind of change records that a file begins with; null when there are none.
   *
   * @param head its first bytes
   */
  default @Nullable String changesIn(byte[] head) {
    return null;
  }

  @Override
  default RecordReader open(FileSlice slice) throws IOException {
    return slice.check() == null
        ? StreamRecordReader.open(this, slice)
        : StreamRecordReader.openChecked(this, slice, slice.check());
  }
}
