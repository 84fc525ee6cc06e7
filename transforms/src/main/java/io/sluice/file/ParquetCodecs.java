/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Decompresses pages without Hadoop, whose codecs are Parquet's default. */
final class ParquetCodecs implements CompressionCodecFactory {

  /**
   * The codec of that name.
   *
   * @throws IOException when it is none that is read
   */
  static BlockCodec of(CompressionCodecName name) throws IOException {
    return switch (name) {
      case UNCOMPRESSED -> BlockCodec.NONE;
      case SNAPPY -> BlockCodec.SNAPPY;
      case GZIP -> BlockCodec.GZIP;
      case ZSTD -> BlockCodec.ZSTD;
      case LZ4_RAW -> BlockCodec.LZ4;
      default ->
          throw new IOException(
              "its codec " + name + " is not one of UNCOMPRESSED, SNAPPY, GZIP, ZSTD, LZ4_RAW");
    };
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
    return new Decompressor(name);
  }

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName name) {
    throw new UnsupportedOperationException("only read");
  }

  @Override
  public void release() {}

  private record Decompressor(CompressionCodecName name) implements BytesInputDecompressor {

    @Override
    public BytesInput decompress(BytesInput page, int size) throws IOException {
      BlockCodec codec = of(name);
      return codec == BlockCodec.NONE
          ? page
          : BytesInput.from(codec.decompress(page.toByteArray(), size));
    }

    @Override
    public void decompress(ByteBuffer page, int pageSize, ByteBuffer out, int size)
        throws IOException {
      byte[] bytes = new byte[pageSize];
      page.get(bytes);
      out.put(of(name).decompress(bytes, size));
    }

    @Override
    public void release() {}
  }
}
