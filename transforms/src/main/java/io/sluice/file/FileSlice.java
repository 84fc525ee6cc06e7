/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.file;

import java.io.Serializable;
import org.apache.beam.sdk.io.Compression;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A file, or the records of it that begin in a range of bytes.
 *
 * @param file the file
 * @param start the first byte of the range; 0 when the file is read from its beginning
 * @param end the byte behind the range; {@link Long#MAX_VALUE} when the file is read to its end
 * @param bytes about how many bytes are read
 * @param check what a manifest says of the file; only of whole files
 */
public record FileSlice(
    ResourceId file, long start, long end, long bytes, @Nullable ContentCheck check)
    implements Serializable {

  public FileSlice(ResourceId file, long start, long end, long bytes) {
    this(file, start, end, bytes, null);
  }

  static FileSlice whole(ResourceId file, long bytes) {
    return new FileSlice(file, 0, Long.MAX_VALUE, bytes);
  }

  /** The compression, by the file's extension. */
  static Compression compressionOf(ResourceId file) {
    String name = file.getFilename();
    return name == null ? Compression.UNCOMPRESSED : Compression.detect(name);
  }
}
