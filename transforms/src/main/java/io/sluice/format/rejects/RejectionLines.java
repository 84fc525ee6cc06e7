/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.rejects;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.failure.PayloadFormat;
import io.sluice.failure.Rejection;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Formats the JSON lines of one file of rejections, in which the columns of a format occur once.
 */
final class RejectionLines {
  private static final JsonFactory JSON = new JsonFactory();

  /** The formats whose columns are already in the file, with their ids there. */
  private final Map<PayloadFormat, String> written = new HashMap<>();

  /**
   * Formats the line of a rejection, preceded by a line of its columns if they are new; with line
   * ends.
   */
  String of(Rejection rejection) {
    PayloadFormat format = rejection.format();
    if (format.columns().isEmpty()) {
      return rejection(rejection, null);
    }
    String known = written.get(format);
    if (known != null) {
      return rejection(rejection, known);
    }
    String id = format.columnsId();
    written.put(format, id);
    return columns(format, id) + rejection(rejection, id);
  }

  private interface Members {
    void write(JsonGenerator json) throws IOException;
  }

  private static String line(Members members) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      members.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return out.append('\n').toString();
  }

  private static String columns(PayloadFormat format, String id) {
    return line(
        json -> {
          json.writeStringField("columnsId", id);
          json.writeStringField("format", format.name());
          json.writeFieldName("columns");
          String[] names = format.columns().toArray(String[]::new);
          json.writeArray(names, 0, names.length);
        });
  }

  private static String rejection(Rejection rejection, @Nullable String columnsId) {
    return line(
        json -> {
          json.writeStringField("stage", rejection.stage().name());
          json.writeStringField("reason", rejection.reason().name());
          json.writeStringField("message", rejection.message());
          json.writeStringField("file", rejection.origin().file());
          json.writeNumberField("offset", rejection.origin().offset());
          json.writeStringField("format", rejection.format().name());
          if (columnsId != null) {
            json.writeStringField("columnsId", columnsId);
          }
          writePayload(json, rejection.payload());
        });
  }

  private static void writePayload(JsonGenerator json, byte[] payload) throws IOException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
      json.writeStringField("record", text);
    } catch (CharacterCodingException e) {
      json.writeBinaryField("recordBase64", payload);
    }
  }
}
