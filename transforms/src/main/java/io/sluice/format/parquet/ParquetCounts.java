/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesReader;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Checks the counts within a page against its size: parquet-java allocates memory for as many
 * values as a count claims before it reads them.
 */
final class ParquetCounts {
  private final ColumnDescriptor column;
  private final int values;
  private final ByteBuffer in;
  private final EncodedNumbers numbers;

  /**
   * Starts at the beginning of a page.
   *
   * @param column to which the page belongs
   * @param values the number of values in the page, nulls included
   * @param page its bytes, or a part of them
   */
  ParquetCounts(ColumnDescriptor column, int values, ByteBuffer page) {
    this.column = column;
    this.values = values;
    this.in = page.slice();
    this.numbers = new EncodedNumbers(in);
  }

  /**
   * Checks a dictionary of plain values.
   *
   * @throws IOException when it has fewer values
   */
  static void checkDictionary(ColumnDescriptor column, int values, ByteBuffer page)
      throws IOException {
    new ParquetCounts(column, values, page).dictionary();
  }

  private void dictionary() throws IOException {
    int bits =
        switch (type()) {
          case BOOLEAN -> 1;
          case INT32, FLOAT, BINARY -> Integer.SIZE;
          case INT64, DOUBLE -> Long.SIZE;
          case INT96 -> 96;
          case FIXED_LEN_BYTE_ARRAY -> 8 * Math.max(1, column.getPrimitiveType().getTypeLength());
        };
    if (values < 0) {
      throw EncodedNumbers.damaged();
    }
    numbers.need(((long) values * bits + 7) / 8);
    if (type() == PrimitiveTypeName.BINARY) {
      for (int i = 0; i < values; i++) {
        numbers.skip(numbers.size());
      }
    }
  }

  private PrimitiveTypeName type() {
    return column.getPrimitiveType().getPrimitiveTypeName();
  }

  /**
   * Skips the repetition levels of a page of version 1.
   *
   * @param isFirst whether it is the first page of its column
   * @return how many records begin in the page; 0 where that is not counted
   * @throws IOException when a count exceeds the page
   */
  long repetitions(Encoding encoding, boolean isFirst) throws IOException {
    int end = endOfLevels(column.getMaxRepetitionLevel(), encoding);
    long records = encoding == Encoding.RLE ? repetitionRuns(isFirst) : 0;
    goOn(end);
    return records;
  }

  /**
   * Skips the definition levels of a page of version 1.
   *
   * @throws IOException when a count exceeds the page
   */
  void definitions(Encoding encoding) throws IOException {
    int end = endOfLevels(column.getMaxDefinitionLevel(), encoding);
    if (encoding == Encoding.RLE) {
      definitionRuns();
    }
    goOn(end);
  }

  /** Limits the buffer to the levels, and returns its former limit. */
  private int endOfLevels(int max, Encoding encoding) throws IOException {
    int end = in.limit();
    long size = 0;
    if (max > 0 && encoding == Encoding.RLE) {
      size = numbers.size();
    } else if (max > 0) {
      size = Math.min(in.remaining(), ((long) values * width(max) + 7) / 8);
    }
    in.limit(in.position() + (int) size);
    return end;
  }

  private void goOn(int end) {
    in.position(in.limit());
    in.limit(end);
  }

  /**
   * Walks repetition levels that fill the buffer.
   *
   * @param isFirst whether it is the first page of its column
   * @return how many records begin in the page; 0 where that is not counted
   * @throws IOException when a count exceeds the buffer
   */
  long repetitionRuns(boolean isFirst) throws IOException {
    int max = column.getMaxRepetitionLevel();
    return max == 0 ? 0 : numbers.levels(width(max), values, isFirst);
  }

  /**
   * Walks definition levels that fill the buffer.
   *
   * @throws IOException when a count exceeds the buffer
   */
  void definitionRuns() throws IOException {
    if (column.getMaxDefinitionLevel() > 0) {
      numbers.runs(width(column.getMaxDefinitionLevel()), values);
    }
  }

  private static int width(int max) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(max);
  }

  /**
   * Walks the values, which are all that follows the levels.
   *
   * @param hasDictionary whether the column has one
   * @param bytesBefore the total size of the pages before this one, whose last value may be a
   *     prefix of the first
   * @throws IOException when a count exceeds the page, or the encoding is not supported
   */
  void values(Encoding encoding, boolean hasDictionary, long bytesBefore) throws IOException {
    if (!isRead(encoding)) {
      throw ParquetSupport.notSupported(column, encoding, type().name());
    }
    switch (encoding) {
      case PLAIN_DICTIONARY, RLE_DICTIONARY -> {
        if (!hasDictionary) {
          throw new IOException("a dictionary that is missing");
        }
        if (in.hasRemaining()) {
          numbers.runs(numbers.next(), values);
        }
      }
      case RLE -> {
        int size = numbers.size();
        in.limit(in.position() + size);
        numbers.runs(1, values);
      }
      case DELTA_BINARY_PACKED, DELTA_LENGTH_BYTE_ARRAY -> numbers.deltas(values);
      case DELTA_BYTE_ARRAY -> {
        ByteBuffer prefixes = in.duplicate();
        int count = numbers.deltas(values);
        prefixes.limit(in.position());
        checkPrefixes(prefixes, count, bytesBefore + in.limit());
        numbers.deltas(values);
      }
      default -> {
        // Other encodings are read value by value, or take as much memory as they have bytes.
      }
    }
  }

  private boolean isRead(Encoding encoding) {
    PrimitiveTypeName type = type();
    return switch (encoding) {
      case PLAIN -> true;
      case PLAIN_DICTIONARY, RLE_DICTIONARY -> type != PrimitiveTypeName.BOOLEAN;
      case RLE, BIT_PACKED -> type == PrimitiveTypeName.BOOLEAN;
      case DELTA_BINARY_PACKED ->
          type == PrimitiveTypeName.INT32 || type == PrimitiveTypeName.INT64;
      case DELTA_LENGTH_BYTE_ARRAY -> type == PrimitiveTypeName.BINARY;
      case DELTA_BYTE_ARRAY ->
          type == PrimitiveTypeName.BINARY || type == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
      case BYTE_STREAM_SPLIT ->
          type != PrimitiveTypeName.BOOLEAN
              && type != PrimitiveTypeName.BINARY
              && type != PrimitiveTypeName.INT96;
    };
  }

  /**
   * Checks prefix lengths: each value starts with that many bytes of the one before it, which is in
   * some page.
   */
  private void checkPrefixes(ByteBuffer deltas, int count, long most) throws IOException {
    DeltaBinaryPackingValuesReader prefixes = new DeltaBinaryPackingValuesReader();
    prefixes.initFromPage(count, ByteBufferInputStream.wrap(deltas));
    for (int i = 0; i < count; i++) {
      int prefix = prefixes.readInteger();
      if (prefix < 0 || prefix > most) {
        throw EncodedNumbers.damaged();
      }
    }
  }
}
