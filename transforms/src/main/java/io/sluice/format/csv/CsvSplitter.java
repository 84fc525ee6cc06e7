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
 * Splits a CSV file into records, one per line; where quoted fields may contain line ends, a line
 * end inside quotes does not end the record.
 */
final class CsvSplitter extends LineSplitter {
  private static final byte[] SEPARATOR_LINE = {'s', 'e', 'p', '='};

  private enum State {
    FIELD_START,
    UNQUOTED,
    QUOTED,
    QUOTE_IN_QUOTED
  }

  /** The dialect whose quotes are followed; null when quotes are ignored. */
  private @Nullable CsvDialect dialect;

  private boolean unclosedQuote;

  private CsvSplitter(InputStream file, @Nullable CsvDialect dialect) {
    super(file, 0);
    this.dialect = dialect;
  }

  /** Splits a file, from its first byte, into lines, ignoring quotes. */
  public static CsvSplitter lines(InputStream file) throws IOException {
    return fromStart(file, null);
  }

  /** Splits a file, from its first byte, into records whose quoted fields may contain line ends. */
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
   * Skips a first line such as {@code sep=;}, which names the delimiter for Excel, and uses that
   * delimiter from then on.
   *
   * @return the delimiter, or null when there is no such line
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

  /** Follows quotes as in RFC 4180: they are special only at the beginning of a field. */
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

  /** Follows quotes, escapes, and a delimiter that may have several bytes. */
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
