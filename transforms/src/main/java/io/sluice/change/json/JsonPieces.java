/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.json;

import io.sluice.format.json.ChangeKind;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Splits text into the JSON objects at its top level and in lists there, whatever is between them:
 * nothing, white space, commas. What is no JSON is broken, up to the next object that is a record
 * of changes. Not thread-safe.
 */
public final class JsonPieces implements Closeable {
  /** The most bytes of an object. */
  public static final int MOST_BYTES = JsonScan.MOST_BYTES;

  /** How much is looked at for the first record of a file that may begin within one. */
  private static final int MOST_HEAD_BYTES = 8 << 20;

  /** Beyond that, a file without a record is no part of one. */
  private static final int MOST_PART_BYTES = 1 << 20;

  /** How much of broken text is kept. */
  private static final int KEPT_BYTES = 64 << 10;

  /** Takes note of the brackets of lists around records. */
  public interface Lists {
    /**
     * Opens a list; false when none may begin there.
     *
     * @param ofObject whether it is that of an object, {@code {"Records":[}
     */
    boolean open(long offset, boolean ofObject);

    /**
     * Closes a list; false when none can end there.
     *
     * @param ofObject whether the object of the list is closed, too
     */
    boolean close(long offset, boolean ofObject);

    /** Whether the list that is open is that of an object, or may be; true when none is open. */
    boolean mayBeOfObject();
  }

  /** What a piece of the text is. */
  public enum Kind {
    /** An object of JSON. */
    OBJECT,
    /** What is no JSON, or belongs to nothing. */
    BROKEN,
    /** The beginning of an object that is too long. */
    TOO_LONG,
    /** A bracket of a list that has no counterpart. */
    BRACKET,
    /** What follows a list in its object, and may hold more records. */
    REST,
    /** What is before the first record, and may be the end of another file's. */
    HEAD,
    /** All of the text: it has no record. */
    ALL,
    /** An object that the end of the text cuts off. */
    TAIL
  }

  /**
   * A piece of the text.
   *
   * @param offset of its first byte
   * @param bytes all of it, but of broken text perhaps only the beginning
   */
  public record Piece(Kind kind, long offset, byte[] bytes) {}

  private final ByteWindow window;
  private final JsonScan scan;
  private final RecordStarts starts;
  private final Lists lists;
  private final boolean mayContinue;
  private long at;
  private boolean mayBeContinued;

  /**
   * Splits a stream.
   *
   * @param offset of its first byte
   * @param changes the kind of records; null for any
   * @param lists is told of those around records
   * @param mayBeContinued whether it may begin within a record: what is before the first one is
   *     then a HEAD
   * @param mayContinue whether it may end within a record: that is then a TAIL
   */
  public JsonPieces(
      InputStream in,
      long offset,
      @Nullable ChangeKind changes,
      Lists lists,
      boolean mayBeContinued,
      boolean mayContinue) {
    this.window = new ByteWindow(in, offset);
    this.scan = new JsonScan(window);
    this.starts = new RecordStarts(window, scan, changes, mayContinue);
    this.lists = lists;
    this.mayBeContinued = mayBeContinued;
    this.mayContinue = mayContinue;
    this.at = offset;
  }

  /** Returns the next piece; null behind the last. */
  public @Nullable Piece next() throws IOException {
    skipByteOrderMark();
    if (mayBeContinued) {
      mayBeContinued = false;
      Piece head = head();
      if (head != null) {
        return head;
      }
    }
    while (true) {
      window.mark(at);
      int b = window.at(at);
      // Within a list that is open and of no object, an object with a list is an element.
      long list = b == '{' && lists.mayBeOfObject() ? starts.listAt(at) : RecordStarts.NONE;
      Piece piece = null;
      if (b == ByteWindow.END) {
        return null;
      } else if (list != RecordStarts.NONE) {
        piece = bracket(lists.open(at, true), list);
      } else if (b == '{') {
        return object();
      } else if (b == '[') {
        piece = bracket(lists.open(at, false), at + 1);
      } else if (b == ']') {
        piece = closing();
      } else if (RecordStarts.isBetween(b)) {
        at++;
      } else {
        return scalar();
      }
      if (piece != null) {
        return piece;
      }
    }
  }

  /** Takes a bracket up to an offset; a piece if it has no counterpart. */
  private @Nullable Piece bracket(boolean isTaken, long end) {
    if (isTaken) {
      at = end;
      return null;
    }
    return piece(Kind.BRACKET, end);
  }

