/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.ion;

import io.sluice.format.stream.RecordSplitter;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Splits Ion text into the values at its top level, wherever lines end. White space, comments and
 * version markers belong to no record. A value that is not closed ends before the next line that
 * begins with a version marker, or with the file.
 */
final class IonSplitter extends RecordSplitter {
  private final IonScanner scanner = new IonScanner();

  /**
   * Splits a file from its first byte.
   *
   * @param file read to its end, not closed
   */
  IonSplitter(InputStream file) throws IOException {
    super(file, 0);
    skipByteOrderMark();
  }

  @Override
  protected boolean advance() throws IOException {
    while (true) {
      begin();
      int b = peek();
      if (b < 0) {
        end(0);
        return false;
      }
      if (IonText.isSpace(b)) {
        take();
      } else if (takeValue()) {
        return true;
      }
    }
  }

  /** Takes a value; false when it is a comment or a marker instead. */
  private boolean takeValue() throws IOException {
    scanner.reset();
    int marker = -1;
    while (true) {
      int b = take();
      scanner.take(b);
      if (b < 0) {
        end(0);
        return isRecord();
      }
      if (scanner.isClosed() && endsHere(b)) {
        boolean line = b == '\n';
        end(line ? 1 : 0);
        return isRecord();
      }
      marker = b == '\n' ? 0 : continued(marker, b);
      if (marker == IonText.MARKER.length) {
        // The marker is taken, and belongs to the next value, which it does not change.
        end(IonText.MARKER.length + 1);
        return true;
      }
    }
  }

  private static int continued(int marker, int b) {
    return marker >= 0 && b == (IonText.MARKER[marker] & 0xFF) ? marker + 1 : -1;
  }

  /** Whether the value that has been taken is complete, behind this byte. */
  private boolean endsHere(int b) throws IOException {
    int next = peek();
    return switch (b) {
      case '}', ']', ')', '"', '\n' -> true;
      case ':' -> false;
      default -> next < 0 || IonText.isSpace(next) || next == '{' || next == '[';
    };
  }

  private boolean isRecord() {
    byte[] taken = record();
    boolean comment = taken.length > 1 && taken[0] == '/' && (taken[1] == '/' || taken[1] == '*');
    return !comment && !Arrays.equals(taken, IonText.MARKER);
  }
}
