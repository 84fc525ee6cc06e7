/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.stream;

import java.io.IOException;
import java.io.InputStream;

/** Splits a file into lines that end in LF or CR LF; the last one may have no line end. */
public class LineSplitter extends RecordSplitter {
  protected LineSplitter(InputStream in, long offset) {
    super(in, offset);
  }

  /** Splits a file, from its first byte, into lines, without a byte order mark. */
  public static LineSplitter lines(InputStream file) throws IOException {
    LineSplitter splitter = new LineSplitter(file, 0);
    splitter.skipByteOrderMark();
    return splitter;
  }

  /** Skips lines at the beginning of the file, which are not records. */
  public final void skipLines(int count) throws IOException {
    for (int line = 0; line < count; line++) {
      int b;
      do {
        begin();
        b = take();
      } while (b >= 0 && b != '\n');
      begin();
    }
  }

  /**
   * Splits off the lines that begin at {@code offset} or later, in a stream that begins one byte
   * before.
   */
  public static LineSplitter linesFrom(InputStream middle, long offset) throws IOException {
    LineSplitter splitter = new LineSplitter(middle, offset - 1);
    int b;
    do {
      splitter.begin();
      b = splitter.take();
    } while (b >= 0 && b != '\n');
    return splitter;
  }

  @Override
  protected boolean advance() throws IOException {
    begin();
    if (peek() < 0) {
      return false;
    }
    int b;
    do {
      b = take();
    } while (b >= 0 && b != '\n');
    endLine(b);
    return true;
  }

  /** Ends a line before its line end; a lone CR at the end of the file is half of one. */
  protected final void endLine(int last) {
    int lineFeed = last == '\n' ? 1 : 0;
    end(takenAt(1 + lineFeed) == '\r' ? 1 + lineFeed : lineFeed);
  }
}
