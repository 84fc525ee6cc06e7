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
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Recognises files of change records. Read as items, they would become maps of images, and deletes
 * would be written. They are recognised by the members of their records, those of AWS DMS by their
 * first column.
 */
public final class ChangeRecords {
  private static final String OP = "Op";
  private static final Set<String> OPERATIONS = Set.of("I", "U", "D");
  private static final Set<String> EVENTS = Set.of("INSERT", "MODIFY", "REMOVE");
  private static final int RECORDS_LOOKED_AT = 1_000;

  private ChangeRecords() {}

  /** Returns the refusal as a sentence without its subject, the file. */
  public static String refusal(String kind) {
    return "holds change records and no items, which are not supported yet: " + kind;
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
        String kind = kindOf(JsonOutline.of(records.record()).value());
        if (kind != null) {
          return kind;
        }
      }
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory does not fail", e);
    }
  }

  /** Names the kind of change record that a JSON value, or a part of one, is. */
  public static @Nullable String kindOf(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> object)) {
      return null;
    }
    if (object.get("Records") instanceof List<?> events && !events.isEmpty()) {
      return events.get(0) instanceof Map<?, ?> event ? streamKind(event) : null;
    }
    String stream = streamKind(object);
    if (stream != null) {
      return stream;
    }
    if (isOfIncrementalExport(object)) {
      return "an incremental export of DynamoDB";
    }
    boolean delta =
        object.size() <= 3
            && isOneOf(EVENTS, object.get("action"))
            && object.containsKey("sequenceNumber")
            && (object.size() == 2 || object.containsKey("object"));
    return delta ? "records of action, sequenceNumber and object" : null;
  }

  /** The JDK's immutable sets throw when asked for null. */
  private static boolean isOneOf(Set<String> names, @Nullable Object value) {
    return value instanceof String && names.contains(value);
  }

  private static @Nullable String streamKind(Map<?, ?> event) {
    boolean isEvent =
        isOneOf(EVENTS, event.get("eventName"))
            && event.get("dynamodb") instanceof Map<?, ?> change
            && (change.containsKey("Keys") || change.containsKey("ApproximateCreationDateTime"));
    if (!isEvent) {
      return null;
    }
    return event.containsKey("recordFormat") || event.containsKey("tableName")
        ? "records of Kinesis Data Streams for DynamoDB"
        : "records of DynamoDB Streams";
  }

  private static boolean isOfIncrementalExport(Map<?, ?> object) {
    return object.get("Metadata") instanceof Map<?, ?> metadata
        && metadata.containsKey("WriteTimestampMicros")
        && object.get("Keys") instanceof Map<?, ?>
        && Set.of("Metadata", "Keys", "OldImage", "NewImage").containsAll(object.keySet());
  }

  /**
   * Whether a columnar or CSV file holds changes from AWS DMS: its first column is named {@code Op}
   * and contains only I, U and D in its first thousand records.
   */
  public static boolean areOfDms(Format format, FileSlice slice, RecordReader opened)
      throws IOException {
    if (!OP.equals(opened.firstColumn())) {
      return false;
    }
    boolean any = false;
    try (RecordReader records = format.open(slice)) {
      for (int i = 0; i < RECORDS_LOOKED_AT && records.next(); i++) {
        Map<String, AttributeValue> item = itemOf(records);
        AttributeValue op = item == null ? null : item.get(OP);
        if (item != null && (op == null || !isOneOf(OPERATIONS, op.s()))) {
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
