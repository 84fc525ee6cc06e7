/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.csv;

import io.sluice.format.stream.ColumnText;
import io.sluice.format.stream.FileRecords;
import io.sluice.format.stream.LineSplitter;
import io.sluice.format.stream.RecordSplitter;
import io.sluice.format.stream.StreamFormat;
import io.sluice.format.stream.Utf8Stream;
import io.sluice.item.InvalidItemException;
import io.sluice.item.KeyAttribute;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Comma-separated values as in RFC 4180: each record is an item, each field an attribute.
 *
 * <p>A quoted field may contain newlines, so a file is read by one reader from its beginning,
 * unless {@link QuotedNewlines#NEVER} promises that there are none.
 *
 * @param header the names of the fields; null when the first record of each file is the header
 * @param dialect the delimiter and other special characters
 * @param quotedNewlines whether quoted fields may contain newlines
 * @param values how the text of a field becomes a value
 */
public record CsvFormat(
    @Nullable List<String> header,
    CsvDialect dialect,
    QuotedNewlines quotedNewlines,
    CsvValues values)
    implements StreamFormat {
  /** Reads files as in RFC 4180, with every field a string. */
  public static final CsvFormat PLAIN =
      new CsvFormat(null, ',', QuotedNewlines.ALLOWED, CsvValues.STRINGS);

  /** Whether quoted fields may contain newlines. */
  public enum QuotedNewlines {
    /** They may: a file is read by one reader. */
    ALLOWED,
    /** They never do: every line is a record, and reading can start in the middle of a file. */
    NEVER
  }

  /** Reads files as in RFC 4180 except for the delimiter. */
  public CsvFormat(
      @Nullable List<String> header,
      char delimiter,
      QuotedNewlines quotedNewlines,
      CsvValues values) {
    this(header, CsvDialect.of(String.valueOf(delimiter)), quotedNewlines, values);
  }

  /** Returns this format with another delimiter. */
  public CsvFormat withDelimiter(String other) {
    return new CsvFormat(header, dialect.withDelimiter(other), quotedNewlines, values);
  }

  /** Returns this format for files without a header, whose columns have these names. */
  public CsvFormat withHeader(List<String> names) {
    return new CsvFormat(names, dialect, quotedNewlines, values);
  }

  @Override
  public CsvFormat withKeys(List<KeyAttribute> keys) {
    Map<String, ColumnText.Type> keyTypes = new HashMap<>();
    for (KeyAttribute key : keys) {
      keyTypes.put(key.name(), ColumnText.Type.valueOf(key.type().name()));
    }
    return new CsvFormat(
        header,
        dialect,
        quotedNewlines,
        new CsvValues(
            values.columns(),
            keyTypes,
            values.emptyAs(),
            values.nullValue(),
            values.decimalComma(),
            values.nested()));
  }

  @Override
  public String name() {
    return "CSV";
  }

  @Override
  public boolean splittable(byte[] head) {
    return quotedNewlines == QuotedNewlines.NEVER
        && dialect.charset() == null
        && Utf8Stream.byMark(head) == null;
  }

  /**
   * Returns the column names of a file with this beginning; empty when its header cannot be read.
   */
  public List<String> columnsIn(byte[] head) throws IOException {
    return open(new ByteArrayInputStream(head)).parser().columns();
  }

  /** Returns the dialect of a file with this beginning, which may name its own delimiter. */
  CsvDialect dialectIn(byte[] head) throws IOException {
    String separator = splitter(new ByteArrayInputStream(head)).takeSeparator();
    return separator == null ? dialect : dialect.withDelimiter(separator);
  }

  @Override
  public FileRecords open(InputStream file) throws IOException {
    CsvSplitter splitter = splitter(Utf8Stream.of(file, dialect.charset()));
    return new FileRecords(splitter, parser(splitter));
  }

  @Override
  public FileRecords openMiddle(InputStream middle, long offset, InputStream head)
      throws IOException {
    RecordSplitter lines = LineSplitter.linesFrom(middle, offset);
    CsvSplitter first = splitter(head);
    CsvParser parser = parser(first);
    lines.skipTo(first.next() ? first.offset() : Long.MAX_VALUE);
    return new FileRecords(lines, parser);
  }

  private CsvSplitter splitter(InputStream file) throws IOException {
    CsvSplitter splitter =
        quotedNewlines == QuotedNewlines.NEVER
            ? CsvSplitter.lines(file)
            : CsvSplitter.quoted(file, dialect);
    splitter.skipLines(dialect.skippedLines());
    return splitter;
  }

  /** Reads the file's own settings and header, up to the first record. */
  private CsvParser parser(CsvSplitter splitter) throws IOException {
    String separator = splitter.takeSeparator();
    return separator == null
        ? parserByHeader(splitter)
        : withDelimiter(separator).parserByHeader(splitter);
  }

  /** Reads the header, if the file has one, up to the first record. */
  private CsvParser parserByHeader(RecordSplitter splitter) throws IOException {
    if (header != null || !toHeader(splitter)) {
      return CsvParser.of(dialect, values, header == null ? List.of() : header);
    }
    try {
      splitter.checkWhole();
      return CsvParser.ofHeader(dialect, values, splitter.record());
    } catch (InvalidItemException e) {
      // An unclosed quote, or unusual line ends, can make the whole file its header: it is refused
      // as a record, so that no row is lost silently.
      splitter.again();
      return CsvParser.withoutHeader(dialect, values, e);
    }
  }

  /** Advances to the header, past blank lines and comments. */
  private boolean toHeader(RecordSplitter splitter) throws IOException {
    while (splitter.next()) {
      if (splitter.record().length > 0 && !dialect.isComment(splitter.record())) {
        return true;
      }
    }
    return false;
  }
}
