/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.Arrays;

/** Reads lines and numbers of bytes from one stream, through a buffer. */
final class ByteInput {
  private static final int BUFFER = 8 << 10;

  /** Bodies grow to their length as they arrive: a length that a peer names costs it bytes. */
  private static final int FIRST_LENGTH = 64 << 10;

  private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int end;

  ByteInput(InputStream in) {
    this.in = in;
  }

  /** Returns the stream, for a check of what is behind the buffer. */
  InputStream stream() {
    return in;
  }

  /** Whether bytes have arrived that nobody has read. */
  boolean hasMore() {
    return at < end;
  }

  /**
   * Reads a line, and returns it without its end.
   *
   * @param most how long it may be
   */
  String line(int most) throws IOException {
    StringBuilder start = null;
    while (true) {
      int length = Math.min(most, end - at);
      for (int i = at; i < at + length; i++) {
        if (buffer[i] == '\n') {
          String rest = new String(buffer, at, i - at, ISO_8859_1);
          at = i + 1;
          return withoutReturn(start == null ? rest : start.append(rest).toString());
        }
      }
      if (length == most) {
        throw new ProtocolException("the head of the answer is too long");
      }
      start = start == null ? new StringBuilder() : start;
      start.append(new String(buffer, at, length, ISO_8859_1));
      most -= length;
      fill();
    }
  }

  private static String withoutReturn(String line) {
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  private void fill() throws IOException {
    at = 0;
    end = 0;
    int read = in.read(buffer);
    if (read < 0) {
      throw new EOFException("the connection ended before the answer did");
    }
    end = read;
  }

  /** Reads so many bytes. */
  byte[] bytes(long count) throws IOException {
    checkLength(count);
    byte[] bytes = new byte[(int) Math.min(count, FIRST_LENGTH)];
    int size = 0;
    while (size < count) {
      if (size == bytes.length) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(count, 2L * size));
      }
      int read = read(bytes, size, bytes.length - size);
      if (read < 0) {
        throw new EOFException("the connection ended before the answer did");
      }
      size += read;
    }
    return bytes;
  }

  /** Reads so many bytes, and writes them behind others. */
  void copy(long count, ByteArrayOutputStream to) throws IOException {
    checkLength(to.size() + count);
    long left = count;
    while (left > 0) {
      if (!hasMore()) {
        fill();
      }
      int length = (int) Math.min(left, end - at);
      to.write(buffer, at, length);
      at += length;
      left -= length;
    }
  }

  private static void checkLength(long length) throws ProtocolException {
    if (length > MAX_LENGTH) {
      throw new ProtocolException("the answer is too long");
    }
  }

  private int read(byte[] bytes, int offset, int most) throws IOException {
    if (at == end) {
      return in.read(bytes, offset, most);
    }
    int length = Math.min(most, end - at);
    System.arraycopy(buffer, at, bytes, offset, length);
    at += length;
    return length;
  }

  /** Reads to the end of the connection. */
  byte[] rest() throws IOException {
    byte[] start = Arrays.copyOfRange(buffer, at, end);
    at = end;
    byte[] more = in.readAllBytes();
    byte[] all = Arrays.copyOf(start, start.length + more.length);
    System.arraycopy(more, 0, all, start.length, more.length);
    return all;
  }
}
