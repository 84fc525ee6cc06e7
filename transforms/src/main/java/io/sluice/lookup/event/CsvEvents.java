/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.lookup.event;

import io.sluice.failure.PayloadFormat;
import io.sluice.format.FileSlice;
import io.sluice.format.RecordReader;
import io.sluice.format.csv.CsvColumns;
import io.sluice.format.csv.CsvFormat;
import io.sluice.format.stream.Utf8Stream;
import io.sluice.item.AttributePath;
import io.sluice.item.InvalidItemException;
import io.sluice.item.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Events that are records of CSV. */
public final class CsvEvents implements EventForm {
  private final List<LookupKey.Part> key;
  private final String suffix;
  private final PayloadFormat recordFormat;
  private final byte[] head;
  private final CsvColumns columns;

  /** The first added name that the header has already; null for none. */
  private final @Nullable String conflict;

  private CsvEvents(
      EventRules rules,
      String suffix,
      PayloadFormat recordFormat,
      byte[] head,
      CsvColumns columns) {
    this.key = rules.key().parts();
    this.suffix = suffix;
    this.recordFormat = recordFormat;
    this.head = head;
    this.columns = columns;
    this.conflict =
        rules.names().stream().filter(recordFormat.columns()::contains).findFirst().orElse(null);
  }

  /**
   * Reads the beginning of a file.
   *
   * @param slice any slice of it
   */
  public static CsvEvents of(
      EventRules rules,
      String suffix,
      CsvFormat format,
      FileSlice slice,
      PayloadFormat recordFormat)
      throws IOException {
    FileSlice whole =
        FileSlice.whole(slice.file(), slice.bytes()).compressedBy(slice.compression());
    byte[] head = head(format, whole);
    CsvColumns columns = CsvColumns.of(format, head, recordFormat.columns(), rules.names());
    return new CsvEvents(
        rules,
        suffix,
        recordFormat,
        rules.names().isEmpty() ? head : columns.toHead(head),
        columns);
  }

  /** Returns the bytes before the first record; all of a file without one, which is a header. */
  private static byte[] head(CsvFormat format, FileSlice whole) throws IOException {
    long end = Integer.MAX_VALUE;
    try (RecordReader records = format.open(whole)) {
      if (records.next()) {
        end = records.origin().offset();
      }
    }
    try (InputStream in = Utf8Stream.of(whole.open(), null)) {
      return in.readNBytes((int) end);
    }
  }

  @Override
  public byte[] head() {
    return head;
  }

  @Override
  public PayloadFormat recordFormat() {
    return recordFormat;
  }

  @Override
  public String suffix() {
    return suffix;
  }

  @Override
  public @Nullable Map<String, AttributeValue> key(RecordReader records)
      throws InvalidItemException {
    Map<String, AttributeValue> fields = records.parse();
    if (fields == null) {
      return null;
    }
    if (conflict != null) {
      throw new InvalidItemException(
          Reason.HEADER,
          "the header of the file has a column '%s', as the one to be added is named"
              .formatted(AttributePath.printable(conflict)));
    }
    Map<String, AttributeValue> attributes = new HashMap<>();
    for (LookupKey.Part part : key) {
      if (!records.columns().contains(part.path())) {
        throw new InvalidItemException(
            Reason.HEADER,
            "the header of the file has no column '%s'"
                .formatted(AttributePath.printable(part.path())));
      }
      attributes.put(part.attribute().name(), part.convert(fields.get(part.path()), "column"));
    }
    return attributes;
  }

  @Override
  public byte[] plain(byte[] record) {
    return record;
  }

  @Override
  public byte[] enriched(byte[] record, List<@Nullable String> texts) throws InvalidItemException {
    return columns.toRecord(record, texts);
  }
}
