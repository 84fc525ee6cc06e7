/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.format.stream.ColumnText;
import io.sluice.item.ItemDraft;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Drafts the items of plain records of one CSV file: no text is decoded. Makes of a record what
 * {@link CsvParser} makes of it, or nothing. Not for use by several threads.
 */
final class CsvDraft {
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

  private final CsvFields fields;
  private final CsvValues values;
  private final byte @Nullable [] nullValue;
  private final String[] names;
  private final byte[][] utf8;
  private final ColumnText.Type[] types;

  /** The columns that have a name, in the order of the names. */
  private final int[] inOrder;

  private CsvDraft(byte delimiter, CsvValues values, List<String> names, ColumnText.Type[] types) {
    this.fields = new CsvFields(delimiter, names.size());
    this.values = values;
    this.nullValue = values.nullValue() == null ? null : values.nullValue().getBytes(UTF_8);
    this.names = names.toArray(new String[0]);
    this.utf8 = names.stream().map(name -> name.getBytes(UTF_8)).toArray(byte[][]::new);
    this.types = types;
    this.inOrder =
        IntStream.range(0, names.size())
            .boxed()
            .filter(column -> !names.get(column).isEmpty())
            .sorted(Comparator.comparing(names::get))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  /** Returns what drafts the records of files with these columns; null when none is plain. */
  static @Nullable CsvDraft of(
      CsvDialect dialect, CsvValues values, List<String> names, ColumnText.Type[] types) {
    // Where blanks separate fields, a record of blanks is skipped.
    boolean plain =
        dialect.isPlain()
            && !dialect.delimiter().equals(" ")
            && (values.nullValue() == null || values.nullValue().indexOf('"') < 0);
    return plain && !names.isEmpty()
        ? new CsvDraft((byte) dialect.delimiter().charAt(0), values, names, types)
        : null;
  }

  boolean draft(byte[] record, ItemDraft item) {
    if (!fields.split(record)) {
      return false;
    }
    for (int column = 0; column < names.length; column++) {
      if (names[column].isEmpty() && !isEmpty(record, column)) {
        return false;
      }
    }
    item.begin();
    for (int column : inOrder) {
      if (!attribute(record, column, item)) {
        return false;
      }
    }
    return true;
  }

  private boolean isEmpty(byte[] record, int column) {
    int from = fields.from(column);
    int to = fields.to(column);
    return from == to
        || (nullValue != null && Arrays.equals(record, from, to, nullValue, 0, nullValue.length));
  }

  private boolean attribute(byte[] record, int column, ItemDraft item) {
    if (!isEmpty(record, column)) {
      item.name(names[column], utf8[column]);
      return value(record, column, item);
    }
    switch (values.emptyAs()) {
      case OMIT -> {
        return true;
      }
      case NULL -> {
        item.name(names[column], utf8[column]);
        item.nothing();
        return true;
      }
      default -> {
        item.name(names[column], utf8[column]);
        item.string(record, 0, 0);
        return types[column] == ColumnText.Type.S;
      }
    }
  }

  private boolean value(byte[] record, int column, ItemDraft item) {
    int from = fields.from(column);
    int to = fields.to(column);
    return switch (types[column]) {
      case S ->
          fields.isDoubled(column)
              ? single(record, from, to, item)
              : item.string(record, from, to - from);
      case N -> !values.decimalComma() && item.number(record, from, to);
      case BOOL -> {
        boolean isTrue = Arrays.equals(record, from, to, TRUE, 0, TRUE.length);
        item.bool(isTrue);
        yield isTrue || Arrays.equals(record, from, to, FALSE, 0, FALSE.length);
      }
      case B, JSON, L, M, SS, NS, BS -> false;
    };
  }

  /** Writes a string of which each doubled quote stands for one. */
  private static boolean single(byte[] record, int from, int to, ItemDraft item) {
    byte[] text = new byte[to - from];
    int length = 0;
    for (int at = from; at < to; at++) {
      text[length++] = record[at];
      at += record[at] == '"' ? 1 : 0;
    }
    return item.string(text, 0, length);
  }
}
