/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.item.InvalidItemException;
import io.sluice.item.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Adds columns to a CSV file, behind those that it has, and leaves all other bytes as they are. Not
 * for use by several threads.
 */
public final class CsvColumns {
  private final CsvDialect dialect;
  private final boolean hasHeader;
  private final List<String> added;

  /** Reads a record with the new columns, if it is in doubt where they come to be. */
  private final CsvParser check;

  private CsvColumns(
      CsvDialect dialect, boolean hasHeader, List<String> columns, List<String> added) {
    this.dialect = dialect;
    this.hasHeader = hasHeader;
    this.added = added;
    List<String> all = new ArrayList<>(columns);
    all.addAll(added);
    this.check = CsvParser.of(dialect, CsvValues.STRINGS, all);
  }

  /**
   * Creates what adds columns.
   *
   * @param head the bytes before the first record
   * @param columns the names of the columns that the file has
   * @param added the names of the new ones, of which it has none
   */
  public static CsvColumns of(
      CsvFormat format, byte[] head, List<String> columns, List<String> added) throws IOException {
    return new CsvColumns(
        format.dialectIn(head), format.header() == null && head.length > 0, columns, added);
  }

  /** Adds the names to the header, which is at the end of these bytes unless files have none. */
  public byte[] toHead(byte[] head) {
    return hasHeader ? insert(head, endOfLine(head), fields(added)) : head;
  }

  /**
   * Adds values to a record.
   *
   * @param record without its line end
   * @param values for each new column a text, or null for an empty field
   * @throws InvalidItemException FIELD_COUNT when the record has more fields than the header, so
   *     that the values would come to be in other columns
   */
  public byte[] toRecord(byte[] record, List<@Nullable String> values) throws InvalidItemException {
    byte[] longer = insert(record, record.length, fields(values));
    boolean mayHaveMore = record[record.length - 1] == '"' || endsWithDelimiter(record);
    if (mayHaveMore && !isInPlace(longer, values)) {
      throw new InvalidItemException(
          Reason.FIELD_COUNT,
          "the record has more fields than the header, so no column can be added behind it");
    }
    return longer;
  }

  private boolean isInPlace(byte[] longer, List<@Nullable String> values) {
    Map<String, AttributeValue> item;
    try {
      item = check.parse(longer);
    } catch (InvalidItemException e) {
      return false;
    }
    if (item == null) {
      return false;
    }
    for (int i = 0; i < added.size(); i++) {
      AttributeValue there = item.get(added.get(i));
      String value = values.get(i) == null ? "" : values.get(i);
      if (!value.equals(there == null ? "" : there.s())) {
        return false;
      }
    }
    return true;
  }

  private boolean endsWithDelimiter(byte[] record) {
    byte[] delimiter = dialect.delimiter().getBytes(UTF_8);
    int from = record.length - delimiter.length;
    return from >= 0 && Arrays.equals(record, from, record.length, delimiter, 0, delimiter.length);
  }

  private byte[] fields(List<? extends @Nullable String> texts) {
    StringBuilder fields = new StringBuilder();
    for (String text : texts) {
      fields.append(dialect.delimiter()).append(text == null ? "" : field(text));
    }
    return fields.toString().getBytes(UTF_8);
  }

  private String field(String text) {
    Character escape = dialect.escape();
    boolean isPlain =
        !text.contains(dialect.delimiter())
            && text.chars().noneMatch(c -> c == '"' || c == '\n' || c == '\r')
            && (escape == null || text.indexOf(escape) < 0);
    if (isPlain) {
      return text;
    }
    String doubled = text.replace("\"", "\"\"");
    if (escape != null) {
      String one = escape.toString();
      doubled = text.replace(one, one + one).replace("\"", one + "\"");
    }
    return '"' + doubled + '"';
  }

  private static int endOfLine(byte[] bytes) {
    int end = bytes.length;
    if (end > 0 && bytes[end - 1] == '\n') {
      end--;
    }
    if (end > 0 && bytes[end - 1] == '\r') {
      end--;
    }
    return end;
  }

  private static byte[] insert(byte[] bytes, int at, byte[] more) {
    byte[] both = Arrays.copyOf(bytes, bytes.length + more.length);
    System.arraycopy(more, 0, both, at, more.length);
    System.arraycopy(bytes, at, both, at + more.length, bytes.length - at);
    return both;
  }
}
