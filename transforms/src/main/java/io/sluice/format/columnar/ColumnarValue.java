/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.columnar;

import io.sluice.format.stream.Utf8;
import io.sluice.item.InvalidItemException;
import io.sluice.item.Reason;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Creates the values of a columnar file, plain objects between its decoder and {@link
 * ItemFromColumns}: String; Boolean; Long and {@link BigInteger} for whole numbers; {@link
 * BigDecimal}; Float; Double; byte[]; {@link List} and {@link Map}, which may contain null; and
 * {@link Unusable}.
 *
 * <p>A decoder reads every record to its end, whatever it contains: a value that cannot become an
 * attribute is kept as {@link Unusable}, and refused when the item is made.
 */
public final class ColumnarValue {
  /**
   * The maximum nesting depth that is followed: far beyond DynamoDB's 32, and safe for the stack.
   */
  public static final int MAX_LEVELS = 500;

  private static final long NANOS = 1_000_000_000L;
  private static final long MICROS = 1_000_000L;
  private static final long NANOS_OF_MICRO = 1_000L;

  private static final long SECONDS_OF_DAY = 86_400;

  /** Days from the epoch of Julian days, in which INT96 counts, to 1970-01-01. */
  private static final long JULIAN_EPOCH = 2_440_588;

  private ColumnarValue() {}

  /**
   * A value that cannot become an attribute.
   *
   * @param reason why the record is rejected
   * @param message what is wrong, without the value
   * @param raw the value as far as it could be read
   */
  public record Unusable(Reason reason, String message, Object raw) {}

  /** Decodes a string; {@link Unusable} when the bytes are not UTF-8. */
  public static Object string(byte[] utf8) {
    try {
      return Utf8.decode(utf8);
    } catch (InvalidItemException e) {
      return new Unusable(e.reason(), "a string that is not valid UTF-8", utf8);
    }
  }

  /** Converts a decimal from its unscaled value in big-endian two's complement. */
  public static Object decimal(byte[] unscaled, int scale) {
    return unscaled.length == 0
        ? new Unusable(Reason.NOT_OF_TYPE, "a decimal of no bytes", unscaled)
        : new BigDecimal(new BigInteger(unscaled), scale);
  }

  /** Formats a UUID of 16 bytes. */
  public static Object uuid(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return bytes.length == 16 ? new UUID(in.getLong(), in.getLong()).toString() : bytes;
  }

  /** Converts a half-precision (16-bit) float, little-endian. */
  public static Object half(byte[] bytes) {
    if (bytes.length != 2) {
      return bytes;
    }
    int bits = bytes[0] & 0xFF | bytes[1] << 8;
    int exponent = bits >>> 10 & 0x1F;
    int fraction = bits & 0x3FF;
    float size =
        switch (exponent) {
          case 0 -> fraction * 0x1p-24f;
          case 0x1F -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
          default -> Math.scalb(1 + fraction * 0x1p-10f, exponent - 15);
        };
    return bits < 0 ? -size : size;
  }

  /** Formats a date, such as {@code 2019-01-31}. */
  public static String date(long epochDay) {
    return LocalDate.ofEpochDay(epochDay).toString();
  }

  /** Formats a time, such as {@code 10:00:00} or {@code 10:00:00.250}. */
  public static Object time(long sinceMidnight, long unitsPerSecond) {
    if (sinceMidnight < 0 || sinceMidnight >= SECONDS_OF_DAY * unitsPerSecond) {
      return new Unusable(Reason.NOT_OF_TYPE, "a time of day beyond 24 hours", sinceMidnight);
    }
    return timestamp(sinceMidnight, unitsPerSecond, false).substring("1970-01-01T".length());
  }

  /**
   * Formats a timestamp, such as {@code 2019-01-31T10:00:00.250Z}; without the Z if it has no zone.
   */
  public static String timestamp(long sinceEpoch, long unitsPerSecond, boolean utc) {
    long fraction = Math.floorMod(sinceEpoch, unitsPerSecond);
    String text =
        instant(Math.floorDiv(sinceEpoch, unitsPerSecond), fraction * (NANOS / unitsPerSecond));
    return utc ? text : local(text);
  }

  /**
   * Formats an INT96 timestamp of 12 bytes, little-endian: the nanosecond of the day and the Julian
   * day.
   *
   * <p>Spark, which writes them, calculates in 64-bit microseconds, which overflow: beyond the year
   * 287564 its Julian days are negative, and only the same overflow recovers the date.
   */
  public static String int96(ByteBuffer littleEndian) {
    long nanoOfDay = littleEndian.getLong();
    long day = littleEndian.getInt() - JULIAN_EPOCH;
    long micros = day * SECONDS_OF_DAY * MICROS + Math.floorDiv(nanoOfDay, NANOS_OF_MICRO);
    long nanos = Math.floorMod(micros, MICROS) * NANOS_OF_MICRO;
    return instant(Math.floorDiv(micros, MICROS), nanos + Math.floorMod(nanoOfDay, NANOS_OF_MICRO));
  }

  private static String instant(long second, long nano) {
    return Instant.ofEpochSecond(second, nano).toString();
  }

  private static String local(String instant) {
    return instant.substring(0, instant.length() - 1);
  }

  /**
   * Creates a map from entries in their order. In DynamoDB the keys of a map are unique strings:
   * keys that are whole numbers become their digits; a map with other keys, or the same key twice,
   * is {@link Unusable}.
   */
  public static Object map(List<Map.Entry<Object, @Nullable Object>> entries) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>(entries.size() * 2);
    for (Map.Entry<Object, @Nullable Object> entry : entries) {
      Object key = entry.getKey();
      if (!(key instanceof String || key instanceof Long || key instanceof BigInteger)) {
        String message = "a map with a key that is neither a string nor a whole number";
        return new Unusable(Reason.NOT_OF_TYPE, message, pairs(entries));
      }
      if (map.containsKey(key.toString())) {
        return new Unusable(Reason.MALFORMED, "a map with a key that occurs twice", pairs(entries));
      }
      map.put(key.toString(), entry.getValue());
    }
    return map;
  }

  private static List<Object> pairs(List<Map.Entry<Object, @Nullable Object>> entries) {
    List<Object> pairs = new ArrayList<>();
    for (Map.Entry<Object, @Nullable Object> entry : entries) {
      List<@Nullable Object> pair = new ArrayList<>();
      pair.add(entry.getKey());
      pair.add(entry.getValue());
      pairs.add(pair);
    }
    return pairs;
  }
}
