/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.record;

import io.sluice.item.InvalidItemException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Parses records of Kinesis Data Streams for DynamoDB. They have no sequence number: the order of
 * the changes of a key is that of their times, in microseconds.
 */
public final class KinesisRecordParser implements ChangeParser {
  private static final String WHAT = "Kinesis Data Streams for DynamoDB";
  private static final BigDecimal MICROS_PER_MILLI = BigDecimal.valueOf(1000);

  /** No time in milliseconds is as great, and any of the last fifty years in microseconds is. */
  private static final BigDecimal LEAST_MICROS = BigDecimal.TEN.pow(14);

  private static final BigDecimal MOST_MICROS = BigDecimal.TEN.pow(17);

  private final ChangeRules rules;
  private final ChangeSource source;

  public KinesisRecordParser(ChangeRules rules, ChangeSource source) {
    this.rules = rules;
    this.source = source;
  }

  /** Returns what a record says of its table. */
  public static ChangeSource sourceOf(byte[] record) throws InvalidItemException {
    String table = EventDraft.read(record, WHAT).table();
    return new ChangeSource(table, ChangeSource.Others.REFUSED, false);
  }

  @Override
  public @Nullable Change parse(byte[] utf8) throws InvalidItemException {
    EventDraft draft = EventDraft.read(utf8, WHAT);
    if (draft.isLeftOutBy(source)) {
      return null;
    }
    long micros = micros(draft);
    Map<String, AttributeValue> keys = draft.keys();
    Map<String, AttributeValue> image = draft.image();
    draft.checkIsOf(source);
    BigInteger sequence = BigInteger.valueOf(micros);
    long millis = micros / 1000;
    return image == null
        ? rules.delete(keys, sequence, millis)
        : rules.put(keys, image, sequence, millis);
  }

  private static long micros(EventDraft draft) throws InvalidItemException {
    BigDecimal time = draft.time();
    if (time == null || time.signum() < 0) {
      throw draft.malformed("its ApproximateCreationDateTime is missing or no time");
    }
    BigDecimal micros = isInMicros(draft, time) ? time : time.multiply(MICROS_PER_MILLI);
    if (micros.compareTo(MOST_MICROS) >= 0) {
      throw draft.malformed("its ApproximateCreationDateTime is no time of its precision");
    }
    return micros.longValue();
  }

  /** Records from before 2023 do not name their precision, which is milliseconds. */
  private static boolean isInMicros(EventDraft draft, BigDecimal time) throws InvalidItemException {
    String precision = draft.precision();
    if (precision == null) {
      return time.compareTo(LEAST_MICROS) >= 0;
    }
    return switch (precision) {
      case "MICROSECOND" -> true;
      case "MILLISECOND" -> false;
      default -> throw draft.malformed("its ApproximateCreationDateTimePrecision is not known");
    };
  }
}
