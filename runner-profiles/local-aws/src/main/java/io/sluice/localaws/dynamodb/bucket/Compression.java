/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.bucket;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Lists how objects to read can be compressed, in the order of the service's messages. */
public enum Compression {
  ZSTD {
    @Override
    InputStream decompress(InputStream compressed) {
      return new CheckedInputStream(new ZstdInputStream(compressed));
    }
  },
  NONE {
    @Override
    InputStream decompress(InputStream compressed) {
      return compressed;
    }
  },
  GZIP {
    @Override
    InputStream decompress(InputStream compressed) throws IOException {
      return new GZIPInputStream(compressed);
    }
  };

  private static final int BUFFER = 64 * 1024;

  /** Decompresses an object; one without any bytes has none decompressed either. */
  public InputStream open(InputStream object) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(object, BUFFER);
    buffered.mark(1);
    if (buffered.read() < 0) {
      return buffered;
    }
    buffered.reset();
    return decompress(buffered);
  }

  abstract InputStream decompress(InputStream compressed) throws IOException;

  /** Reports what is no Zstandard as streams report errors. */
  private static final class CheckedInputStream extends FilterInputStream {

    CheckedInputStream(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      try {
        return super.read(bytes, from, length);
      } catch (MalformedInputException e) {
        throw new IOException("Not in ZSTD format", e);
      }
    }
  }
}
