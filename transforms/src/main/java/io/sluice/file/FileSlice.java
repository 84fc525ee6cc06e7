/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.file;

import java.io.Serializable;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A file, or the records of it that begin in a range of bytes.
 *
 * @param file the file
 * @param start the first byte of the range; 0 when the file is read from its beginning
 * @param end the byte behind the range; {@link Long#MAX_VALUE} when the file is read to its end
 * @param bytes about how many bytes are read
 * @param compression how the file is compressed; one that is, is read from its beginning
 * @param check what a manifest says of the file; only of whole files
 */
public record FileSlice(
    ResourceId file,
    long start,
    long end,
    long bytes,
    FileCompression compression,
    @Nullable ContentCheck check)
    implements Serializable {

  /** A range of a file that says itself how it is compressed. */
  public FileSlice(ResourceId file, long start, long end, long bytes) {
    this(file, start, end, bytes, FileCompression.AUTO, null);
  }

  static FileSlice whole(ResourceId file, long bytes) {
    return new FileSlice(file, 0, Long.MAX_VALUE, bytes);
  }

  /** The same of a file that is compressed so. */
  FileSlice compressedBy(FileCompression other) {
    return new FileSlice(file, start, end, bytes, other, check);
  }

  /** The same of a file of which a manifest says something; null for none. */
  FileSlice checkedBy(@Nullable ContentCheck other) {
    return new FileSlice(file, start, end, bytes, compression, other);
  }

  /** The file's name without folders. */
  String filename() {
    return String.valueOf(file.getFilename());
  }
}
