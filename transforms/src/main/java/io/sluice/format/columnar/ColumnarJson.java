/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.columnar;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.failure.PayloadFormat;
import io.sluice.format.columnar.ColumnarValue.Unusable;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Writes {@link ColumnarValue} values as one line of JSON, which stands for a record that has no
 * text of its own: rejections keep it, and made keys are its hash. The same record always gives the
 * same text: fields in the order of the file's schema, null fields left out; numbers as in the
 * item; binary as Base64.
 */
public final class ColumnarJson {
  /** The JSON carries no types, so a replay reads it as plain JSON: bytes come back as text. */
  public static final PayloadFormat FORMAT = new PayloadFormat("JSON", List.of());

  private static final JsonFactory FACTORY = new JsonFactory();

  private ColumnarJson() {}

  public static byte[] of(@Nullable Object record) {
    // When Jackson writes bytes, it escapes characters beyond 16 bits as two surrogates.
    StringWriter out = new StringWriter(256);
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      write(json, record);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof String s) {
      json.writeString(s);
    } else if (value instanceof Number n) {
      writeNumber(json, n);
    } else if (value instanceof Boolean b) {
      json.writeBoolean(b);
    } else if (value instanceof byte[] bytes) {
      json.writeBinary(bytes);
    } else if (value instanceof Unusable unusable) {
      write(json, unusable.raw());
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object element : list) {
        write(json, element);
      }
      json.writeEndArray();
    } else if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> field : map.entrySet()) {
        json.writeFieldName((String) field.getKey());
        write(json, field.getValue());
      }
      json.writeEndObject();
    } else {
      throw new IllegalStateException("no decoder makes a " + value.getClass());
    }
  }

  private static void writeNumber(JsonGenerator json, Number number) throws IOException {
    if (ItemFromColumns.isFinite(number)) {
      json.writeNumber(ItemFromColumns.text(number));
    } else {
      json.writeString(number.toString());
    }
  }
}
