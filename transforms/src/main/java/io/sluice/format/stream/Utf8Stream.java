/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Converts text in another character set to UTF-8 while it is read. Bytes that are invalid in that
 * character set become a byte that is invalid in UTF-8, so that the record with them is rejected.
 */
public final class Utf8Stream extends InputStream {
  private static final int BUFFER = 8 << 10;
  private static final byte NO_UTF8 = (byte) 0xFF;

  private final InputStream file;
  private final CharsetDecoder decoder;
  private final ByteBuffer in = ByteBuffer.allocate(BUFFER).limit(0);
  private final CharBuffer chars = CharBuffer.allocate(BUFFER);
  private ByteBuffer out = ByteBuffer.allocate(0);
  private boolean ended;

  private Utf8Stream(InputStream file, Charset charset) {
    this.file = file;
    this.decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  /**
   * Returns the text as UTF-8.
   *
   * @param charset of the text; null for UTF-8, or the one of a UTF-16 or UTF-32 byte order mark
   */
  public static InputStream of(InputStream file, @Nullable Charset charset) throws IOException {
    if (charset != null) {
      return new Utf8Stream(file, charset);
    }
    PushbackInputStream marked = new PushbackInputStream(file, 4);
    byte[] first = marked.readNBytes(4);
    marked.unread(first);
    Charset byMark = byMark(first);
    return byMark == null ? marked : new Utf8Stream(marked, byMark);
  }

  /** Recognises the character set by a byte order mark, which remains a character of the text. */
  public static @Nullable Charset byMark(byte[] first) {
    if (first.length < 2) {
      return null;
    }
    int two = (first[0] & 0xFF) << 8 | first[1] & 0xFF;
    int next = first.length < 4 ? -1 : (first[2] & 0xFF) << 8 | first[3] & 0xFF;
    if (two == 0xFFFE) {
      return next == 0 ? Charset.forName("UTF-32LE") : StandardCharsets.UTF_16LE;
    }
    if (two == 0xFEFF) {
      return StandardCharsets.UTF_16BE;
    }
    return two == 0 && next == 0xFEFF ? Charset.forName("UTF-32BE") : null;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] to, int offset, int count) throws IOException {
    while (!out.hasRemaining()) {
      if (ended) {
        return -1;
      }
      fill();
    }
    int read = Math.min(count, out.remaining());
    out.get(to, offset, read);
    return read;
  }

  private void fill() throws IOException {
    in.compact();
    int read = file.read(in.array(), in.position(), in.remaining());
    in.position(in.position() + Math.max(0, read)).flip();
    CoderResult result = decoder.decode(in, chars.clear(), read < 0);
    ended = read < 0 && result.isUnderflow();
    if (ended) {
      decoder.flush(chars);
    }
    ByteBuffer text = StandardCharsets.UTF_8.encode(chars.flip());
    out = ByteBuffer.allocate(text.remaining() + 1).put(text);
    if (result.isError()) {
      in.position(in.position() + result.length());
      out.put(NO_UTF8);
    }
    out.flip();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
