/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.record;

import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemCoder;
import io.sluice.item.ItemKey;
import io.sluice.item.KeySchema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Parses records of a DynamoDB Stream as Lambda, EventBridge Pipes and our own feeds have them: a
 * JSON object with {@code eventName} and, in {@code dynamodb}, keys, image, sequence number and
 * time.
 */
public final class StreamRecordParser implements ChangeParser {
  /** Sequence numbers of the service have up to 40 digits. */
  private static final Pattern SEQUENCE = Pattern.compile("[0-9]{1,100}");

  /** Where the time of a stream is put in an order of several: no sequence number reaches there. */
  private static final int STREAM_SHIFT = 336;

  private static final BigDecimal MILLIS = BigDecimal.valueOf(1000);
  private static final String WHAT = "a DynamoDB Stream";

  private final KeySchema schema;
  private final @Nullable ChangeRules rules;

  /** Null when records are held against rules. */
  private final @Nullable PlainStreamRecords plain;

  private final ChangeSource source;

  /**
   * Parses records of one stream, as the service has made them.
   *
   * @param schema the primary key of the table
   */
  public StreamRecordParser(KeySchema schema) {
    this.schema = schema;
    this.rules = null;
    this.plain = new PlainStreamRecords(schema);
    this.source = ChangeSource.UNKNOWN;
  }

  /**
   * Parses records that somebody has kept, perhaps of streams that followed each other: a later
   * stream of the table has greater {@linkplain Change#sequence sequences}.
   */
  public StreamRecordParser(ChangeRules rules, ChangeSource source) {
    this.schema = rules.schema();
    this.rules = rules;
    this.plain = null;
    this.source = source;
  }

  /** Returns what a record says of its table and stream. */
  public static ChangeSource sourceOf(byte[] record) throws InvalidItemException {
    EventDraft draft = EventDraft.read(record, WHAT);
    return new ChangeSource(
        draft.table(), ChangeSource.Others.REFUSED, draft.streamLabel() != null);
  }

  /**
   * Parses one record.
   *
   * @throws InvalidItemException when it is no record of a stream, has another key, or has no image
   *     of the item after the change; the message repeats no contents
   */
  @Override
  public @Nullable Change parse(byte[] utf8) throws InvalidItemException {
    Change change = plain == null ? null : plain.change(utf8);
    return change == null ? parseAll(utf8) : change;
  }

  /** Parses a record as {@link #parse} does those that are not plain. */
  @Nullable Change parseAll(byte[] utf8) throws InvalidItemException {
    EventDraft draft = EventDraft.read(utf8, WHAT);
    return rules == null ? ofService(draft) : checked(draft, rules);
  }

  /**
   * Parses one record again, for what the item was before the change.
   *
   * @return a {@linkplain Change#mark mark}
   * @throws InvalidItemException as {@link #parse}
   */
  public Change parseBefore(byte[] utf8) throws InvalidItemException {
    EventDraft draft = EventDraft.read(utf8, WHAT, true);
    Change change = ofService(draft);
    Map<String, AttributeValue> old = draft.old();
    if (draft.isInsert()) {
      return change.markAfter(null);
    }
    if (old == null) {
      return change.mark();
    }
    if (!ItemKey.of(old, schema).equals(change.key())) {
      throw draft.malformed("its OldImage has another key than its Keys");
    }
    return change.markAfter(ItemCoder.toBytes(old));
  }

  private Change ofService(EventDraft draft) throws InvalidItemException {
    BigInteger sequence = sequence(draft);
    long millis = millis(draft);
    ItemKey key = ItemKey.of(draft.keys(), schema);
    Map<String, AttributeValue> image = draft.image();
    if (image != null && !ItemKey.of(image, schema).equals(key)) {
      throw draft.malformed("its NewImage has another key than its Keys");
    }
    return Change.of(key, sequence, millis, image == null ? null : ItemCoder.toBytes(image));
  }

  private @Nullable Change checked(EventDraft draft, ChangeRules to) throws InvalidItemException {
    if (draft.isLeftOutBy(source)) {
      return null;
    }
    BigInteger sequence = sequence(draft).or(streamTime(draft).shiftLeft(STREAM_SHIFT));
    long millis = millis(draft);
    Map<String, AttributeValue> keys = draft.keys();
    Map<String, AttributeValue> image = draft.image();
    draft.checkIsOf(source);
    return image == null
        ? to.delete(keys, sequence, millis)
        : to.put(keys, image, sequence, millis);
  }

  private static BigInteger sequence(EventDraft draft) throws InvalidItemException {
    String sequence = draft.sequence();
    if (sequence == null || !SEQUENCE.matcher(sequence).matches()) {
      throw draft.malformed("its SequenceNumber is missing or no number");
    }
    return new BigInteger(sequence);
  }

  private static long millis(EventDraft draft) throws InvalidItemException {
    BigDecimal seconds = draft.time();
    if (seconds == null || seconds.signum() < 0 || seconds.precision() - seconds.scale() > 12) {
      throw draft.malformed("its ApproximateCreationDateTime is missing or no time");
    }
    return seconds.multiply(MILLIS).longValue();
  }

  /** Returns when the stream was enabled, which is its label; 0 if no record names its stream. */
  private BigInteger streamTime(EventDraft draft) throws InvalidItemException {
    String label = draft.streamLabel();
    Boolean hasStream = source.hasStream();
    if (hasStream != null && hasStream != (label != null)) {
      throw draft.malformed(
          hasStream
              ? "it names no stream, and the first record of the input does, so its place is"
                  + " unknown"
              : "it names its stream, and the first record of the input does not, so its place is"
                  + " unknown");
    }
    if (label == null) {
      return BigInteger.ZERO;
    }
    try {
      return BigInteger.valueOf(
          LocalDateTime.parse(label).toInstant(ZoneOffset.UTC).toEpochMilli());
    } catch (DateTimeException e) {
      throw draft.malformed("the label of its stream is no time");
    }
  }
}
