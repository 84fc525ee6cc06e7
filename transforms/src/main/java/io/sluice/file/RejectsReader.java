/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.file;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.failure.PayloadFormat;
import io.sluice.failure.Rejection;
import io.sluice.item.InvalidItemException;
import io.sluice.item.Origin;
import io.sluice.item.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads the records that lines of rejections hold. */
final class RejectsReader implements RecordReader {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final RejectsFormat format;
  private final RecordReader lines;
  private final Map<PayloadFormat, RecordParser> parsers = new HashMap<>();

  /** What the current line holds; null when it is no rejection. */
  private @Nullable Held held;

  private record Held(
      Rejection.Stage stage, Reason reason, Origin origin, PayloadFormat format, byte[] record) {}

  RejectsReader(RejectsFormat format, RecordReader lines) {
    this.format = format;
    this.lines = lines;
  }

  @Override
  public boolean next() throws IOException {
    if (!lines.next()) {
      return false;
    }
    held = heldIn(lines.record());
    return true;
  }

  private static @Nullable Held heldIn(byte[] line) {
    try {
      JsonNode json = JSON.readTree(line);
      byte[] record =
          json.hasNonNull("recordBase64")
              ? json.get("recordBase64").binaryValue()
              : json.get("record").textValue().getBytes(StandardCharsets.UTF_8);
      List<String> columns = new ArrayList<>();
      json.path("columns").forEach(column -> columns.add(column.textValue()));
      return new Held(
          Rejection.Stage.valueOf(json.get("stage").textValue()),
          Reason.valueOf(json.get("reason").textValue()),
          new Origin(json.get("file").textValue(), json.get("offset").longValue()),
          new PayloadFormat(json.get("format").textValue(), columns),
          record);
    } catch (IOException | RuntimeException e) {
      // Whatever is missing or of another type: it is not one of our lines.
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
    return held == null ? new PayloadFormat(format.name(), List.of()) : held.format;
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
      parser = parserOf(held.format);
      parsers.put(held.format, parser);
    }
    return parser.parse(held.record);
  }

  private RecordParser parserOf(PayloadFormat payload) throws InvalidItemException {
    StreamFormat inner = format.formats().get(payload.name());
    if (inner == null) {
      throw new InvalidItemException(
          Reason.MALFORMED, "records of the format " + payload.name() + " are not replayed");
    }
    if (inner instanceof CsvFormat csv && csv.header() == null) {
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
    lines.close();
  }
}
