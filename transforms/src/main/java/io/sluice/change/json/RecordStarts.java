/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.json;

import io.sluice.format.json.ChangeKind;
import io.sluice.format.json.ChangeRecords;
import io.sluice.format.json.JsonOutline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Finds out whether a record of changes begins somewhere in a text; takes nothing. */
final class RecordStarts {
  /** Stands for no offset. */
  static final long NONE = -1;

  private static final byte[] RECORDS = "\"Records\"".getBytes(StandardCharsets.US_ASCII);

  private final ByteWindow window;
  private final JsonScan scan;
  private final @Nullable ChangeKind changes;
  private final boolean mayContinue;

  /**
   * @param changes the kind of records; null for any
   * @param mayContinue whether the text may end within a record
   */
  RecordStarts(
      ByteWindow window, JsonScan scan, @Nullable ChangeKind changes, boolean mayContinue) {
    this.window = window;
    this.scan = scan;
    this.changes = changes;
    this.mayContinue = mayContinue;
  }

  /** Whether a byte may be between records; 0x1E is the one of JSON text sequences. */
  static boolean isBetween(int b) {
    return isSpace(b) || b == ',' || b == '[' || b == ']' || b == 0x1E;
  }

  static boolean isSpace(int b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  /** Returns the offset of the next byte that is no white space. */
  long spaceEnd(long offset) throws IOException {
    long end = offset;
    while (isSpace(window.at(end))) {
      end++;
    }
    return end;
  }

  /** Returns the offset of the first element of an envelope's list, if one begins; else NONE. */
  long listAt(long offset) throws IOException {
    if (changes == ChangeKind.SIMPLE || window.at(offset) != '{') {
      return NONE;
    }
    long next = spaceEnd(offset + 1);
    for (byte b : RECORDS) {
      if (window.at(next++) != b) {
        return NONE;
      }
    }
    next = spaceEnd(next);
    if (window.at(next) != ':') {
      return NONE;
    }
    next = spaceEnd(next + 1);
    return window.at(next) == '[' ? next + 1 : NONE;
  }

  /** Whether a record begins at an offset, which may be within one: then it may be anything. */
  boolean isRecordAt(long offset) throws IOException {
    if (window.at(offset) != '{') {
      return false;
    }
    if (listAt(offset) != NONE) {
      return true;
    }
    JsonScan.Outcome outcome = scan.scan(offset, JsonScan.MOST_BYTES);
    if (outcome == JsonScan.Outcome.CUT_OFF) {
      return mayContinue && mayBegin(offset);
    }
    return outcome == JsonScan.Outcome.WHOLE && isRecord(window.bytes(offset, scan.end()));
  }

  private boolean isRecord(byte[] object) {
    ChangeKind kind = ChangeRecords.kindOf(JsonOutline.of(object).value());
    return kind != null && (changes == null || kind == changes);
  }

  /** Whether an object that is cut off begins as a record does, as far as can be seen. */
  private boolean mayBegin(long offset) throws IOException {
    long from = spaceEnd(offset + 1);
    if (window.at(from) != '"') {
      return window.at(from) == ByteWindow.END;
    }
    StringBuilder name = new StringBuilder();
    while (name.length() < RecordNames.LONGEST) {
      int b = window.at(++from);
      if (b == '"' || b == ByteWindow.END) {
        String begun = name.toString();
        return b == '"'
            ? RecordNames.of(changes).contains(begun)
            : RecordNames.of(changes).stream().anyMatch(known -> known.startsWith(begun));
      }
      name.append((char) b);
    }
    return false;
  }

  /** Whether a record begins at an offset, and what follows it is not the rest of another. */
  boolean isFirstRecord(long offset) throws IOException {
    if (listAt(offset) != NONE) {
      return true;
    }
    if (window.at(offset) != '{'
        || scan.scan(offset, JsonScan.MOST_BYTES) != JsonScan.Outcome.WHOLE
        || !isRecord(window.bytes(offset, scan.end()))) {
      return false;
    }
    int b = window.at(scan.end());
    return b == ByteWindow.END || b == '{' || isBetween(b);
  }
}
