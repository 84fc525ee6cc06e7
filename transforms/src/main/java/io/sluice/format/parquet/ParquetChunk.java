/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.zip.CRC32;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Reads the stored pages of a column of a row group, front to back. Sizes in their headers are
 * checked against the rest of the file before memory is allocated.
 */
final class ParquetChunk {
  /**
   * A page as stored.
   *
   * @param header its header
   * @param bytes compressed
   */
  record Page(ParquetPageHeader header, byte[] bytes) {
    /** Checks the bytes, if the writer stored their checksum. */
    void check() throws IOException {
      if (header.hasChecksum()) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        if ((int) crc.getValue() != header.checksum()) {
          throw new IOException("a page of another checksum");
        }
      }
    }
  }

  private static final int WINDOW_BYTES = 1 << 15;

  /** A header is small, unless it contains the minimum and maximum of its page. */
  private static final int USUAL_HEADER_BYTES = 1 << 10;

  private static final int MAX_HEADER_BYTES = 1 << 24;

  private final ParquetInput input;

  /** Where the chunk should end; old writers omitted the header of a dictionary from its size. */
  private final long end;

  /** The position in the file after the window. */
  private long position;

  private byte[] window = new byte[WINDOW_BYTES];
  private int from;
  private int to;

  private @Nullable Page dictionary;
  private final Deque<Page> pages = new ArrayDeque<>();

  private ParquetChunk(ParquetInput input, long start, long size) {
    this.input = input;
    this.position = start;
    this.end = start + size;
  }

  /**
   * Reads the pages that contain values.
   *
   * @param size in bytes; it lies within the file
   * @param values the total number of values
   * @throws IOException when the chunk is damaged, or the file cannot be read
   */
  static ParquetChunk read(ParquetInput input, long start, long size, long values)
      throws IOException {
    ParquetChunk chunk = new ParquetChunk(input, start, size);
    chunk.readPages(values);
    chunk.window = new byte[0];
    return chunk;
  }

  /** Returns the dictionary page, if there is one. */
  @Nullable Page dictionary() {
    return dictionary;
  }

  /** Returns the pages of values; the reader removes those that it has read. */
  Deque<Page> pages() {
    return pages;
  }

  private void readPages(long values) throws IOException {
    long left = values;
    while (left > 0) {
      ParquetPageHeader header = header();
      byte[] bytes = bytes(header.compressedSize());
      switch (header.type()) {
        case ParquetPageHeader.DICTIONARY -> {
          if (dictionary != null) {
            throw new IOException("more than one dictionary");
          }
          dictionary = new Page(header, bytes);
        }
        case ParquetPageHeader.DATA, ParquetPageHeader.DATA_V2 -> {
          left -= header.values();
          if (header.values() < 0 || left < 0) {
            throw new IOException("pages of another number of values than the column has");
          }
          if (header.values() > 0) {
            pages.add(new Page(header, bytes));
          }
        }
        default -> {
          // Index pages, and pages of unknown types, are skipped.
        }
      }
    }
  }

  private ParquetPageHeader header() throws IOException {
    if (to - from < USUAL_HEADER_BYTES && position < end) {
      fill();
    }
    while (true) {
      ByteBuffer bytes = ByteBuffer.wrap(window, from, to - from);
      try {
        ParquetPageHeader header = ParquetPageHeader.read(bytes);
        from = bytes.position();
        return header;
      } catch (IOException e) {
        // Perhaps the window has only a part of it.
        if (to - from > MAX_HEADER_BYTES || !fill()) {
          throw e;
        }
      }
    }
  }

  /** Reads on, into a larger window if this one is full; false at the end of the file. */
  private boolean fill() throws IOException {
    byte[] larger = to - from == window.length ? new byte[window.length * 2] : window;
    System.arraycopy(window, from, larger, 0, to - from);
    window = larger;
    to -= from;
    from = 0;
    // After the chunk, whose bytes another reader needs, read little at first, then twice as much.
    long most =
        position < end ? end - position : Math.min(Math.max(USUAL_HEADER_BYTES, to), left());
    int count = (int) Math.min(window.length - to, most);
    input.read(position, window, to, count);
    position += count;
    to += count;
    return count > 0;
  }

  private long left() {
    return input.length() - position;
  }

  private byte[] bytes(int size) throws IOException {
    int there = Math.min(to - from, size);
    if (size < 0 || size - there > left()) {
      throw new IOException("a page that is beyond the file");
    }
    byte[] bytes = new byte[size];
    System.arraycopy(window, from, bytes, 0, there);
    from += there;
    input.read(position, bytes, there, size - there);
    position += size - there;
    return bytes;
  }
}
