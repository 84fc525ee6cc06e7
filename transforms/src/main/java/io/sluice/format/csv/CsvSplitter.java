/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.csv;

import io.sluice.format.stream.LineSplitter;
import io.sluice.item.InvalidItemException;
import io.sluice.item.Reason;
import java.io.IOException;
import java.io.InputStream;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Splits a CSV file into records: lines, but for a line end inside a quoted field, which ends none
 * where quoted fields may hold line ends.
 */
final class CsvSplitter extends LineSplitter {
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

  private CsvSplitter(InputStream file, @Nullable CsvDialect dialect) {
    super(file, 0);
    this.dialect = dialect;
  }

  /** The lines of a file from its first byte, whatever its quotes stand between. */
  public static CsvSplitter lines(InputStream file) throws IOException {
    return fromStart(file, null);
  }

  /** The records of a file from its first byte, in which quoted fields may hold line ends. */
  static CsvSplitter quoted(InputStream file, CsvDialect dialect) throws IOException {
    return fromStart(file, dialect);
  }

  private static CsvSplitter fromStart(InputStream file, @Nullable CsvDialect dialect)
      throws IOException {
    CsvSplitter splitter = new CsvSplitter(file, dialect);
    splitter.skipByteOrderMark();
    return splitter;
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

  @Override
  protected boolean advance() throws IOException {
    unclosedQuote = false;
    if (dialect == null) {
      return super.advance();
    }
    begin();
    int first = peek();
    if (first < 0 || (dialect.comment() != null && first == dialect.comment())) {
      return super.advance();
    }
    return dialect.isPlain() ? nextQuoted(dialect.delimiter().charAt(0)) : nextInDialect(dialect);
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

  @Override
  public void checkWhole() throws InvalidItemException {
    super.checkWhole();
    if (unclosedQuote) {
      throw new InvalidItemException(
          Reason.MALFORMED, "a quoted field is not closed before the end of the file");
    }
  }
}
