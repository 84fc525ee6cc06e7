/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.json;

import io.sluice.format.FileSlice;
import io.sluice.format.Format;
import io.sluice.format.RecordReader;
import io.sluice.format.stream.RecordSplitter;
import io.sluice.item.InvalidItemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Recognises files of change records. Read as items, they would become maps of images, and deletes
 * would be written. They are recognised by the members of their records, those with columns by
 * {@code Op} and {@code eventName}.
 */
public final class ChangeRecords {
  private static final String OP = "Op";
  private static final Set<String> OPERATIONS = Set.of("I", "U", "D");
  private static final String EVENT = "eventName";
  private static final Set<String> ACTIONS = Set.of("INSERT", "MODIFY", "REMOVE", "PUT", "DELETE");
  private static final Set<String> EVENTS = Set.of("INSERT", "MODIFY", "REMOVE");

  /** The formats in which changes of AWS DMS are applied. */
  private static final Set<String> FORMATS_OF_DMS = Set.of("CSV", "PARQUET");

  private static final int RECORDS_LOOKED_AT = 1_000;

  private ChangeRecords() {}

  /** Returns the refusal as a sentence without its subject, the file. */
  public static String refusal(ChangeKind kind) {
    return kind == ChangeKind.EVENTS ? unapplied(kind.text()) : refusal(kind.text());
  }

  /**
   * Returns the refusal of a file with columns as a sentence without its subject, the file.
   *
   * @param format of the file
   */
  public static String refusal(ChangeKind kind, Format format) {
    return isAppliedIn(format.name()) ? refusal(kind) : unapplied(kind.text());
  }

  /**
   * Whether changes are applied that are in files with columns.
   *
   * @param format the name of their format
   */
  public static boolean isAppliedIn(String format) {
    return FORMATS_OF_DMS.contains(format);
  }

  /**
   * Returns the refusal as a sentence without its subject, the file.
   *
   * @param kind in words
   */
  public static String refusal(String kind) {
    return unapplied(kind) + "; import --changes=APPLY applies them";
  }

  private static String unapplied(String kind) {
    return "holds change records and no items: " + kind;
  }

  /**
   * Names the kind of change records at the beginning of a JSON file; null for other files.
   *
   * @param head the first bytes of the file
   */
  public static @Nullable String inJson(byte[] head) {
    try {
      RecordSplitter records =
          JsonRecords.linesOrObjects(new ByteArrayInputStream(head), JsonLayout.Envelopes.NONE);
      while (records.next()) {
        ChangeKind kind = kindOf(JsonOutline.of(records.record()).value());
        if (kind != null) {
          return kind.text();
        }
      }
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory does not fail", e);
    }
  }

  /** Returns the kind of change record that a JSON value, or a part of one, is; null for none. */
  public static @Nullable ChangeKind kindOf(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> object)) {
      return null;
    }
    if (object.get("Records") instanceof List<?> events && !events.isEmpty()) {
      return events.get(0) instanceof Map<?, ?> event ? eventKind(event) : null;
    }
    ChangeKind event = eventKind(object);
    if (event != null) {
      return event;
    }
    if (isOfIncrementalExport(object)) {
      return ChangeKind.INCREMENTAL_EXPORT;
    }
    boolean delta =
        object.size() <= 3
            && isOneOf(ACTIONS, object.get("action"))
            && object.containsKey("sequenceNumber")
            && (object.size() == 2 || object.containsKey("object"));
    return delta ? ChangeKind.SIMPLE : null;
  }

  /** The JDK's immutable sets throw when asked for null. */
  private static boolean isOneOf(Set<String> names, @Nullable Object value) {
    return value instanceof String && names.contains(value);
  }

  /** Returns the kind of an event that may lie in others, as in one of EventBridge or Kinesis. */
  private static @Nullable ChangeKind eventKind(Map<?, ?> event) {
    if (event.containsKey("detail-type") && event.get("detail") instanceof Map<?, ?> detail) {
      return streamKind(detail);
    }
    Object data = event.get("kinesis") instanceof Map<?, ?> kinesis ? kinesis.get("data") : null;
    if (data == null && "aws:kinesis".equals(event.get("eventSource"))) {
      data = event.get("data");
    }
    return data instanceof String base64 ? kindWithin(base64) : streamKind(event);
  }

  private static @Nullable ChangeKind kindWithin(String base64) {
    try {
      byte[] json = Base64.getDecoder().decode(base64);
      return JsonOutline.of(json).value() instanceof Map<?, ?> event ? streamKind(event) : null;
    } catch (IllegalArgumentException e) {
      // It may be cut off, or be something else.
      return null;
    }
  }

  private static @Nullable ChangeKind streamKind(Map<?, ?> event) {
    boolean isEvent =
        isOneOf(EVENTS, event.get("eventName"))
            && event.get("dynamodb") instanceof Map<?, ?> change
            && (change.containsKey("Keys") || change.containsKey("ApproximateCreationDateTime"));
    if (!isEvent) {
      return null;
    }
    return event.containsKey("recordFormat") || event.containsKey("tableName")
        ? ChangeKind.KINESIS
        : ChangeKind.STREAM;
  }

  private static boolean isOfIncrementalExport(Map<?, ?> object) {
    return object.get("Metadata") instanceof Map<?, ?> metadata
        && metadata.containsKey("WriteTimestampMicros")
        && object.get("Keys") instanceof Map<?, ?>
        && Set.of("Metadata", "Keys", "OldImage", "NewImage").containsAll(object.keySet());
  }

  /**
   * Returns the kind of changes that a file with columns holds; null for none. Its first column is
   * named {@code Op} and contains only I, U and D in its first thousand records, or any column is
   * named {@code eventName} and contains only INSERT, MODIFY and REMOVE in them.
   */
  public static @Nullable ChangeKind inColumns(Format format, FileSlice slice, RecordReader opened)
      throws IOException {
    List<String> columns = opened.columns();
    if (!columns.isEmpty() && columns.get(0).equals(OP) && hasOnly(format, slice, OP, OPERATIONS)) {
      return ChangeKind.DMS;
    }
    return columns.contains(EVENT) && hasOnly(format, slice, EVENT, EVENTS)
        ? ChangeKind.EVENTS
        : null;
  }

  /** Whether the first records of a file, one or more, have one of these values in a column. */
  private static boolean hasOnly(Format format, FileSlice slice, String column, Set<String> values)
      throws IOException {
    boolean any = false;
    try (RecordReader records = format.open(slice)) {
      for (int i = 0; i < RECORDS_LOOKED_AT && records.next(); i++) {
        Map<String, AttributeValue> item = itemOf(records);
        AttributeValue value = item == null ? null : item.get(column);
        if (item != null && (value == null || !isOneOf(values, value.s()))) {
          return false;
        }
        any |= item != null;
      }
    }
    return any;
  }

  /** Returns null for a record that is damaged or skipped, which shows nothing about the column. */
  private static @Nullable Map<String, AttributeValue> itemOf(RecordReader records) {
    try {
      return records.parse();
    } catch (InvalidItemException e) {
      return null;
    }
  }
}
