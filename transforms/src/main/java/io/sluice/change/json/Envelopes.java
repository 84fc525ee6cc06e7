/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Takes records out of what services put around them: the event of a Lambda function, a record of
 * Kinesis as Lambda and EventBridge Pipes hand it on, an event of EventBridge.
 */
public final class Envelopes {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .build();

  /**
   * A record within an envelope.
   *
   * @param offset of its first byte in the envelope; of one in Base64 that of the object around it
   */
  public record Enveloped(int offset, byte[] bytes) {}

  private Envelopes() {}

  /**
   * Opens an envelope, and those within it.
   *
   * @param object valid JSON, or nearly
   * @return the records in it, in their order; null when it is no envelope
   */
  public static @Nullable List<Enveloped> open(byte[] object) {
    try (JsonParser json = JSON.createParser(object)) {
      return json.nextToken() == JsonToken.START_OBJECT ? open(json, object) : null;
    } catch (IOException e) {
      // It is not JSON, as whoever parses it as a record will say.
      return null;
    }
  }

  private static @Nullable List<Enveloped> open(JsonParser json, byte[] object) throws IOException {
    boolean isEvent = false;
    boolean isOfKinesis = false;
    Enveloped detail = null;
    Enveloped data = null;
    List<Enveloped> records = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (name.equals("Records") && value == JsonToken.START_ARRAY) {
        records = elements(json, object);
      } else if (name.equals("kinesis") && value == JsonToken.START_OBJECT) {
        isOfKinesis = true;
        data = dataIn(json);
      } else if (name.equals("data") && value == JsonToken.VALUE_STRING && data == null) {
        data = decoded(json.getText());
      } else if (name.equals("detail") && value == JsonToken.START_OBJECT) {
        detail = taken(json, object);
      } else {
        isEvent |= name.equals("detail-type");
        isOfKinesis |= name.equals("eventSource") && "aws:kinesis".equals(json.getText());
        json.skipChildren();
      }
    }
    if (records != null) {
      return records;
    }
    if (isEvent && detail != null) {
      return List.of(detail);
    }
    return isOfKinesis && data != null ? List.of(data) : null;
  }

  private static List<Enveloped> elements(JsonParser json, byte[] object) throws IOException {
    List<Enveloped> records = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      Enveloped element = taken(json, object);
      List<Enveloped> within = open(element.bytes);
      if (within == null) {
        records.add(element);
      } else {
        within.forEach(
            record -> records.add(new Enveloped(element.offset + record.offset, record.bytes)));
      }
    }
    return records;
  }

  /** Takes the value whose first token is the current one. */
  private static Enveloped taken(JsonParser json, byte[] object) throws IOException {
    int from = (int) json.currentTokenLocation().getByteOffset();
    if (json.currentToken().isScalarValue()) {
      json.getText();
    } else {
      json.skipChildren();
    }
    int to = (int) json.currentLocation().getByteOffset();
    return new Enveloped(from, Arrays.copyOfRange(object, from, to));
  }

  private static @Nullable Enveloped dataIn(JsonParser json) throws IOException {
    Enveloped data = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean isData = json.currentName().equals("data");
      JsonToken value = json.nextToken();
      if (isData && value == JsonToken.VALUE_STRING) {
        data = decoded(json.getText());
      }
      json.skipChildren();
    }
    return data;
  }

  /** Returns null for what is not Base64. */
  private static @Nullable Enveloped decoded(String base64) {
    try {
      return new Enveloped(0, Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
