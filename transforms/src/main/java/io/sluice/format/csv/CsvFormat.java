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
 * Comma separated values, as RFC 4180 has them: a record an item, a field an attribute.
 *
 * <p>A quoted field may hold newlines, so a file is read by one reader from its beginning, unless
 * {@link QuotedNewlines#NEVER} promises that there are none.
 *
 * @param header the names of the fields; null when the first record of each file says them
 * @param dialect what separates the fields, and what else has a meaning
 * @param quotedNewlines whether quoted fields may hold newlines
 * @param values what becomes of a field's text
 */
public record CsvFormat(
    @Nullable List<String> header,
    CsvDialect dialect,
    QuotedNewlines quotedNewlines,
    CsvValues values)
    implements StreamFormat {
  /** Files as in RFC 4180 whose fields are strings. */
  public static final CsvFormat PLAIN =
      new CsvFormat(null, ',', QuotedNewlines.ALLOWED, CsvValues.STRINGS);

  /** Whether quoted fields may hold newlines. */
  public enum QuotedNewlines {
    /** They may: a file is read by one reader. */
    ALLOWED,
    /** They never do: a file can be read from the middle, and a line is a record. */
    NEVER
  }

  /** Files as in RFC 4180 but for the delimiter. */
  public CsvFormat(
      @Nullable List<String> header,
      char delimiter,
      QuotedNewlines quotedNewlines,
      CsvValues values) {
    this(header, CsvDialect.of(String.valueOf(delimiter)), quotedNewlines, values);
  }

  /** The same with another delimiter. */
  public CsvFormat withDelimiter(String other) {
    return new CsvFormat(header, dialect.withDelimiter(other), quotedNewlines, values);
  }

  /** The same for files without a header, whose columns have these names. */
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
            values.decimalComma()));
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

  /** The names of the columns of a file that begins so; empty when its header cannot be read. */
  public List<String> columnsIn(byte[] head) throws IOException {
    return open(new ByteArrayInputStream(head)).parser().columns();
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

  /** Reads what the file says of itself, and stands before the first record. */
  private CsvParser parser(CsvSplitter splitter) throws IOException {
    String separator = splitter.takeSeparator();
    return separator == null
        ? parserByHeader(splitter)
        : withDelimiter(separator).parserByHeader(splitter);
  }

  /** Reads the header, if it is the file that says it, and stands before the first record. */
  private CsvParser parserByHeader(RecordSplitter splitter) throws IOException {
    if (header != null || !toHeader(splitter)) {
      return CsvParser.of(dialect, values, header == null ? List.of() : header);
    }
    try {
      splitter.checkWhole();
      return CsvParser.ofHeader(dialect, values, splitter.record());
    } catch (InvalidItemException e) {
      // A quote that is not closed, or line ends that are none, can make all of the file its
      // header: it is refused as a record, so that no row is lost in silence.
      splitter.again();
      return CsvParser.withoutHeader(dialect, values, e);
    }
  }

  /** Goes to the header; blank lines and comments before it are no header. */
  private boolean toHeader(RecordSplitter splitter) throws IOException {
    while (splitter.next()) {
      if (splitter.record().length > 0 && !dialect.isComment(splitter.record())) {
        return true;
      }
    }
    return false;
  }
}
