/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.json;

import io.sluice.format.Format;
import io.sluice.format.stream.LineSplitter;
import io.sluice.format.stream.RecordSplitter;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/** Opens the records of a JSON file in any layout. */
public final class JsonRecords {
  private JsonRecords() {}

  /**
   * Splits a file, from its first byte, into its lines or, for a document, its objects.
   *
   * @throws IOException also when the file is UTF-16
   */
  public static RecordSplitter linesOrObjects(InputStream file, JsonLayout.Envelopes envelopes)
      throws IOException {
    byte[] head = file.readNBytes(Format.HEAD_BYTES);
    if (JsonText.isUtf16(head)) {
      throw new IOException(JsonText.UTF_16);
    }
    PushbackInputStream whole = new PushbackInputStream(file, Format.HEAD_BYTES);
    whole.unread(head);
    return JsonLayout.of(head, envelopes) == JsonLayout.LINES
        ? LineSplitter.lines(whole)
        : new JsonSplitter(whole, envelopes);
  }
}
