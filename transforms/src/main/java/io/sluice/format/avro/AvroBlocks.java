/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.avro;

import io.sluice.format.columnar.BlockCodec;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.apache.avro.Schema;

/**
 * Reads the blocks of an Avro object container file one by one. Avro's own reader takes a file that
 * ends in the middle of a block for one that ends before it, and so would lose records silently.
 */
final class AvroBlocks implements Closeable {
  private static final byte[] MAGIC = {'O', 'b', 'j', 1};
  private static final int SYNC_BYTES = 16;
  private static final int MAX_HEADER_BYTES = 64 << 20;

  private final InputStream in;
  private final Schema schema;
  private final String codecName;
  private final BlockCodec codec;
  private final byte[] sync;
  private long number;
  private long count;
  private byte[] data = new byte[0];

  private AvroBlocks(InputStream in) throws IOException {
    this.in = in;
    Map<String, byte[]> header = readHeader();
    this.sync = readBytes(SYNC_BYTES);
    byte[] codecBytes = header.getOrDefault("avro.codec", new byte[0]);
    this.codecName = new String(codecBytes, StandardCharsets.UTF_8);
    this.codec = codec(codecName);
    this.schema = schema(header.get("avro.schema"));
  }

  /**
   * Opens a file and reads its header.
   *
   * @param in the file from its first byte; closed on failure
   * @throws IOException when it is not an Avro file, or one that is not supported
   */
  static AvroBlocks open(InputStream in) throws IOException {
    try {
      return new AvroBlocks(new BufferedInputStream(in, 1 << 16));
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private Map<String, byte[]> readHeader() throws IOException {
    byte[] magic = in.readNBytes(MAGIC.length);
    if (magic.length == 0) {
      throw new IOException("it is empty, not even a header is there");
    }
    if (!Arrays.equals(magic, MAGIC)) {
      throw new IOException("it is no Avro object container file: the magic bytes are missing");
    }
    Map<String, byte[]> header = new HashMap<>();
    for (long entries = readLong(); entries != 0; entries = readLong()) {
      if (entries < 0) {
        // As everywhere in Avro, a negative count means that the size in bytes follows.
        entries = -entries;
        readLong();
      }
      for (long i = 0; i < entries; i++) {
        String name = new String(readHeaderBytes(), StandardCharsets.UTF_8);
        header.put(name, readHeaderBytes());
      }
    }
    return header;
  }

  private byte[] readHeaderBytes() throws IOException {
    long length = readLong();
    if (length < 0 || length > MAX_HEADER_BYTES) {
      throw new IOException("its header is damaged");
    }
    return readBytes((int) length);
  }

  private static BlockCodec codec(String name) throws IOException {
    return switch (name) {
      case "", "null" -> BlockCodec.NONE;
      case "deflate" -> BlockCodec.DEFLATE;
      case "snappy" -> BlockCodec.SNAPPY;
      case "zstandard" -> BlockCodec.ZSTD;
      case "bzip2" -> BlockCodec.BZIP2;
      default ->
          throw new IOException(
              "its codec '"
                  + name.replaceAll("\\P{Graph}", "?")
                  + "' is not one of null, deflate, snappy, zstandard, bzip2");
    };
  }

  private static Schema schema(byte[] json) throws IOException {
    if (json == null) {
      throw new IOException("its header has no schema");
    }
    try {
      // Names that Avro forbids occur in practice, and are good names for attributes.
      return new Schema.Parser()
          .setValidate(false)
          .setValidateDefaults(false)
          .parse(new String(json, StandardCharsets.UTF_8));
    } catch (RuntimeException e) {
      throw new IOException("its schema is not valid", e);
    }
  }

  /** Returns the schema with which the records were written. */
  Schema schema() {
    return schema;
  }

  /**
   * Advances to the next block; false at the end of the file.
   *
   * @throws EOFException when the file ends within a block
   * @throws IOException when the block is damaged
   */
  boolean next() throws IOException {
    in.mark(1);
    if (in.read() < 0) {
      return false;
    }
    in.reset();
    number++;
    count = readLong();
    long size = readLong();
    if (count < 0 || size < 0 || size > Integer.MAX_VALUE) {
      throw damaged(null);
    }
    byte[] block = readBytes((int) size);
    if (!Arrays.equals(readBytes(SYNC_BYTES), sync)) {
      throw damaged(null);
    }
    try {
      data = codec == BlockCodec.SNAPPY ? checked(block) : codec.decompress(block);
    } catch (IOException | RuntimeException e) {
      throw damaged(e);
    }
    return true;
  }

  /** A block of Snappy ends with a checksum of the uncompressed data. */
  private static byte[] checked(byte[] block) throws IOException {
    int length = block.length - Integer.BYTES;
    if (length < 0) {
      throw new IOException("no checksum");
    }
    byte[] plain = BlockCodec.SNAPPY.decompress(Arrays.copyOf(block, length));
    CRC32 crc = new CRC32();
    crc.update(plain);
    if ((int) crc.getValue() != ByteBuffer.wrap(block).getInt(length)) {
      throw new IOException("a wrong checksum");
    }
    return plain;
  }

  /** Returns the number of records in the block. */
  long count() {
    return count;
  }

  /** Returns the block's records, decompressed. */
  byte[] data() {
    return data;
  }

  /** Returns the exception for a current block that cannot be what was written. */
  IOException damaged(Exception cause) {
    return new IOException("its block " + number + " is damaged", cause);
  }

  /** Allocates at most as many bytes as the file has left, whatever a damaged length says. */
  private byte[] readBytes(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return bytes;
  }

  private long readLong() throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException();
      }
      value |= (b & 0x7FL) << shift;
      if (b < 0x80) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw number == 0 ? new IOException("its header is damaged") : damaged(null);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
