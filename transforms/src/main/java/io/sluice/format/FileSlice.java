/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.function.UnaryOperator;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A file, or the records that begin in a range of its bytes.
 *
 * @param file the file
 * @param start the first byte of the range; 0 to read the file from its beginning
 * @param end the byte after the range; {@link Long#MAX_VALUE} to read the file to its end
 * @param bytes approximately how many bytes are read
 * @param compression of the file; a compressed file is read from its beginning
 * @param check what a manifest says about the file; only for whole files
 */
public record FileSlice(
    ResourceId file,
    long start,
    long end,
    long bytes,
    FileCompression compression,
    @Nullable ContentCheck check)
    implements Serializable {

  /** A range of a file whose compression is recognised by its contents. */
  public FileSlice(ResourceId file, long start, long end, long bytes) {
    this(file, start, end, bytes, FileCompression.AUTO, null);
  }

  public static FileSlice whole(ResourceId file, long bytes) {
    return new FileSlice(file, 0, Long.MAX_VALUE, bytes);
  }

  /** Returns this slice with another compression. */
  public FileSlice compressedBy(FileCompression other) {
    return new FileSlice(file, start, end, bytes, other, check);
  }

  /** Returns this slice with a manifest's check; null for none. */
  public FileSlice checkedBy(@Nullable ContentCheck other) {
    return new FileSlice(file, start, end, bytes, compression, other);
  }

  /** Returns the file's name without folders. */
  public String filename() {
    return String.valueOf(file.getFilename());
  }

  /**
   * Opens the file at its first byte, decompressed.
   *
   * @throws IOException also when the compression is not supported
   */
  public InputStream open() throws IOException {
    return open(channel -> channel);
  }

  /** Opens the file through another channel, which sees the bytes as they are stored. */
  public InputStream open(UnaryOperator<ReadableByteChannel> by) throws IOException {
    ReadableByteChannel stored = by.apply(FileSystems.open(file));
    try {
      return compression.decompress(filename(), Channels.newInputStream(stored));
    } catch (IOException | RuntimeException e) {
      stored.close();
      throw e;
    }
  }
}
