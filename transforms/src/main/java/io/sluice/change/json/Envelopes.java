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
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
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

  /** The members that hold records, or are those of one. */
  private static final Set<String> OF_RECORDS =
      Set.of(
          "Records",
          "data",
          "detail",
          "dynamodb",
          "eventID",
          "eventName",
          "eventSourceARN",
          "kinesis");

  /** Those of them that are nowhere else, either. */
  private static final Set<String> OF_RECORDS_ONLY = Set.of("dynamodb", "kinesis");

  /**
   * A record within an envelope.
   *
   * @param offset of its first byte in the envelope; of one in Base64 that of the object around it
   */
  public record Enveloped(int offset, byte[] bytes) {}

  private Envelopes() {}

  /**
   * Opens an envelope, and those that are elements of its {@code Records}.
   *
   * @param object valid JSON, or nearly
   * @return the records in it, in their order; null when it is no envelope, is a record itself, may
   *     hold records in more than one place, or has a name twice
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
    Set<String> names = new HashSet<>();
    boolean isEvent = false;
    boolean isOfKinesis = false;
    boolean mayHoldMore = false;
    List<Enveloped> records = null;
    List<Enveloped> detail = null;
    List<Enveloped> kinesis = null;
    List<Enveloped> data = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      if (!names.add(name)) {
        return null;
      }
      JsonToken value = json.nextToken();
      if (name.equals("Records") && value == JsonToken.START_ARRAY) {
        records = elements(json, object);
      } else if (name.equals("kinesis") && value == JsonToken.START_OBJECT) {
        isOfKinesis = true;
        kinesis = dataIn(json);
      } else if (name.equals("data") && value == JsonToken.VALUE_STRING) {
        data = decoded(json.getText());
      } else if (name.equals("detail") && value == JsonToken.START_OBJECT) {
        detail = List.of(taken(json, object));
      } else {
        isEvent |= name.equals("detail-type");
        isOfKinesis |= name.equals("eventSource") && "aws:kinesis".equals(json.getText());
        mayHoldMore |= mayBeWithin(json);
      }
    }
    boolean isMoreThanList = records != null && names.stream().anyMatch(Envelopes::isBesideList);
    if (mayHoldMore || isMoreThanList || names.contains("dynamodb")) {
      return null;
    }
    List<List<Enveloped>> found =
        Stream.of(records, detail, kinesis, isOfKinesis ? data : null)
            .filter(Objects::nonNull)
            .toList();
    return found.size() == 1 && (detail == null || isEvent) ? found.get(0) : null;
  }

  /**
   * Whether an object may hold records besides those of a list that was taken out of it.
   *
   * @param rest valid JSON, or nearly: the object without the list
   */
  static boolean mayHoldRecords(byte[] rest) {
    try (JsonParser json = JSON.createParser(rest)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean isOfRecords = OF_RECORDS.contains(json.currentName());
        json.nextToken();
        if (isOfRecords || mayBeWithin(json)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** Whether a member, beside a list of records, may be of another record or hold some. */
  private static boolean isBesideList(String name) {
    return OF_RECORDS.contains(name) && !name.equals("Records");
  }

  /** Skips the value whose first token is the current one; whether records may be within it. */
  private static boolean mayBeWithin(JsonParser json) throws IOException {
    boolean may = false;
    int depth = 0;
    for (JsonToken token = json.currentToken(); ; token = json.nextToken()) {
      if (token == JsonToken.FIELD_NAME) {
        may |= OF_RECORDS_ONLY.contains(json.currentName());
      } else if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      }
      if (depth == 0) {
        return may;
      }
    }
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

  private static @Nullable List<Enveloped> dataIn(JsonParser json) throws IOException {
    List<Enveloped> data = null;
    int found = 0;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean isData = json.currentName().equals("data");
      JsonToken value = json.nextToken();
      if (isData && value == JsonToken.VALUE_STRING) {
        found++;
        data = decoded(json.getText());
      }
      json.skipChildren();
    }
    return found > 1 ? null : data;
  }

  /** Returns null for what is not Base64. */
  private static @Nullable List<Enveloped> decoded(String base64) {
    try {
      return List.of(new Enveloped(0, Base64.getDecoder().decode(base64)));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