  /** Takes the end of a list and, if it is that of an object, what follows in the object. */
  private @Nullable Piece closing() throws IOException {
    long next = starts.spaceEnd(at + 1);
    int b = window.at(next);
    if (b == '}') {
      return bracket(lists.close(at, true), next + 1);
    }
    long more = b == ',' ? starts.spaceEnd(next + 1) : next;
    if (window.at(more) == ByteWindow.END && mayContinue && lists.mayBeOfObject()) {
      return piece(Kind.TAIL, more);
    }
    if (b == ',' && window.at(more) == '"') {
      JsonScan.Outcome outcome = scan.scanMembers(more, MOST_BYTES);
      if (outcome == JsonScan.Outcome.WHOLE) {
        Piece piece = bracket(lists.close(at, true), scan.end());
        return piece == null ? rest(more, scan.end()) : piece;
      }
      if (outcome == JsonScan.Outcome.CUT_OFF && mayContinue) {
        return piece(Kind.TAIL, scan.end());
      }
    }
    return bracket(lists.close(at, false), at + 1);
  }

  /** Returns the members that follow a list in its object, if they may hold records. */
  private @Nullable Piece rest(long from, long end) {
    byte[] members = window.bytes(from, end);
    byte[] object = new byte[members.length + 1];
    object[0] = '{';
    System.arraycopy(members, 0, object, 1, members.length);
    return Envelopes.mayHoldRecords(object) ? new Piece(Kind.REST, from, members) : null;
  }

  /** Takes a value that is no object, or else text that is no JSON. */
  private Piece scalar() throws IOException {
    if (scan.scanScalar(at, MOST_BYTES) == JsonScan.Outcome.WHOLE) {
      int b = window.at(scan.end());
      if (b == ByteWindow.END || RecordStarts.isBetween(b)) {
        return piece(Kind.BROKEN, scan.end());
      }
    }
    return broken(at, Kind.BROKEN);
  }

  private void skipByteOrderMark() throws IOException {
    if (at == 0 && window.at(0) == 0xEF && window.at(1) == 0xBB && window.at(2) == 0xBF) {
      at = 3;
    }
  }

  private Piece object() throws IOException {
    JsonScan.Outcome outcome = scan.scan(at, MOST_BYTES);
    return switch (outcome) {
      case WHOLE -> piece(Kind.OBJECT, scan.end());
      case CUT_OFF -> mayContinue ? piece(Kind.TAIL, scan.end()) : broken(at, Kind.BROKEN);
      case BROKEN -> broken(at, Kind.BROKEN);
      case TOO_LONG -> broken(at, Kind.TOO_LONG);
    };
  }

  private Piece piece(Kind kind, long end) {
    Piece piece = new Piece(kind, at, window.bytes(at, end));
    at = end;
    return piece;
  }

  /** Takes broken text up to the next record, or the end. */
  private Piece broken(long start, Kind kind) throws IOException {
    byte[] kept = null;
    long next = start + 1;
    while (window.at(next) != ByteWindow.END && !starts.isRecordAt(next)) {
      next++;
      if (kept == null && next - start >= KEPT_BYTES) {
        kept = window.bytes(start, next);
      }
      if (kept != null) {
        window.mark(next);
      }
    }
    at = next;
    return new Piece(kind, start, kept == null ? window.bytes(start, next) : kept);
  }

  /**
   * Takes what is before the first record of a text that may begin within one; null when nothing
   * is, or so much that it can be no part of a record.
   */
  private @Nullable Piece head() throws IOException {
    long start = at;
    long first = start;
    boolean hasBracket = false;
    int b = window.at(first);
    while (b != ByteWindow.END && RecordStarts.isBetween(b)) {
      hasBracket |= b == '[' || b == ']';
      b = window.at(++first);
    }
    long next = first;
    while (b != ByteWindow.END && !starts.isFirstRecord(next)) {
      b = window.at(++next);
      if (next - start > MOST_HEAD_BYTES) {
        return null;
      }
    }
    if (b == ByteWindow.END) {
      return next - start > MOST_PART_BYTES ? null : piece(Kind.ALL, next);
    }
    // A bracket may belong to an envelope that the file before begins or ends.
    return next == first && !hasBracket ? null : piece(Kind.HEAD, next);
  }

  @Override
  public void close() throws IOException {
    window.close();
  }
}
