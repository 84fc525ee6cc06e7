/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.json;

import io.sluice.format.stream.RecordSplitter;
import io.sluice.item.InvalidItemException;
import io.sluice.item.Reason;
import java.io.IOException;
import java.io.InputStream;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Splits values off JSON by brackets and strings, and the elements of a list by commas. The parser
 * judges what is inside a value. Anything that is not an object is also a record, up to the next
 * comma, closing bracket or line end, and is then rejected.
 *
 * <p>A fault between values belongs to none of them: it is a record of its own, without bytes, for
 * which {@link #checkWhole} reports the fault. The values around it are not affected.
 */
abstract class JsonListSplitter extends RecordSplitter {
  /** The next thing in a list. */
  enum Element {
    /** A value, or a fault between two values. */
    RECORD,
    CLOSED,
    END_OF_FILE
  }

  private enum Expected {
    VALUE_OR_END,
    VALUE,
    COMMA_OR_END
  }

  private Expected expected = Expected.VALUE_OR_END;
  private @Nullable InvalidItemException fault;
  private boolean cutOff;

  JsonListSplitter(InputStream file) throws IOException {
    super(file, 0);
    skipByteOrderMark();
  }

  /** Clears the fault of the previous record. */
  final void clearFault() {
    fault = null;
  }

  /** Sets the fault of the record that was ended last. */
  final void fail(Reason reason, String message) {
    fault = new InvalidItemException(reason, message);
  }

  /** Ends a record without bytes that reports a fault at the next byte; always returns true. */
  final boolean report(Reason reason, String message) {
    begin();
    end(0);
    fail(reason, message);
    return true;
  }

  /** Starts a list whose opening bracket was taken. */
  final void startList() {
    expected = Expected.VALUE_OR_END;
  }

  final Element nextElement() throws IOException {
    while (true) {
      begin();
      int b = peek();
      if (b < 0) {
        return Element.END_OF_FILE;
      }
      if (isSpace(b)) {
        take();
      } else if (b == ',') {
        boolean between = expected == Expected.COMMA_OR_END;
        expected = Expected.VALUE;
        take();
        if (!between) {
          end(1);
          fail(Reason.MALFORMED, "a list has a comma without a value before it");
          return Element.RECORD;
        }
      } else if (expected == Expected.COMMA_OR_END && b == ']') {
        take();
        return Element.CLOSED;
      } else if (expected == Expected.COMMA_OR_END && (b == '{' || b == '[')) {
        // Anything else is rejected as a record.
        expected = Expected.VALUE;
        return faulty("a list has no comma between two values");
      } else if (b == ']') {
        boolean empty = expected == Expected.VALUE_OR_END;
        expected = Expected.COMMA_OR_END;
        if (!empty) {
          return faulty("a list has a comma without a value behind it");
        }
      } else {
        expected = Expected.COMMA_OR_END;
        take();
        takeValue(b);
        return Element.RECORD;
      }
    }
  }

  private Element faulty(String message) {
    report(Reason.MALFORMED, message);
    return Element.RECORD;
  }

  /** Takes the rest of a value, for an object up to its closing bracket, and ends the record. */
  final void takeValue(int first) throws IOException {
    if (first == '{') {
      takeBrackets(1);
    } else {
      takeScrap(first);
    }
  }

  /** Takes bytes until all open brackets are closed, and ends the record. */
  final void takeBrackets(int open) throws IOException {
    int depth = open;
    while (depth > 0) {
      int b = take();
      if (b == '"') {
        b = takeString();
      } else if (b == '{' || b == '[') {
        depth++;
      } else if (b == '}' || b == ']') {
        depth--;
      }
      if (b < 0) {
        end(0);
        failUnclosed();
        return;
      }
    }
    end(0);
  }

  /** Whether the file ended within a record, and this was reported. */
  final boolean isCutOff() {
    return cutOff;
  }

  /** Sets the fault for a record, or something around it, that is not closed. */
  final void failUnclosed() {
    cutOff = true;
    fail(Reason.MALFORMED, "the JSON value is not closed before the end of the file");
  }

  /** Takes something that is not an object, up to where the next record may begin. */
  private void takeScrap(int first) throws IOException {
    int b = first;
    int depth = b == '[' ? 1 : 0;
    while (true) {
      if (b == '"') {
        takeString();
      }
      int next = peek();
      if (next < 0 || (depth == 0 && (next == ',' || next == ']' || next == '\n'))) {
        end(0);
        return;
      }
      b = take();
      if (b == '{' || b == '[') {
        depth++;
      } else if (b == '}' || b == ']') {
        depth = Math.max(0, depth - 1);
      }
    }
  }

  /** Takes the rest of a string; returns the closing quote, or -1 at the end of the file. */
  final int takeString() throws IOException {
    while (true) {
      int b = take();
      if (b == '\\') {
        b = take();
      } else if (b == '"') {
        return b;
      }
      if (b < 0) {
        return -1;
      }
    }
  }

  @Override
  public void checkWhole() throws InvalidItemException {
    super.checkWhole();
    if (fault != null) {
      throw fault;
    }
  }

  static boolean isSpace(int b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
