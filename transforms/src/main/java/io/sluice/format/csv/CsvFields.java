/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.csv;

/**
 * Finds the fields of CSV records, in bytes, where quotes are as RFC 4180 has them. Not for use by
 * several threads.
 */
final class CsvFields {
  private final byte delimiter;
  private final int columns;
  private final int[] from;
  private final int[] to;
  private final boolean[] doubled;

  /**
   * @param columns how many fields a record has
   */
  CsvFields(byte delimiter, int columns) {
    this.delimiter = delimiter;
    this.columns = columns;
    this.from = new int[columns];
    this.to = new int[columns];
    this.doubled = new boolean[columns];
  }

  /**
   * Finds the fields of a record.
   *
   * @return false when the record has a quote or a CR in an unusual place, has too few fields, or
   *     more than empty ones after the last column
   */
  boolean split(byte[] record) {
    int field = 0;
    int at = 0;
    do {
      boolean isQuoted = at < record.length && record[at] == '"';
      int begin = isQuoted ? at + 1 : at;
      int end = isQuoted ? quoteEnd(record, begin, field) : fieldEnd(record, begin);
      if (end < 0 || (field >= columns && end > begin)) {
        return false;
      }
      if (field < columns) {
        from[field] = begin;
        to[field] = end;
        doubled[field] &= isQuoted;
      }
      field++;
      at = isQuoted ? end + 1 : end;
      if (isQuoted && at < record.length && record[at] != delimiter) {
        return false;
      }
      // Past the delimiter, behind which there is a field, if only an empty one.
    } while (at++ < record.length);
    return record.length > 0 && field >= columns;
  }

  /** Returns where an unquoted field ends; -1 when it has a quote or a CR. */
  private int fieldEnd(byte[] record, int begin) {
    int at = begin;
    for (; at < record.length; at++) {
      byte b = record[at];
      if (b == delimiter) {
        break;
      }
      if (b == '"' || b == '\r') {
        return -1;
      }
    }
    return at;
  }

  /** Returns where the closing quote of a field is; -1 when there is none, or a CR. */
  private int quoteEnd(byte[] record, int begin, int field) {
    boolean hasDoubled = false;
    int at = begin;
    while (at < record.length) {
      byte b = record[at];
      if (b == '\r') {
        return -1;
      }
      if (b == '"') {
        if (at + 1 == record.length || record[at + 1] != '"') {
          if (field < columns) {
            doubled[field] = hasDoubled;
          }
          return at;
        }
        hasDoubled = true;
        at++;
      }
      at++;
    }
    return -1;
  }

  /** Returns where a field begins, behind its quote. */
  int from(int field) {
    return from[field];
  }

  /** Returns where a field ends, before its quote. */
  int to(int field) {
    return to[field];
  }

  /** Whether a field has doubled quotes, each of which stands for one. */
  boolean isDoubled(int field) {
    return doubled[field];
  }
}
