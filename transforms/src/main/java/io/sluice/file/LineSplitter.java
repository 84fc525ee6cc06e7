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
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A record is a line, ended by LF or CR LF; the last one may lack its end. For CSV with quoted
 * newlines, an LF inside a quoted field does not end the record.
 */
final class LineSplitter extends RecordSplitter {
  private static final byte[] SEPARATOR_LINE = {'s', 'e', 'p', '='};

  private enum State {
    FIELD_START,
    UNQUOTED,
    QUOTED,
    QUOTE_IN_QUOTED
  }

  /** What quotes stand between; null where they mean nothing. */
  private @Nullable CsvDialect dialect;

  private boolean unclosedQuote;

  private LineSplitter(InputStream in, long offset, @Nullable CsvDialect dialect) {
    super(in, offset);
    this.dialect = dialect;
  }

  /** The lines of a file from its first byte, without a byte order mark. */
  static LineSplitter lines(InputStream file) throws IOException {
    return fromStart(new LineSplitter(file, 0, null));
  }

  /** The records of a CSV file from its first byte, in which quoted fields may hold newlines. */
  static LineSplitter quotedCsv(InputStream file, CsvDialect dialect) throws IOException {
    return fromStart(new LineSplitter(file, 0, dialect));
  }

  /** Passes over lines at the beginning of the file, which are no records. */
  void skipLines(int count) throws IOException {
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
   * Passes over a first line {@code sep=;}, with which a file says its delimiter to Excel, and goes
   * by it from here.
   *
   * @return the delimiter, or null when the line is none such
   */
  @Nullable String takeSeparator() throws IOException {
    begin();
    for (byte wanted : SEPARATOR_LINE) {
      if (take() != wanted) {
        untake();
        return null;
      }
    }
    int separator = take();
    int end = take();
    if (end == '\r') {
      end = take();
    }
    boolean some = separator >= 0 && separator <= 127 && !Character.isLetterOrDigit(separator);
    if (!some || "\"\n\r".indexOf(separator) >= 0 || (end >= 0 && end != '\n')) {
      untake();
      return null;
    }
    begin();
    String delimiter = String.valueOf((char) separator);
    dialect = dialect == null ? null : dialect.withDelimiter(delimiter);
    return delimiter;
  }

  /** The lines that begin at {@code offset} or later, of a stream that begins one byte before. */
  static LineSplitter linesFrom(InputStream middle, long offset) throws IOException {
    LineSplitter splitter = new LineSplitter(middle, offset - 1, null);
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
    if (dialect == null || (dialect.comment() != null && peek() == dialect.comment())) {
      return nextLine();
    }
    return dialect.isPlain() ? nextQuoted(dialect.delimiter().charAt(0)) : nextInDialect(dialect);
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
  private boolean nextQuoted(int delimiter) throws IOException {
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

  /** Follows quotes, escapes and a delimiter of several bytes. */
  private boolean nextInDialect(CsvDialect csv) throws IOException {
    int escape = csv.escape() == null ? -1 : csv.escape();
    long delimiter = 0;
    long mask = 0;
    for (char c : csv.delimiter().toCharArray()) {
      delimiter = delimiter << Byte.SIZE | c;
      mask = mask << Byte.SIZE | 0xFF;
    }
    State state = State.FIELD_START;
    long last = 0;
    int b;
    while ((b = take()) >= 0) {
      if (b == '\n' && state != State.QUOTED) {
        break;
      }
      last = last << Byte.SIZE | b;
      if (b == escape) {
        take();
        last = 0;
        state = state == State.QUOTED ? State.QUOTED : State.UNQUOTED;
      } else if (b == '"') {
        state =
            switch (state) {
              case FIELD_START, QUOTE_IN_QUOTED -> State.QUOTED;
              case QUOTED -> State.QUOTE_IN_QUOTED;
              case UNQUOTED -> State.UNQUOTED;
            };
        last = 0;
      } else if (state != State.QUOTED) {
        boolean ends = (last & mask) == delimiter;
        state = ends ? State.FIELD_START : State.UNQUOTED;
        last = ends ? 0 : last;
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
