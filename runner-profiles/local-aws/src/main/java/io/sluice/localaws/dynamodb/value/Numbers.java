/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.Set;

/** Parses, checks and prints numbers as DynamoDB does. */
public final class Numbers {

  /** Counts the significant digits that a number can have. */
  public static final int MAX_DIGITS = 38;

  private Numbers() {}

  /**
   * Parses a number of the service's JSON.
   *
   * @throws DynamoDbException a ValidationException when it is no number, has more than 38
   *     significant digits, or its magnitude is neither 0 nor in 1E-130 to 9.99…E+125
   */
  public static BigDecimal parse(String text) {
    return check(new BigDecimal(text));
  }

  /**
   * Checks the digits and the magnitude of a number, of a sum for example.
   *
   * @return the number without trailing zeros
   * @throws DynamoDbException a ValidationException, as of {@link #parse}
   */
  public static BigDecimal check(BigDecimal number) {
    return canonical(number);
  }

  /** Prints a number as the service does. */
  public static String format(BigDecimal number) {
    return number.toPlainString();
  }

  static BigDecimal canonical(BigDecimal number) {
    return number.stripTrailingZeros();
  }

  static Set<BigDecimal> canonical(Set<BigDecimal> numbers) {
    LinkedHashSet<BigDecimal> canonical = new LinkedHashSet<>();
    numbers.forEach(number -> canonical.add(canonical(number)));
    return Frozen.owned(canonical);
  }
}
