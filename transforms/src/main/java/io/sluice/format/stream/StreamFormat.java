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

/** A format whose files are streams of bytes, in which records follow one another. */
public interface StreamFormat extends Format, StreamRecords {

  @Override
  String name();

  @Override
  default RecordReader open(FileSlice slice) throws IOException {
    return slice.check() == null
        ? StreamRecordReader.open(this, slice)
        : StreamRecordReader.openChecked(this, slice, slice.check());
  }
}
