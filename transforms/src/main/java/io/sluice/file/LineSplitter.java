/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.file;

import io.sluice.item.InvalidItemException;
import io.sluice.item.Reason;
import java.io.IOException;
import java.io.InputStream;

/**
 * A record is a line, ended by LF or CR LF; the last one may lack its end. For CSV with quoted
 * newlines, an LF inside a quoted field does not end the record.
 */
final class LineSplitter extends RecordSplitter {
  private static final int NO_QUOTES = -1;

  private enum State {
    FIELD_START,
    UNQUOTED,
    QUOTED,
    QUOTE_IN_QUOTED
  }

  /** The field delimiter, or {@link #NO_QUOTES} where quotes mean nothing. */
  private final int delimiter;

  private boolean unclosedQuote;

  private LineSplitter(InputStream in, long offset, int delimiter) {
    super(in, offset);
    this.delimiter = delimiter;
  }

  /** The lines of a file from its first byte, without a byte order mark. */
  static LineSplitter lines(InputStream file) throws IOException {
    return fromStart(new LineSplitter(file, 0, NO_QUOTES));
  }

  /** The records of a CSV file from its first byte, in which quoted fields may hold newlines. */
  static LineSplitter quotedCsv(InputStream file, char delimiter) throws IOException {
    return fromStart(new LineSplitter(file, 0, delimiter));
  }

  /** The lines that begin at {@code offset} or later, of a stream that begins one byte before. */
  static LineSplitter linesFrom(InputStream middle, long offset) throws IOException {
    LineSplitter splitter = new LineSplitter(middle, offset - 1, NO_QUOTES);
    int b;
    do {
      splitter.begin();
      b = splitter.take();
    } while (b >= 0 && b != '\n');
    return splitter;
  }

  private static LineSplitter fromStart(LineSplitter splitter) throws IOException {
    splitter.skipByteOrderMark();
    return splitter;
  }

  @Override
  protected boolean advance() throws IOException {
    begin();
    unclosedQuote = false;
    if (peek() < 0) {
      return false;
    }
    return delimiter == NO_QUOTES ? nextLine() : nextQuoted();
  }

  private boolean nextLine() throws IOException {
    int b;
    do {
      b = take();
    } while (b >= 0 && b != '\n');
    endLine(b);
    return true;
  }

  /** Follows the quotes as RFC 4180 has them: they mean something only where a field begins. */
  private boolean nextQuoted() throws IOException {
    State state = State.FIELD_START;
    int b;
    while ((b = take()) >= 0) {
      if (b == '\n' && state != State.QUOTED) {
        break;
      }
      if (b == '"') {
        state =
            switch (state) {
              case FIELD_START, QUOTE_IN_QUOTED -> State.QUOTED;
              case QUOTED -> State.QUOTE_IN_QUOTED;
              case UNQUOTED -> State.UNQUOTED;
            };
      } else if (state != State.QUOTED) {
        state = b == delimiter ? State.FIELD_START : State.UNQUOTED;
      }
    }
    unclosedQuote = state == State.QUOTED;
    endLine(b);
    return true;
  }

  /** Leaves the line end out; a lone CR at the end of the file is half of one. */
  private void endLine(int last) {
    int lineFeed = last == '\n' ? 1 : 0;
    end(takenAt(1 + lineFeed) == '\r' ? 1 + lineFeed : lineFeed);
  }

  @Override
  public void checkWhole() throws InvalidItemException {
    super.checkWhole();
    if (unclosedQuote) {
      throw new InvalidItemException(
          Reason.MALFORMED, "a quoted field is not closed before the end of the file");
    }
  }
}
