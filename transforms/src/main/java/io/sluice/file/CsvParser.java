/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.file;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.StringArrayHandler;
import io.sluice.item.InvalidItemException;
import io.sluice.item.Reason;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Makes items of the records of one CSV file, whose header it knows. */
final class CsvParser implements RecordParser {
  private final CsvReader.CsvReaderBuilder csv;
  private final CsvFormat.Values values;
  private final List<String> names;
  private final CsvFormat.ColumnType[] types;

  /** Set when the header cannot be used: then every record of the file is rejected for it. */
  private final @Nullable InvalidItemException badHeader;

  private CsvParser(
      CsvFormat format, List<String> names, @Nullable InvalidItemException badHeader) {
    this.csv = csvOf(format);
    this.values = format.values();
    this.names = names;
    this.types = names.stream().map(values::typeOf).toArray(CsvFormat.ColumnType[]::new);
    this.badHeader = badHeader;
  }

  private static CsvReader.CsvReaderBuilder csvOf(CsvFormat format) {
    return CsvReader.builder()
        .fieldSeparator(format.delimiter())
        .skipEmptyLines(false)
        .allowUnclosedQuote(false)
        .allowExtraCharsAfterClosingQuote(false);
  }

  /** For files with columns of these names. */
  static CsvParser of(CsvFormat format, List<String> names) {
    try {
      checkHeader(names, format.values().columns().keySet());
      return new CsvParser(format, names, null);
    } catch (InvalidItemException e) {
      return new CsvParser(format, names, e);
    }
  }

  /**
   * For a file whose first record is its header.
   *
   * @throws InvalidItemException when that is no record
   */
  static CsvParser ofHeader(CsvFormat format, byte[] firstRecord) throws InvalidItemException {
    return of(format, namesIn(csvOf(format), firstRecord));
  }

  /** For a file whose header cannot be read. */
  static CsvParser withoutHeader(CsvFormat format, InvalidItemException why) {
    return new CsvParser(
        format,
        List.of(),
        new InvalidItemException(
            Reason.HEADER, "the header of the file cannot be read: " + why.getMessage()));
  }

  private static List<String> namesIn(CsvReader.CsvReaderBuilder csv, byte[] record)
      throws InvalidItemException {
    return Arrays.stream(fields(csv, record)).map(String::strip).toList();
  }

  private static void checkHeader(List<String> names, Set<String> wanted)
      throws InvalidItemException {
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      Integer before = names.get(i).isEmpty() ? null : seen.putIfAbsent(names.get(i), i);
      if (before != null) {
        // By number: of a file without a header, the names are contents.
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

  private static String[] fields(CsvReader.CsvReaderBuilder csv, byte[] record)
      throws InvalidItemException {
    String text = Utf8.decode(record);
    try {
      // The parser takes a CR for the end of a line, and what follows would be lost.
      if (text.indexOf('\r') >= 0 && csv.ofCsvRecord(text).stream().count() > 1) {
        throw new InvalidItemException(
            Reason.MALFORMED, "not one CSV record: a CR without LF is in an unquoted field");
      }
      return csv.ofSingleCsvRecord(StringArrayHandler.of(), text);
    } catch (CsvParseException e) {
      // Its message may quote the record.
      throw new InvalidItemException(
          Reason.MALFORMED, "not one CSV record: a quote is not closed, or text follows one");
    }
  }

  @Override
  public List<String> columns() {
    return names;
  }

  @Override
  public @Nullable Map<String, AttributeValue> parse(byte[] record) throws InvalidItemException {
    if (record.length == 0 || (names.size() > 1 && isBlank(record))) {
      return null;
    }
    if (badHeader != null) {
      throw badHeader;
    }
    String[] fields = fields(csv, record);
    if (fields.length < names.size()) {
      throw new InvalidItemException(
          Reason.FIELD_COUNT,
          "the record has " + fields.length + " fields, the header " + names.size());
    }
    Map<String, AttributeValue> item = new HashMap<>(names.size() * 2);
    for (int i = 0; i < fields.length; i++) {
      AttributeValue value = i < names.size() ? valueOf(i, fields[i]) : surplus(fields);
      if (value != null) {
        item.put(names.get(i), value);
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

  /** Fields without a name: nothing is lost when they are empty, as behind trailing delimiters. */
  private @Nullable AttributeValue surplus(String[] fields) throws InvalidItemException {
    for (int i = names.size(); i < fields.length; i++) {
      if (!fields[i].isEmpty()) {
        throw new InvalidItemException(
            Reason.FIELD_COUNT,
            "the record has " + fields.length + " fields, the header " + names.size());
      }
    }
    return null;
  }

  private @Nullable AttributeValue valueOf(int column, String text) throws InvalidItemException {
    boolean empty = text.isEmpty() || text.equals(values.nullValue());
    String name = names.get(column);
    if (name.isEmpty()) {
      if (empty) {
        return null;
      }
      throw new InvalidItemException(
          Reason.HEADER, "column " + (column + 1) + " has no name in the header of the file");
    }
    if (!empty) {
      return ColumnText.toValue("column", name, types[column], text);
    }
    return switch (values.emptyAs()) {
      case OMIT -> null;
      case NULL -> AttributeValue.fromNul(true);
      case EMPTY -> ColumnText.toValue("column", name, types[column], "");
    };
  }
}
