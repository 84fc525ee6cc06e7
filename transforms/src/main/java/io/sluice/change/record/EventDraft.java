/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.record;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.item.InvalidItemException;
import io.sluice.item.Reason;
import io.sluice.item.json.ItemJson;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a record of DynamoDB Streams, or of Kinesis Data Streams for DynamoDB, says. */
final class EventDraft {
  /** The table and the label of the stream, which is the time when it was enabled. */
  private static final Pattern STREAM = Pattern.compile("arn:.*:table/([^/]+)/stream/([^/]+)");

  /** Follows the name of the form in messages. */
  private final String what;

  private @Nullable String event;
  private @Nullable String sequence;
  private @Nullable BigDecimal time;
  private @Nullable String precision;
  private @Nullable String tableName;
  private @Nullable String streamArn;
  private @Nullable Map<String, AttributeValue> keys;
  private @Nullable Map<String, AttributeValue> image;
  private @Nullable Map<String, AttributeValue> old;
  private final boolean readsOld;

  private EventDraft(String what, boolean readsOld) {
    this.what = what;
    this.readsOld = readsOld;
  }

  /**
   * Reads a record.
   *
   * @param what the form of the record, for messages
   */
  static EventDraft read(byte[] utf8, String what) throws InvalidItemException {
    return read(utf8, what, false);
  }

  /**
   * Reads a record.
   *
   * @param what the form of the record, for messages
   * @param readsOld whether the item before the change is of interest
   */
  static EventDraft read(byte[] utf8, String what, boolean readsOld) throws InvalidItemException {
    return ItemJson.read(
        utf8,
        json -> {
          EventDraft draft = new EventDraft(what, readsOld);
          if (json.nextToken() != JsonToken.START_OBJECT) {
            throw draft.malformed("it is no JSON object");
          }
          draft.readRecord(json);
          if (json.nextToken() != null) {
            throw draft.malformed("something follows the object");
          }
          return draft;
        });
  }

  InvalidItemException malformed(String why) {
    return new InvalidItemException(Reason.MALFORMED, "not a record of " + what + ": " + why);
  }

  private void readRecord(JsonParser json) throws IOException, InvalidItemException {
    boolean isOfKinesis = false;
    boolean hasData = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (name) {
        case "eventName" -> event = text(json, value);
        case "eventSourceARN" -> streamArn = text(json, value);
        case "tableName" -> tableName = text(json, value);
        case "dynamodb" -> {
          if (value == JsonToken.START_OBJECT) {
            readChange(json);
          } else {
            json.skipChildren();
          }
        }
        // By these an envelope holds records, which would be passed over.
        case "Records", "detail", "kinesis" -> {
          if (value.isStructStart()) {
            throw malformed("its member " + name + " may hold other records");
          }
        }
        case "eventSource" -> isOfKinesis = "aws:kinesis".equals(text(json, value));
        case "data" -> {
          hasData = true;
          json.skipChildren();
        }
        default -> json.skipChildren();
      }
    }
    if (isOfKinesis && hasData) {
      throw malformed("its member data may hold another record");
    }
  }

  private void readChange(JsonParser json) throws IOException, InvalidItemException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (name) {
        case "ApproximateCreationDateTime" ->
            time = value.isNumeric() ? json.getDecimalValue() : null;
        case "ApproximateCreationDateTimePrecision" -> precision = text(json, value);
        case "SequenceNumber" -> sequence = text(json, value);
        case "Keys" -> keys = attributes(json, value);
        case "NewImage" -> image = attributes(json, value);
        case "OldImage" -> {
          if (readsOld) {
            old = attributes(json, value);
          } else {
            json.skipChildren();
          }
        }
        default -> json.skipChildren();
      }
    }
  }

  private static @Nullable String text(JsonParser json, JsonToken value) throws IOException {
    json.skipChildren();
    return value.isScalarValue() ? json.getValueAsString() : null;
  }

  private static @Nullable Map<String, AttributeValue> attributes(JsonParser json, JsonToken value)
      throws IOException, InvalidItemException {
    if (value == JsonToken.START_OBJECT) {
      return ItemJson.parse(json);
    }
    json.skipChildren();
    return null;
  }

  @Nullable String sequence() {
    return sequence;
  }

  @Nullable BigDecimal time() {
    return time;
  }

  @Nullable String precision() {
    return precision;
  }

  /** Returns the table that the record names; null for none. */
  @Nullable String table() {
    if (tableName != null || streamArn == null) {
      return tableName;
    }
    Matcher stream = STREAM.matcher(streamArn);
    return stream.matches() ? stream.group(1) : null;
  }

  /** Returns the label of the stream that the record names; null for none. */
  @Nullable String streamLabel() {
    Matcher stream = STREAM.matcher(streamArn == null ? "" : streamArn);
    return stream.matches() ? stream.group(2) : null;
  }

  /** Returns the key attributes. */
  Map<String, AttributeValue> keys() throws InvalidItemException {
    if (keys == null) {
      throw malformed("its Keys are missing");
    }
    return keys;
  }

  /** Returns the item after the change; null when it is gone. */
  @Nullable Map<String, AttributeValue> image() throws InvalidItemException {
    switch (event == null ? "" : event) {
      case "REMOVE" -> {
        if (image != null) {
          throw malformed("it is a REMOVE with a NewImage");
        }
        return null;
      }
      case "INSERT", "MODIFY" -> {
        if (image == null) {
          throw malformed("its NewImage is missing");
        }
        return image;
      }
      default -> throw malformed("its eventName is none of INSERT, MODIFY and REMOVE");
    }
  }

  /** Whether there was no item before. */
  boolean isInsert() {
    return "INSERT".equals(event);
  }

  /** Returns the item before the change; null when the record does not have it. */
  @Nullable Map<String, AttributeValue> old() {
    return old;
  }

  /** Whether the change is left out, for it is one of another table, whatever else it says. */
  boolean isLeftOutBy(ChangeSource source) {
    String table = table();
    return source.others() == ChangeSource.Others.SKIPPED
        && table != null
        && !table.equals(source.table());
  }

  /**
   * Checks that the change, which is not left out, is one of the table that is wanted.
   *
   * @throws InvalidItemException when it is not, or nobody knows
   */
  void checkIsOf(ChangeSource source) throws InvalidItemException {
    String table = table();
    if (source.others() == ChangeSource.Others.TAKEN || Objects.equals(table, source.table())) {
      return;
    }
    throw new InvalidItemException(
        Reason.NOT_AN_ITEM,
        table == null
            ? "the record names no table, so it is not known whether it is a change of this one"
            : "the record is a change of another table than the first one of the input:"
                + " --changesOf names the table that is meant");
  }
}
