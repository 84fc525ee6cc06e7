/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Parses, checks and prints numbers as DynamoDB does.
 *
 * <p>A number is canonical when it has no trailing zeros, so that {@code 1}, {@code 1.0} and {@code
 * 1E0} are equal.
 */
public final class Numbers {

  /** Counts the significant digits that a number can have. */
  public static final int MAX_DIGITS = NumberScanner.MAX_DIGITS;

  private static final int MAX_MAGNITUDE = 125;
  private static final int MIN_MAGNITUDE = -130;
  private static final String NOT_NUMERIC = "The parameter cannot be converted to a numeric value";

  private Numbers() {}

  /** Parses a number as {@link #parse(String, Wording)} does, in the current wording. */
  public static BigDecimal parse(String text) {
    return parse(text, Wording.CURRENT);
  }

  /**
   * Parses a number of the service's JSON, in the notation of {@link BigDecimal} with ASCII digits.
   *
   * <p>The current layer of the service takes every exponent of 64 bits for a number, though one
   * out of range. The older one reads 32 bits, and takes the largest for a negative one.
   *
   * @throws DynamoDbException a ValidationException when it is no number, has more than 38
   *     significant digits, or its magnitude is not in 1E-130 to 9.99…E+125; that of zero is its
   *     exponent
   */
  public static BigDecimal parse(String text, Wording wording) {
    return scan(text, wording).number();
  }

  /** Does what {@link #parse(String, Wording)} does, and leaves the number in the scanner. */
  static NumberScanner scan(String text, Wording wording) {
    boolean older = wording == Wording.OLDER;
    NumberScanner scanner = new NumberScanner(text);
    if (!scanner.scan() || older && scanner.exponentBits() > Integer.SIZE) {
      throw DynamoDbException.validation(
          older && text.isEmpty() ? NOT_NUMERIC : NOT_NUMERIC + ": " + text);
    }
    long magnitude = scanner.magnitude();
    check(older ? (int) (magnitude + 1) - 1L : magnitude, scanner.digits());
    return scanner;
  }

  /**
   * Checks the digits and the magnitude of a number, of a sum for example.
   *
   * @return the number without trailing zeros
   * @throws DynamoDbException a ValidationException for the same reasons as {@link #parse(String,
   *     Wording)}
   */
  public static BigDecimal check(BigDecimal number) {
    BigDecimal canonical = canonical(number);
    if (canonical.signum() != 0) {
      int digits = canonical.precision();
      check((long) digits - canonical.scale() - 1, digits);
    }
    return canonical;
  }

  private static void check(long magnitude, int digits) {
    if (magnitude > MAX_MAGNITUDE) {
      throw DynamoDbException.validation(
          "Number overflow. Attempting to store a number with magnitude larger than supported"
              + " range");
    }
    if (magnitude < MIN_MAGNITUDE) {
      throw DynamoDbException.validation(
          "Number underflow. Attempting to store a number with magnitude smaller than supported"
              + " range");
    }
    if (digits > MAX_DIGITS) {
      throw DynamoDbException.validation(
          "Attempting to store more than 38 significant digits in a Number");
    }
  }

  /** Prints a number as the service does: all its digits, whatever its magnitude, no exponent. */
  public static String format(BigDecimal number) {
    return canonical(number).toPlainString();
  }

  static BigDecimal canonical(BigDecimal number) {
    return number.stripTrailingZeros();
  }

  static Set<BigDecimal> canonical(Set<BigDecimal> numbers) {
    if (Frozen.isFrozen(numbers)) {
      return numbers;
    }
    LinkedHashSet<BigDecimal> canonical = new LinkedHashSet<>();
    numbers.forEach(number -> canonical.add(canonical(number)));
    return Frozen.owned(canonical);
  }
}
