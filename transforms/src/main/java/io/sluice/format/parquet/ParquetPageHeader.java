/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The header of a page of a Parquet file. Absent numbers are -1. */
final class ParquetPageHeader {
  static final int DATA = 0;
  static final int DICTIONARY = 2;
  static final int DATA_V2 = 3;

  private int type = -1;
  private int size = -1;
  private int compressedSize = -1;
  private boolean hasChecksum;
  private int checksum;
  private int values = -1;
  private int rows = -1;
  private int nulls = -1;
  private int encoding = -1;
  private int definitions = -1;
  private int repetitions = -1;
  private boolean compressed = true;

  private ParquetPageHeader() {}

  /**
   * Reads a header, up to its end.
   *
   * @throws IOException when it is not a header, or incomplete
   */
  static ParquetPageHeader read(ByteBuffer in) throws IOException {
    ParquetPageHeader header = new ParquetPageHeader();
    CompactThrift.walk(in, header::take);
    return header;
  }

  private void take(long path, long value) throws IOException {
    int number = (int) value;
    switch ((int) path) {
      case 0x01 -> type = number;
      case 0x02 -> size = number;
      case 0x03 -> compressedSize = number;
      case 0x04 -> {
        hasChecksum = true;
        checksum = number;
      }
      case 0x05_01, 0x07_01, 0x08_01 -> values = number;
      case 0x05_02, 0x07_02, 0x08_04 -> encoding = number;
      case 0x05_03, 0x08_05 -> definitions = number;
      case 0x05_04, 0x08_06 -> repetitions = number;
      case 0x08_02 -> nulls = number;
      case 0x08_03 -> rows = number;
      case 0x08_07 -> compressed = number != 0;
      default -> {
        // Statistics and unknown fields.
        return;
      }
    }
    if (number != value) {
      throw new IOException("a number of more than 32 bits");
    }
  }

  /**
   * Returns {@link #DATA}, {@link #DICTIONARY} or {@link #DATA_V2}; pages of other types are
   * skipped.
   */
  int type() {
    return type;
  }

  /** Returns the uncompressed size of the page in bytes. */
  int size() {
    return size;
  }

  /** Returns the size of the page in the file in bytes. */
  int compressedSize() {
    return compressedSize;
  }

  boolean hasChecksum() {
    return hasChecksum;
  }

  /** Returns the CRC-32 of the page's bytes in the file. */
  int checksum() {
    return checksum;
  }

  /** Returns the number of values, nulls and empty lists included. */
  int values() {
    return values;
  }

  /** Returns the number of records that begin in a page of version 2. */
  int rows() {
    return rows;
  }

  /** Returns the number of null values in a page of version 2. */
  int nulls() {
    return nulls;
  }

  /** Returns the number of the values' encoding. */
  int encoding() {
    return encoding;
  }

  /**
   * Returns the number of the definition levels' encoding or, in version 2, their size in bytes.
   */
  int definitions() {
    return definitions;
  }

  /** Returns the same as {@link #definitions} for repetition levels. */
  int repetitions() {
    return repetitions;
  }

  /** Whether the values of a page of version 2 are compressed. */
  boolean isCompressed() {
    return compressed;
  }
}
