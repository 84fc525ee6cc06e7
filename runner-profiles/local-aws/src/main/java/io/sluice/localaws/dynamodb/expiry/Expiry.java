/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.expiry;

import io.sluice.localaws.dynamodb.value.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * Says which items have expired, by the rules of "Using time to live" in the developer guide: the
 * attribute is a number, of seconds since the epoch, that has passed by no more than five years.
 *
 * @param attribute the one that has the time
 * @param now in seconds since the epoch
 * @param oldest times before this one, in seconds since the epoch, are taken for mistakes
 */
record Expiry(String attribute, BigDecimal now, BigDecimal oldest) {

  private static final int MAX_YEARS = 5;

  /** Says which items have expired at a time. */
  static Expiry at(String attribute, Instant now) {
    Instant oldest = now.atOffset(ZoneOffset.UTC).minusYears(MAX_YEARS).toInstant();
    return new Expiry(
        attribute,
        BigDecimal.valueOf(now.getEpochSecond()),
        BigDecimal.valueOf(oldest.getEpochSecond()));
  }

  /** Reports whether an item has expired. */
  boolean isOver(Map<String, Value> item) {
    return item.get(attribute) instanceof Value.N time
        && time.number().compareTo(now) < 0
        && time.number().compareTo(oldest) >= 0;
  }
}
