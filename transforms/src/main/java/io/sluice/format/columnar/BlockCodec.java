/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.columnar;

import com.github.luben.zstd.Zstd;
import io.airlift.compress.lz4.Lz4Decompressor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import org.apache.beam.sdk.io.Compression;
import org.xerial.snappy.Snappy;

/** Decompresses blocks of Avro files and pages of Parquet files, each held in memory. */
public enum BlockCodec {
  NONE,
  /** zlib without its header. */
  DEFLATE,
  GZIP,
  SNAPPY,
  ZSTD,
  BZIP2,
  /** A block of LZ4 without a frame; its uncompressed size must be known. */
  LZ4;

  /** Snappy turns 3 bytes into at most 64, so a block that claims more is damaged. */
  private static final int SNAPPY_MAX_GROWTH = 64;

  /** LZ4 turns a byte into at most this many. */
  private static final int LZ4_MAX_GROWTH = 255;

  /** Up to this growth, the output buffer is allocated before decompression, which is faster. */
  private static final int ZSTD_COMMON_GROWTH = 100;

  private static final int SMALL_BYTES = 1 << 20;

  /**
   * Decompresses a block whose uncompressed size is unknown.
   *
   * @throws IOException when the block is damaged
   */
  public byte[] decompress(byte[] block) throws IOException {
    return switch (this) {
      case NONE -> block;
      case DEFLATE -> inflate(block);
      case GZIP -> readAll(new GZIPInputStream(new ByteArrayInputStream(block)));
      case SNAPPY -> unsnap(block);
      case ZSTD -> readAll(stream(Compression.ZSTD, block));
      case BZIP2 -> readAll(stream(Compression.BZIP2, block));
      case LZ4 -> throw new IOException("the size of the block is unknown");
    };
  }

  /**
   * Decompresses a block to a known size.
   *
   * @throws IOException when the block is damaged, or has another size
   */
  public byte[] decompress(byte[] block, int size) throws IOException {
    byte[] plain;
    if (size < 0) {
      throw new IOException("a block of a negative size");
    } else if (size == 0) {
      plain = new byte[0];
    } else if (this == LZ4) {
      checkGrowth(block, size, LZ4_MAX_GROWTH);
      plain = new byte[size];
      int length = new Lz4Decompressor().decompress(block, 0, block.length, plain, 0, size);
      checkSize(length, size);
    } else if (this == ZSTD && size <= SMALL_BYTES + (long) block.length * ZSTD_COMMON_GROWTH) {
      plain = new byte[size];
      long length = Zstd.decompress(plain, block);
      if (Zstd.isError(length)) {
        throw new IOException("not Zstandard's data");
      }
      checkSize(length, size);
    } else if (this == ZSTD) {
      plain = atMost(size, stream(Compression.ZSTD, block));
      checkSize(plain.length, size);
    } else if (this == GZIP) {
      plain = atMost(size, new GZIPInputStream(new ByteArrayInputStream(block)));
      checkSize(plain.length, size);
    } else {
      plain = decompress(block);
      checkSize(plain.length, size);
    }
    return plain;
  }

  private static void checkGrowth(byte[] block, int size, int most) throws IOException {
    if (size > (long) block.length * most) {
      throw new IOException("a block that cannot hold " + size + " bytes");
    }
  }

  private static void checkSize(long length, int size) throws IOException {
    if (length != size) {
      throw new IOException("a block of " + length + " bytes in place of " + size);
    }
  }

  private static byte[] inflate(byte[] block) throws IOException {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(block);
      ByteArrayOutputStream out = new ByteArrayOutputStream(block.length * 4);
      byte[] buffer = new byte[1 << 16];
      while (!inflater.finished()) {
        int count = inflater.inflate(buffer);
        if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          throw new IOException("deflated data ends early");
        }
        out.write(buffer, 0, count);
      }
      return out.toByteArray();
    } catch (DataFormatException e) {
      throw new IOException("not deflated data", e);
    } finally {
      inflater.end();
    }
  }

  private static byte[] unsnap(byte[] block) throws IOException {
    if (Snappy.uncompressedLength(block) > (long) block.length * SNAPPY_MAX_GROWTH) {
      throw new IOException("not Snappy's data");
    }
    return Snappy.uncompress(block);
  }

  private static InputStream stream(Compression compression, byte[] block) throws IOException {
    var bytes = Channels.newChannel(new ByteArrayInputStream(block));
    return Channels.newInputStream(compression.readDecompressed(bytes));
  }

  /**
   * Reads at most one byte more than the stated size; the buffer grows with the data that arrives.
   */
  private static byte[] atMost(int size, InputStream in) throws IOException {
    try (in) {
      byte[] plain = in.readNBytes(size);
      if (in.read() >= 0) {
        throw new IOException("a block of more than " + size + " bytes");
      }
      return plain;
    }
  }

  private static byte[] readAll(InputStream in) throws IOException {
    try (in) {
      return in.readAllBytes();
    }
  }
}
