/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.StringArrayHandler;
import io.sluice.format.stream.ColumnText;
import io.sluice.format.stream.RecordParser;
import io.sluice.format.stream.RecordSplitter;
import io.sluice.format.stream.Utf8;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemDraft;
import io.sluice.item.Reason;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Parses the records of one CSV file, whose header it knows, into items. */
final class CsvParser implements RecordParser {
  /** One more than a record has bytes. */
  private static final int MAX_FIELDS = RecordSplitter.MAX_RECORD_BYTES + 1;

  private final CsvDialect dialect;
  private final CsvReader.CsvReaderBuilder csv;
  private final CsvValues values;
  private final List<String> names;
  private final ColumnText.Type[] types;

  /** Set when the header cannot be used: every record of the file is then rejected with it. */
  private final @Nullable InvalidItemException badHeader;

  /** How columns become attributes; null when each is one. */
  private final @Nullable NestedColumns nested;

  /** Takes the plain records; null when there are none. */
  private final @Nullable CsvDraft draft;

  private CsvParser(
      CsvDialect dialect,
      CsvValues values,
      List<String> names,
      @Nullable NestedColumns nested,
      @Nullable InvalidItemException badHeader) {
    this.dialect = dialect;
    this.csv = csvOf(dialect);
    this.values = values;
    this.names = names;
    this.types = names.stream().map(values::typeOf).toArray(ColumnText.Type[]::new);
    this.badHeader = badHeader;
    this.nested = nested;
    this.draft =
        badHeader == null && nested == null ? CsvDraft.of(dialect, values, names, types) : null;
  }

  private static CsvReader.CsvReaderBuilder csvOf(CsvDialect dialect) {
    String delimiter = dialect.delimiter();
    CsvReader.CsvReaderBuilder csv = CsvReader.builder();
    // A delimiter given as a string, even of one character, would take the slower parser.
    return (delimiter.length() == 1
            ? csv.fieldSeparator(delimiter.charAt(0))
            : csv.fieldSeparator(delimiter))
        .skipEmptyLines(false)
        .allowUnclosedQuote(false)
        .allowExtraCharsAfterClosingQuote(false);
  }

  /** Returns the parser for files whose columns have these names. */
  static CsvParser of(CsvDialect dialect, CsvValues values, List<String> names) {
    try {
      checkHeader(names, values.columns().keySet());
      return new CsvParser(dialect, values, names, nested(values, names), null);
    } catch (InvalidItemException e) {
      return new CsvParser(dialect, values, names, null, e);
    }
  }

  private static @Nullable NestedColumns nested(CsvValues values, List<String> names)
      throws InvalidItemException {
    if (!values.nested()) {
      return null;
    }
    try {
      NestedColumns nested = NestedColumns.of(names, values.keyTypes().keySet());
      return nested.arePlain() ? null : nested;
    } catch (IllegalArgumentException e) {
      throw new InvalidItemException(Reason.HEADER, "the header of the file: " + e.getMessage());
    }
  }

  /**
   * Returns the parser for a file whose first record is its header.
   *
   * @throws InvalidItemException when the header is not a valid record
   */
  static CsvParser ofHeader(CsvDialect dialect, CsvValues values, byte[] firstRecord)
      throws InvalidItemException {
    return of(
        dialect,
        values,
        Arrays.stream(fields(dialect, csvOf(dialect), firstRecord))
            .map(name -> name == null ? "" : name.strip())
            .toList());
  }

  /** Returns the parser for a file whose header cannot be read, which rejects every record. */
  static CsvParser withoutHeader(CsvDialect dialect, CsvValues values, InvalidItemException why) {
    return new CsvParser(
        dialect,
        values,
        List.of(),
        null,
        new InvalidItemException(
            Reason.HEADER, "the header of the file cannot be read: " + why.getMessage()));
  }

