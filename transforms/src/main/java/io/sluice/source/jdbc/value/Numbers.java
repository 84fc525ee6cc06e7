/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc.value;

import io.sluice.format.columnar.ColumnarValue.Unusable;
import io.sluice.item.ItemNumber;
import io.sluice.item.Reason;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Converts numbers that are given as text. */
final class Numbers {
  /** The spellings of the values of databases that DynamoDB has no number for. */
  private static final Set<String> NOT_FINITE = Set.of("NaN", "Infinity", "-Infinity");

  private Numbers() {}

  /**
   * Converts a number to one with the same digits, in their {@linkplain ItemNumber#canonical
   * canonical} spelling: a {@link BigInteger} if it is whole and spelt without an exponent.
   *
   * @return {@link Unusable} for NaN and the infinities, and for text that is no number
   */
  static Object of(String text) {
    if (NOT_FINITE.contains(text)) {
      return new Unusable(
          Reason.NOT_OF_TYPE, "%s, which DynamoDB has no number for".formatted(text), text);
    }
    String canonical;
    try {
      canonical = ItemNumber.canonical(text);
    } catch (IllegalArgumentException e) {
      return new Unusable(Reason.NOT_OF_TYPE, "not a number", text);
    }
    return isWhole(canonical) ? new BigInteger(canonical) : new ExactNumber(canonical);
  }

  /** Converts a number of the class that a driver has for it; as {@link #of} if it is another. */
  static @Nullable Object ofDriver(@Nullable Object value) {
    if (value == null
        || value instanceof Long
        || value instanceof BigInteger
        || value instanceof Double
        || value instanceof Float) {
      return value;
    }
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    return of(value instanceof BigDecimal d ? d.toString() : value.toString());
  }

  private static boolean isWhole(String canonical) {
    return canonical.indexOf('.') < 0 && canonical.indexOf('E') < 0;
  }
}
