/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.rejects;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.failure.PayloadFormat;
import io.sluice.failure.Rejection;
import io.sluice.format.FileSlice;
import io.sluice.format.RecordReader;
import io.sluice.format.csv.CsvFormat;
import io.sluice.format.stream.RecordParser;
import io.sluice.format.stream.StreamFormat;
import io.sluice.item.InvalidItemException;
import io.sluice.item.Origin;
import io.sluice.item.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads the records in lines of rejections. */
final class RejectsReader implements RecordReader {
  /** The name of the format. */
  static final String FORMAT = "REJECTS";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Map<String, StreamFormat> formats;
  private final RecordReader lines;
  private final RejectsColumns columns;
  private final Map<PayloadFormat, RecordParser> parsers = new HashMap<>();

  /** The content of the current line; null when it is not a rejection. */
  private @Nullable Held held;

  private record Held(
      Rejection.Stage stage,
      Reason reason,
      Origin origin,
      PayloadFormat format,
      boolean lacksColumns,
      byte[] record) {}

  private RejectsReader(
      Map<String, StreamFormat> formats, RecordReader lines, RejectsColumns columns) {
    this.formats = formats;
    this.lines = lines;
    this.columns = columns;
  }

  static RejectsReader open(Map<String, StreamFormat> formats, FileSlice slice) throws IOException {
    return new RejectsReader(formats, RejectsColumns.LINES.open(slice), new RejectsColumns(slice));
  }

  @Override
  public boolean next() throws IOException {
    while (lines.next()) {
      JsonNode json = json(lines.record());
      if (json == null || !columns.take(json)) {
        held = json == null ? null : heldIn(json);
        return true;
      }
    }
    return false;
  }

  private static @Nullable JsonNode json(byte[] line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      return null;
    }
  }

  private @Nullable Held heldIn(JsonNode json) throws IOException {
    List<String> names = columns.of(json);
    try {
      byte[] record =
          json.hasNonNull("recordBase64")
              ? json.get("recordBase64").binaryValue()
              : json.get("record").textValue().getBytes(StandardCharsets.UTF_8);
      return new Held(
          Rejection.Stage.valueOf(json.get("stage").textValue()),
          Reason.valueOf(json.get("reason").textValue()),
          new Origin(json.get("file").textValue(), json.get("offset").longValue()),
          new PayloadFormat(json.get("format").textValue(), names == null ? List.of() : names),
          names == null,
          record);
    } catch (IOException | RuntimeException e) {
      // Something is missing or of another type: this is not one of our lines.
      return null;
    }
  }

  @Override
  public Origin origin() {
    return held == null ? lines.origin() : held.origin;
  }

  @Override
  public byte[] record() {
    return held == null ? lines.record() : held.record;
  }

  @Override
  public PayloadFormat recordFormat() {
    return held == null ? new PayloadFormat(FORMAT, List.of()) : held.format;
  }

  @Override
  public boolean isKeyed() {
    return held != null && held.stage != Rejection.Stage.READ;
  }

  @Override
  public @Nullable Map<String, AttributeValue> parse() throws InvalidItemException {
    if (held == null) {
      if (lines.record().length == 0) {
        return null;
      }
      throw new InvalidItemException(Reason.MALFORMED, "the line is no rejection");
    }
    if (held.reason == Reason.RECORD_TOO_LONG) {
      throw new InvalidItemException(
          Reason.RECORD_TOO_LONG, "only the beginning of the record was kept");
    }
    if (held.reason == Reason.UNEXPECTED) {
      throw new InvalidItemException(
          Reason.NOT_AN_ITEM, "only the key was kept of an item that the table has already");
    }
    RecordParser parser = parsers.get(held.format);
    if (parser == null) {
      parser = parserOf(held);
      parsers.put(held.format, parser);
    }
    return parser.parse(held.record);
  }

  private RecordParser parserOf(Held record) throws InvalidItemException {
    PayloadFormat payload = record.format;
    StreamFormat inner = formats.get(payload.name());
    if (inner == null) {
      throw new InvalidItemException(
          Reason.MALFORMED, "records of the format " + payload.name() + " are not replayed");
    }
    if (inner instanceof CsvFormat csv && csv.header() == null) {
      if (record.lacksColumns) {
        throw new InvalidItemException(
            Reason.HEADER,
            "no line before this one has the columns that its columnsId names; give --csvHeader");
      }
      inner = csv.withHeader(payload.columns());
    }
    try {
      return inner.open(new ByteArrayInputStream(new byte[0])).parser();
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory does not fail", e);
    }
  }

  @Override
  public void close() throws IOException {
    columns.close();
    lines.close();
  }
}
