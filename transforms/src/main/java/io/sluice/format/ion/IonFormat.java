/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.ion;

import io.sluice.format.Format;
import io.sluice.format.json.ChangeKind;
import io.sluice.format.stream.FileRecords;
import io.sluice.format.stream.LineSplitter;
import io.sluice.format.stream.StreamFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Ion text: one item after another, each {@code {Item:{…}}} with or without {@code $ion_1_0} before
 * it. Numbers are decimals or integers, sets are lists with the annotation {@code $dynamodb_SS},
 * {@code $dynamodb_NS} or {@code $dynamodb_BS}.
 *
 * <p>If the file begins with one value a line, every line is a record of its own, and damage is
 * confined to it. Otherwise values are split by their brackets.
 */
public record IonFormat() implements StreamFormat {
  private static final String BINARY = "it is binary Ion; only Ion text is read";

  @Override
  public String name() {
    return "ION";
  }

  @Override
  public boolean splittable(byte[] head) {
    return isOfLines(head);
  }

  @Override
  public FileRecords open(InputStream file) throws IOException {
    byte[] head = file.readNBytes(Format.HEAD_BYTES);
    if (IonText.begins(head, IonText.BINARY_MARKER)) {
      throw new IOException(BINARY);
    }
    PushbackInputStream whole = new PushbackInputStream(file, Format.HEAD_BYTES);
    whole.unread(head);
    return new FileRecords(
        isOfLines(head) ? LineSplitter.lines(whole) : new IonSplitter(whole), IonRecord::parse);
  }

  @Override
  public FileRecords openMiddle(InputStream middle, long offset, InputStream head)
      throws IOException {
    return new FileRecords(LineSplitter.linesFrom(middle, offset), IonRecord::parse);
  }

  @Override
  public @Nullable String changesIn(byte[] head) {
    return IonRecord.isChange(head) ? ChangeKind.INCREMENTAL_EXPORT.text() : null;
  }

  /**
   * Whether every line is a record: the first line with a value ends where the value does, or the
   * next one begins another.
   */
  static boolean isOfLines(byte[] head) {
    IonScanner scanner = new IonScanner();
    boolean seen = false;
    int values = 0;
    for (int i = 0; i < head.length; i++) {
      int b = head[i] & 0xFF;
      boolean closed = scanner.isClosed();
      scanner.take(b);
      seen |= b == '{';
      values += seen && !closed && scanner.isClosed() && b == '}' ? 1 : 0;
      if (values > 1) {
        return false;
      }
      if (b == '\n' && seen) {
        return scanner.isClosed() || beginsValue(head, i + 1);
      }
    }
    return true;
  }

  /** Whether the next line that is not empty begins a value, if one can be seen. */
  private static boolean beginsValue(byte[] head, int start) {
    int at = start;
    while (at < head.length && (head[at] == '\n' || head[at] == '\r')) {
      at++;
    }
    if (at == head.length || head[at] == '{') {
      return true;
    }
    for (int i = 0; i < IonText.MARKER.length && at + i < head.length; i++) {
      if (head[at + i] != IonText.MARKER[i]) {
        return false;
      }
    }
    return true;
  }
}
