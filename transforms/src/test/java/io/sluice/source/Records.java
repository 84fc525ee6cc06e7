/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.format.stream.FileRecords;
import io.sluice.format.stream.RecordSplitter;
import io.sluice.format.stream.StreamFormat;
import io.sluice.item.InvalidItemException;
import io.sluice.item.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads bytes through a format, as a slice of a file is read. */
public final class Records {
  private Records() {}

  /**
   * The result of a record: an item, a reason to refuse it, or neither if it was skipped.
   *
   * @param offset of its first byte
   */
  public record Result(
      long offset, @Nullable Map<String, AttributeValue> item, @Nullable Reason reason) {}

  public static Result item(long offset, Map<String, AttributeValue> item) {
    return new Result(offset, item, null);
  }

  public static Result refused(long offset, Reason reason) {
    return new Result(offset, null, reason);
  }

  public static Result skipped(long offset) {
    return new Result(offset, null, null);
  }

  public static List<Result> of(StreamFormat format, String file) throws IOException {
    return of(format, file.getBytes(UTF_8));
  }

  public static List<Result> of(StreamFormat format, byte[] file) throws IOException {
    return of(format, new ByteArrayInputStream(file));
  }

  public static List<Result> of(StreamFormat format, InputStream file) throws IOException {
    return read(format.open(file), Long.MAX_VALUE);
  }

  /** Returns the records that begin in a range, as a reader of that range sees them. */
  public static List<Result> between(StreamFormat format, byte[] file, int start, int end)
      throws IOException {
    if (start == 0) {
      return read(format.open(new ByteArrayInputStream(file)), end);
    }
    InputStream middle = new ByteArrayInputStream(Arrays.copyOfRange(file, start - 1, file.length));
    return read(format.openMiddle(middle, start, new ByteArrayInputStream(file)), end);
  }

  private static List<Result> read(FileRecords records, long end) throws IOException {
    List<Result> results = new ArrayList<>();
    RecordSplitter splitter = records.splitter();
    while (splitter.next() && splitter.offset() < end) {
      try {
        splitter.checkWhole();
        Map<String, AttributeValue> item = records.parser().parse(splitter.record());
        results.add(new Result(splitter.offset(), item, null));
      } catch (InvalidItemException e) {
        results.add(refused(splitter.offset(), e.reason()));
      }
    }
    return results;
  }
}