  private static void checkHeader(List<String> names, Set<String> wanted)
      throws InvalidItemException {
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      Integer before = names.get(i).isEmpty() ? null : seen.putIfAbsent(names.get(i), i);
      if (before != null) {
        // By number: without a header in the file, names are contents.
        throw new InvalidItemException(
            Reason.HEADER,
            "columns %d and %d have the same name in the header of the file"
                .formatted(before + 1, i + 1));
      }
    }
    for (String name : wanted) {
      if (!seen.containsKey(name)) {
        throw new InvalidItemException(
            Reason.HEADER, "the header of the file has no column '" + name + "'");
      }
    }
  }

  /** Splits a record into fields; null stands for a field that is marked as having no value. */
  private static @Nullable String[] fields(
      CsvDialect dialect, CsvReader.CsvReaderBuilder csv, byte[] record)
      throws InvalidItemException {
    String text = Utf8.decode(record);
    if (dialect.escape() != null) {
      return EscapedFields.of(text, dialect.delimiter(), dialect.escape());
    }
    try {
      // The parser takes a CR for the end of a record, and what follows would be lost.
      if (text.indexOf('\r') >= 0 && csv.build(handler(), text).stream().count() > 1) {
        throw new InvalidItemException(
            Reason.MALFORMED, "not one CSV record: a CR without LF is in an unquoted field");
      }
      return csv.ofSingleCsvRecord(handler(), text);
    } catch (CsvParseException e) {
      // The exception's message may quote the record.
      throw new InvalidItemException(
          Reason.MALFORMED, "not one CSV record: a quote is not closed, or text follows one");
    }
  }

  /** Returns a new handler: each can be used only once. */
  private static StringArrayHandler handler() {
    return StringArrayHandler.of(handler -> handler.maxFields(MAX_FIELDS));
  }

  @Override
  public List<String> columns() {
    return names;
  }

  @Override
  public boolean draft(byte[] record, ItemDraft item) {
    return draft != null && draft.draft(record, item);
  }

  @Override
  public @Nullable Map<String, AttributeValue> parse(byte[] record) throws InvalidItemException {
    if (record.length == 0 || (names.size() > 1 && isBlank(record)) || dialect.isComment(record)) {
      return null;
    }
    if (badHeader != null) {
      throw badHeader;
    }
    @Nullable String[] fields = fields(dialect, csv, record);
    if (fields.length < names.size()) {
      throw new InvalidItemException(
          Reason.FIELD_COUNT,
          "the record has " + fields.length + " fields, the header " + names.size());
    }
    @Nullable AttributeValue[] found = new AttributeValue[names.size()];
    for (int i = 0; i < found.length; i++) {
      found[i] = valueOf(i, fields[i]);
    }
    checkSurplus(fields);
    return nested == null ? flat(found) : nested.item(found);
  }

  private Map<String, AttributeValue> flat(@Nullable AttributeValue[] found) {
    Map<String, AttributeValue> item = new HashMap<>(names.size() * 2);
    for (int i = 0; i < found.length; i++) {
      if (found[i] != null) {
        item.put(names.get(i), found[i]);
      }
    }
    return item;
  }

  private static boolean isBlank(byte[] record) {
    for (byte b : record) {
      if (b != ' ') {
        return false;
      }
    }
    return true;
  }

  /** Checks fields without a name: empty ones, as after trailing delimiters, lose nothing. */
  private void checkSurplus(@Nullable String[] fields) throws InvalidItemException {
    for (int i = names.size(); i < fields.length; i++) {
      if (fields[i] != null && !fields[i].isEmpty()) {
        throw new InvalidItemException(
            Reason.FIELD_COUNT,
            "the record has " + fields.length + " fields, the header " + names.size());
      }
    }
  }

  private @Nullable AttributeValue valueOf(int column, @Nullable String text)
      throws InvalidItemException {
    boolean empty = text == null || text.isEmpty() || text.equals(values.nullValue());
    String name = names.get(column);
    if (name.isEmpty()) {
      if (empty) {
        return null;
      }
      throw new InvalidItemException(
          Reason.HEADER, "column " + (column + 1) + " has no name in the header of the file");
    }
    if (!empty) {
      boolean comma = types[column] == ColumnText.Type.N && values.decimalComma();
      return ColumnText.toValue(
          "column", name, types[column], comma ? withPoint(name, text) : text);
    }
    return emptyValue(column, name);
  }

  /** Replaces the decimal comma. A point is refused: in 1.234 it may separate thousands. */
  private static String withPoint(String name, String number) throws InvalidItemException {
    if (number.indexOf('.') >= 0) {
      throw new InvalidItemException(
          Reason.NOT_OF_TYPE, "column '" + name + "' has a point, where numbers have a comma");
    }
    return number.replace(',', '.');
  }

  private @Nullable AttributeValue emptyValue(int column, String name) throws InvalidItemException {
    return switch (values.emptyAs()) {
      case OMIT -> null;
      case NULL -> AttributeValue.fromNul(true);
      case EMPTY -> ColumnText.toValue("column", name, types[column], "");
    };
  }
}
