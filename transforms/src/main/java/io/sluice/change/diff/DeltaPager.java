/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.diff;

import io.sluice.change.stream.RecordJson;
import io.sluice.item.ItemKey;
import io.sluice.item.ItemSize;
import io.sluice.item.KeyAttribute;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Consumer;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/**
 * Writes differences as records of a stream, in pages. What only the service knows is told apart:
 * the source is {@value #SOURCE}, and there is no region. Not thread-safe.
 */
final class DeltaPager implements BucketDiff.Differences {
  /** In place of {@code aws:dynamodb}. */
  static final String SOURCE = "sluice:diff";

  private static final String VERSION = "1.1";

  /** The length of items in a page, beyond which it is passed on. */
  private static final long PAGE_BYTES = 256 << 10;

  private final DeltaStamp stamp;
  private final Consumer<DeltaPage> full;
  private final MessageDigest md5;
  private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
  private @Nullable RecordJson json;
  private int records;
  private long bytes;

  /**
   * @param full receives the pages
   */
  DeltaPager(DeltaStamp stamp, Consumer<DeltaPage> full) {
    this.stamp = stamp;
    this.full = full;
    try {
      this.md5 = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has MD5", e);
    }
  }

  @Override
  public void add(
      ItemKey key,
      @Nullable Map<String, AttributeValue> from,
      @Nullable Map<String, AttributeValue> to) {
    Record record = record(key, from, to);
    try {
      json = json == null ? new RecordJson(stamp.feed(), lines) : json;
      json.write(record);
    } catch (IOException e) {
      throw new UncheckedIOException("an array takes no bytes", e);
    }
    records++;
    bytes += record.dynamodb().sizeBytes();
    if (bytes >= PAGE_BYTES) {
      flush();
    }
  }

  /** Passes on what was not passed on yet. */
  void flush() {
    if (json == null) {
      return;
    }
    try {
      json.close();
    } catch (IOException e) {
      throw new UncheckedIOException("an array takes no bytes", e);
    }
    full.accept(DeltaPage.of(records, lines.toByteArray()));
    lines.reset();
    json = null;
    records = 0;
    bytes = 0;
  }

  private Record record(
      ItemKey key,
      @Nullable Map<String, AttributeValue> from,
      @Nullable Map<String, AttributeValue> to) {
    Map<String, AttributeValue> keys = new HashMap<>();
    for (KeyAttribute attribute : stamp.key().attributes()) {
      keys.put(attribute.name(), (to == null ? from : to).get(attribute.name()));
    }
    StreamRecord.Builder change =
        StreamRecord.builder()
            .approximateCreationDateTime(stamp.time())
            .keys(keys)
            .sequenceNumber(stamp.sequence())
            .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES);
    long size = ItemSize.of(keys);
    if (to != null) {
      change.newImage(to);
      size += ItemSize.of(to);
    }
    if (from != null) {
      change.oldImage(from);
      size += ItemSize.of(from);
    }
    return Record.builder()
        .eventID(id(key))
        .eventName(
            from == null
                ? OperationType.INSERT
                : to == null ? OperationType.REMOVE : OperationType.MODIFY)
        .eventVersion(VERSION)
        .eventSource(SOURCE)
        .dynamodb(change.sizeBytes(size).build())
        .build();
  }

  /** Returns the same for the same difference, whoever writes it. */
  private String id(ItemKey key) {
    md5.update(stamp.feed().getBytes(StandardCharsets.UTF_8));
    md5.update(stamp.sequence().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(md5.digest(key.bytes()));
  }
}
