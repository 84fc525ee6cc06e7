/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.format.stream.FileRecords;
import io.sluice.format.stream.RecordSplitter;
import io.sluice.format.stream.StreamFormat;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemRules;
import io.sluice.item.Origin;
import io.sluice.item.Reason;
import io.sluice.item.SourcedItem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads bytes in a format, as files are read. */
public final class Reads {
  private Reads() {}

  /** The result of reading one record. Item and reason are both null if it was skipped. */
  public record Read(
      long offset,
      String record,
      @Nullable Map<String, AttributeValue> item,
      @Nullable Reason reason,
      @Nullable String message) {

    long end() {
      return offset + record.length();
    }
  }

  public static List<Read> all(StreamFormat format, String file) {
    return all(format, file.getBytes(UTF_8));
  }

  public static List<Read> all(StreamFormat format, byte[] file) {
    return all(format, new ByteArrayInputStream(file));
  }

  public static List<Read> all(StreamFormat format, InputStream file) {
    try {
      return read(format.open(file), Long.MAX_VALUE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the records that begin in a range of the file. */
  public static List<Read> slice(StreamFormat format, byte[] file, int start, int end) {
    if (start == 0) {
      return before(all(format, file), end);
    }
    try {
      ByteArrayInputStream middle =
          new ByteArrayInputStream(file, start - 1, file.length - start + 1);
      return read(format.openMiddle(middle, start, new ByteArrayInputStream(file)), end);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Read> before(List<Read> reads, long end) {
    return reads.stream().filter(r -> r.offset() < end).toList();
  }

  private static List<Read> read(FileRecords records, long end) throws IOException {
    List<Read> reads = new ArrayList<>();
    RecordSplitter splitter = records.splitter();
    while (splitter.next() && splitter.offset() < end) {
      // ISO 8859-1 preserves all bytes.
      String record = new String(splitter.record(), ISO_8859_1);
      try {
        splitter.checkWhole();
        Map<String, AttributeValue> item = records.parser().parse(splitter.record());
        if (item != null) {
          ItemRules.check(item);
          item = SourcedItem.of(Origin.UNKNOWN, item).item();
        }
        reads.add(new Read(splitter.offset(), record, item, null, null));
      } catch (InvalidItemException e) {
        reads.add(new Read(splitter.offset(), record, null, e.reason(), e.getMessage()));
      }
    }
    return reads;
  }

  /** Returns items, and the reasons of rejections, in the order of the file. */
  public static List<Object> outcomes(StreamFormat format, String file) {
    List<Object> outcomes = new ArrayList<>();
    for (Read read : all(format, file)) {
      if (read.item() != null) {
        outcomes.add(read.item());
      } else if (read.reason() != null) {
        outcomes.add(read.reason());
      }
    }
    return outcomes;
  }
}
