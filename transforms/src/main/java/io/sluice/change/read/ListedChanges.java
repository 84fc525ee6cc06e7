/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.read;

import io.sluice.change.record.Change;
import io.sluice.change.record.ChangeParser;
import io.sluice.format.ContentCheck;
import io.sluice.format.DigestingChannel;
import io.sluice.format.FileSlice;
import io.sluice.format.ion.IonChanges;
import io.sluice.format.ion.IonFormat;
import io.sluice.format.json.JsonSplitter;
import io.sluice.format.stream.LineSplitter;
import io.sluice.format.stream.RecordSplitter;
import io.sluice.item.InvalidItemException;
import io.sluice.item.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Reads a file that a manifest or a commit lists, with a record a line, and fails behind its last
 * record if it is another.
 */
final class ListedChanges {

  /** How a file is split into records. */
  enum Text {
    /** A record of JSON a line. */
    JSON,
    /** Ion, mostly a record a line. */
    ION;

    RecordSplitter split(InputStream file) throws IOException {
      return this == ION ? new IonFormat().open(file).splitter() : LineSplitter.lines(file);
    }

    /** Whether what was split off, and is whole, is nothing, such as a blank line. */
    boolean isNothing(byte[] record) {
      return this == ION ? IonChanges.isNothing(record) : JsonSplitter.isBlank(record);
    }
  }

  private ListedChanges() {}

  static void read(FileSlice file, Text text, ChangeParser parser, ChangeSink sink)
      throws IOException {
    ContentCheck check = file.check();
    AtomicReference<DigestingChannel> digesting = new AtomicReference<>();
    long records = 0;
    try (InputStream in =
        file.open(
            channel -> {
              digesting.set(new DigestingChannel(channel));
              return digesting.get();
            })) {
      RecordSplitter splitter = text.split(in);
      while (splitter.next()) {
        if (splitter.isWhole() && text.isNothing(splitter.record())) {
          sink.skip();
        } else {
          records++;
          take(new Origin(file.file().toString(), splitter.offset()), splitter, parser, sink);
        }
      }
      if (check != null) {
        check.compare(digesting.get().finish(), records);
      }
    }
  }

  private static void take(
      Origin origin, RecordSplitter splitter, ChangeParser parser, ChangeSink sink) {
    try {
      splitter.checkWhole();
      Change change = parser.parse(splitter.record());
      if (change == null) {
        sink.skip();
      } else {
        sink.change(change.from(origin));
      }
    } catch (InvalidItemException e) {
      sink.reject(origin, splitter.record(), e);
    }
  }
}
