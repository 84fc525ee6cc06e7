/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.hadoop.CodecFactory.BytesCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Compresses pages with zstd, without Hadoop, on which Parquet's default codecs depend. */
final class ZstdPages extends BytesCompressor {
  /**
   * The fastest level that searches. Level 3, the default of Parquet's own codec, makes long text 4
   * to 7 % shorter, but ids and numbers 10 to 30 % longer, and takes up to four times as long for
   * those.
   */
  private static final int LEVEL = 1;

  private final ZstdCompressCtx context = new ZstdCompressCtx().setLevel(LEVEL);
  private byte[] room = new byte[0];

  @Override
  public BytesInput compress(BytesInput page) throws IOException {
    byte[] bytes = page.toByteArray();
    int bound = Math.toIntExact(Zstd.compressBound(bytes.length));
    if (room.length < bound) {
      room = new byte[bound];
    }
    int size = context.compressByteArray(room, 0, room.length, bytes, 0, bytes.length);
    return BytesInput.from(Arrays.copyOf(room, size));
  }

  @Override
  public CompressionCodecName getCodecName() {
    return CompressionCodecName.ZSTD;
  }

  /** Releases memory outside the heap. */
  @Override
  public void release() {
    context.close();
  }
}
