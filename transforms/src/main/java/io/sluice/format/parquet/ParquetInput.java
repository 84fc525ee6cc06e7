/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import io.sluice.format.FileCompression;
import io.sluice.format.FileSlice;
import io.sluice.format.parquet.ParquetSupport.NotSupportedException;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.beam.sdk.io.Compression;
import org.apache.beam.sdk.io.FileSystems;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A Parquet file in any of Beam's file systems. Its end, which contains most of the footer, is read
 * in one go, since every seek is a request on S3.
 */
final class ParquetInput implements Closeable {
  private static final int TAIL_BYTES = 1 << 16;

  /** The magic bytes at both ends, and the footer's length. */
  private static final int LEAST_BYTES = 12;

  private static final String DAMAGED = "its footer is damaged";

  private static final byte[] MAGIC = ascii("PAR1");
  private static final byte[] ENCRYPTED_MAGIC = ascii("PARE");

  private final SeekableByteChannel channel;
  private final long length;
  private long tailStart;
  private byte[] tail;
  private long footerStart;
  private int footerLength;
  private @Nullable IOException failure;

  private ParquetInput(FileSlice slice, SeekableByteChannel channel) throws IOException {
    this.channel = channel;
    this.length = channel.size();
    if (length == 0) {
      throw new IOException("it is empty, not even a footer is there");
    }
    this.tailStart = Math.max(0, length - TAIL_BYTES);
    this.tail = bytes(tailStart, (int) (length - tailStart));
    checkMagic(slice);
    checkFooter();
  }

  /** Checks sizes and types in the footer before memory is allocated for them. */
  private void checkFooter() throws IOException {
    ByteBuffer end = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN);
    int size = end.getInt(tail.length - MAGIC.length - Integer.BYTES);
    long start = length - MAGIC.length - Integer.BYTES - size;
    if (size < 0 || start < MAGIC.length) {
      throw new IOException(DAMAGED);
    }
    if (start < tailStart) {
      tail = bytes(start, (int) Math.min(length - start, Integer.MAX_VALUE));
      tailStart = start;
    }
    footerStart = start;
    footerLength = size;
    try {
      ByteBuffer footer = ByteBuffer.wrap(tail, (int) (start - tailStart), size);
      CompactThrift.walk(footer, ParquetSupport::check);
    } catch (NotSupportedException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(DAMAGED, e);
    }
  }

  /**
   * Opens a file and reads its footer.
   *
   * @throws IOException when it is not a Parquet file, or one that is not supported
   */
  static ParquetInput open(FileSlice slice) throws IOException {
    ReadableByteChannel channel = FileSystems.open(slice.file());
    try {
      if (!(channel instanceof SeekableByteChannel seekable)) {
        throw new IOException("it cannot be read from its end");
      }
      return new ParquetInput(slice, seekable);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private void checkMagic(FileSlice slice) throws IOException {
    byte[] last = Arrays.copyOfRange(tail, Math.max(0, tail.length - MAGIC.length), tail.length);
    if (Arrays.equals(last, ENCRYPTED_MAGIC)) {
      throw new IOException("it is encrypted");
    }
    if (Arrays.equals(last, MAGIC) && length >= LEAST_BYTES) {
      return;
    }
    byte[] first = bytes(0, (int) Math.min(length, FileCompression.FIRST_BYTES));
    byte[] magic = Arrays.copyOf(first, MAGIC.length);
    if (Arrays.equals(magic, MAGIC) || Arrays.equals(magic, ENCRYPTED_MAGIC)) {
      throw new EOFException();
    }
    Compression compression = slice.compression().of(slice.filename(), first);
    if (compression != Compression.UNCOMPRESSED) {
      throw new IOException("it is compressed as a whole, by " + compression);
    }
    throw new IOException("it is no Parquet file: the magic bytes are missing");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private byte[] bytes(long position, int count) throws IOException {
    byte[] bytes = new byte[count];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    channel.position(position);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException();
      }
    }
    return bytes;
  }

  /**
   * Returns the exception with which the file system failed, which says nothing about the file
   * itself.
   */
  @Nullable IOException failure() {
    return failure;
  }

  /** Returns the length of the file in bytes. */
  long length() {
    return length;
  }

  /** Returns the structure that contains the footer. */
  InputStream footer() {
    int start = (int) (footerStart - tailStart);
    return new ByteArrayInputStream(tail, start, footerLength);
  }

  /**
   * Reads bytes; on S3 this costs a request unless they follow those that were read last.
   *
   * @param position of the first byte in the file
   * @throws IOException when the file cannot be read, or is too short
   */
  void read(long position, byte[] to, int offset, int count) throws IOException {
    int done = 0;
    while (done < count) {
      int more = some(position + done, to, offset + done, count - done);
      if (more < 0) {
        throw new EOFException();
      }
      done += more;
    }
  }

  private int some(long position, byte[] to, int offset, int count) throws IOException {
    if (position >= length) {
      return -1;
    }
    if (position >= tailStart) {
      int from = (int) (position - tailStart);
      int most = Math.min(count, tail.length - from);
      System.arraycopy(tail, from, to, offset, most);
      return most;
    }
    try {
      if (channel.position() != position) {
        channel.position(position);
      }
      return channel.read(ByteBuffer.wrap(to, offset, count));
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
