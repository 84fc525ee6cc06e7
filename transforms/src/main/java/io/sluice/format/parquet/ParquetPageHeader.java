/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What stands before a page of a Parquet file. Numbers that are not there are -1. */
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
   * Reads a header, to behind its end.
   *
   * @throws IOException when it is none, or not whole
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
        // Statistics, and what is not known.
        return;
      }
    }
    if (number != value) {
      throw new IOException("a number of more than 32 bits");
    }
  }

  /** {@link #DATA}, {@link #DICTIONARY} or {@link #DATA_V2}; pages of others are passed over. */
  int type() {
    return type;
  }

  /** How many bytes the page has when it is decompressed. */
  int size() {
    return size;
  }

  /** How many bytes the page has in the file. */
  int compressedSize() {
    return compressedSize;
  }

  boolean hasChecksum() {
    return hasChecksum;
  }

  /** The CRC-32 of the bytes of the page in the file. */
  int checksum() {
    return checksum;
  }

  /** How many values there are, nulls and empty lists included. */
  int values() {
    return values;
  }

  /** How many records begin in a page of the second version. */
  int rows() {
    return rows;
  }

  /** How many values of a page of the second version are null. */
  int nulls() {
    return nulls;
  }

  /** The number of the values' encoding. */
  int encoding() {
    return encoding;
  }

  /** The definition levels: their encoding's number, in the second version how many bytes. */
  int definitions() {
    return definitions;
  }

  /** The repetition levels, as {@link #definitions}. */
  int repetitions() {
    return repetitions;
  }

  /** Whether the values of a page of the second version are compressed. */
  boolean isCompressed() {
    return compressed;
  }
}
