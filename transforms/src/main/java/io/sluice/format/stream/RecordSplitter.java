/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.stream;

import io.sluice.item.InvalidItemException;
import io.sluice.item.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Splits a stream of bytes into records and tracks the offset of each. A subclass finds where a
 * record begins and ends; this class holds the buffer.
 *
 * <p>A record is held on the heap, so its length is bounded: only the beginning of a record longer
 * than {@value #MAX_RECORD_BYTES} bytes is kept, and it is reported as too long. An item has at
 * most 400 KB, so the bound loses no record that could become one.
 */
public abstract class RecordSplitter {
  /** The maximum length of a record in bytes. Base64 and escapes turn one byte into at most six. */
  public static final int MAX_RECORD_BYTES = 8 << 20;

  /** How much of a longer record is kept, in bytes. */
  public static final int KEPT_OF_TOO_LONG = 64 << 10;

  /** CR LF, which is taken with a record but is not part of it. */
  private static final int MAX_LINE_END_BYTES = 2;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream in;
  private byte[] buffer = new byte[64 << 10];
  private int limit;
  private boolean endOfStream;

  /** The offset in the file of {@code buffer[0]}. */
  private long bufferOffset;

  /** The position in the buffer where the record begins. */
  private int recordStart;

  private int position;

  /** How many bytes of a record that is too long were dropped. */
  private long letGo;

  private long offset;
  private byte[] record = {};
  private byte[] lineEnd = {};
  private long length;
  private boolean again;

  /**
   * Starts at the stream's first byte.
   *
   * @param in read to its end, not closed
   * @param offset the offset of the stream's first byte in the file
   */
  protected RecordSplitter(InputStream in, long offset) {
    this.in = in;
    this.bufferOffset = offset;
  }

  /** Advances to the next record; false when there is none. */
  public final boolean next() throws IOException {
    if (again) {
      again = false;
      return true;
    }
    return advance();
  }

  /** Finds the next record; false when there is none. */
  protected abstract boolean advance() throws IOException;

  /** Makes {@link #next} return the current record once more. */
  public final void again() {
    again = true;
  }

  /** Skips the records that begin before an offset. */
  public final void skipTo(long start) throws IOException {
    while (next()) {
      if (offset >= start) {
        again();
        return;
      }
    }
  }

  /** Returns the next bytes, as many as the buffer holds, without taking them. */
  final byte[] ahead() throws IOException {
    while (limit < buffer.length && !endOfStream) {
      int n = in.read(buffer, limit, buffer.length - limit);
      endOfStream = n < 0;
      limit += Math.max(n, 0);
    }
    return Arrays.copyOfRange(buffer, position, limit);
  }

  /** Returns the offset of the current record's first byte in the file. */
  public final long offset() {
    return offset;
  }

  /** Returns the current record without its line end, in a new array; cut off if it is too long. */
  public final byte[] record() {
    return record;
  }

  /** Returns the line end that was taken with the current record and is not part of it. */
  public final byte[] lineEnd() {
    return lineEnd;
  }

  /** Whether the current record is whole. */
  public final boolean isWhole() {
    try {
      checkWhole();
      return true;
    } catch (InvalidItemException e) {
      return false;
    }
  }

  /** Throws the reason when the current record is not whole. */
  public void checkWhole() throws InvalidItemException {
    if (length > record.length) {
      throw new InvalidItemException(
          Reason.RECORD_TOO_LONG,
          "the record has " + length + " bytes, more than the " + MAX_RECORD_BYTES + " allowed");
    }
  }

  /** Skips a UTF-8 byte order mark at the beginning of a file. */
  protected final void skipByteOrderMark() throws IOException {
    for (byte mark : BYTE_ORDER_MARK) {
      if (peek() != (mark & 0xFF)) {
        position = recordStart;
        return;
      }
      position++;
    }
    begin();
  }

  /** Returns the next byte without taking it, or -1 at the end. */
  protected final int peek() throws IOException {
    if (position == limit && !fill()) {
      return -1;
    }
    return buffer[position] & 0xFF;
  }

  /** Takes and returns the next byte, or -1 at the end. */
  protected final int take() throws IOException {
    if (position == limit && !fill()) {
      return -1;
    }
    return buffer[position++] & 0xFF;
  }

  /** Returns the bytes taken for the current record to the input: only a few. */
  protected final void untake() {
    position = recordStart;
  }

  /** Begins a record here, and drops what was taken so far. */
  protected final void begin() {
    recordStart = position;
    letGo = 0;
    offset = bufferOffset + position;
  }

  /** Ends the record before the last {@code trailing} bytes taken. */
  protected final void end(int trailing) {
    length = letGo + position - recordStart - trailing;
    int kept = length > MAX_RECORD_BYTES ? KEPT_OF_TOO_LONG : (int) length;
    record = Arrays.copyOfRange(buffer, recordStart, recordStart + kept);
    int from = isLineEnd(trailing) ? position - trailing : position;
    if (!Arrays.equals(lineEnd, 0, lineEnd.length, buffer, from, position)) {
      lineEnd = Arrays.copyOfRange(buffer, from, position);
    }
  }

  private boolean isLineEnd(int trailing) {
    return trailing > 0 && (buffer[position - 1] == '\n' || buffer[position - 1] == '\r');
  }

  /**
   * Returns what was taken of the current record, or of its end if it is too long, in a new array.
   */
  protected final byte[] takenBytes() {
    return Arrays.copyOfRange(buffer, recordStart, position);
  }

  /** Returns how many bytes of the current record were taken so far. */
  protected final long taken() {
    return letGo + position - recordStart;
  }

  /**
   * Returns the byte of the current record that was taken {@code back} bytes ago, counted from 1.
   */
  protected final int takenAt(int back) {
    return position - back >= recordStart ? buffer[position - back] & 0xFF : -1;
  }

  /** Reads on; only to be called when everything read has been taken. */
  private boolean fill() throws IOException {
    if (endOfStream) {
      return false;
    }
    int held = position - recordStart;
    if (held > MAX_RECORD_BYTES + MAX_LINE_END_BYTES) {
      // The last byte is kept too, for the line end that looks back at it.
      buffer[recordStart + KEPT_OF_TOO_LONG] = buffer[position - 1];
      int gone = held - KEPT_OF_TOO_LONG - 1;
      letGo += gone;
      bufferOffset += gone;
      position -= gone;
    } else if (recordStart > 0) {
      System.arraycopy(buffer, recordStart, buffer, 0, held);
      bufferOffset += recordStart;
      recordStart = 0;
      position = held;
    }
    limit = position;
    if (limit == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    int n;
    do {
      n = in.read(buffer, limit, buffer.length - limit);
    } while (n == 0);
    endOfStream = n < 0;
    limit += Math.max(n, 0);
    return !endOfStream;
  }
}
