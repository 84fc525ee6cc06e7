/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.ion;

import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemNumber;
import io.sluice.item.Reason;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns Ion's decimals and integers into the text of an N, without floating point. */
final class IonNumbers {
  /** A number has at most 38 digits, and perhaps zeros. */
  private static final int MAX_LENGTH = 512;

  private static final String DIGITS = "[0-9](?:_?[0-9])*";
  private static final Pattern NUMBER =
      Pattern.compile(
          "-?(?:0|[1-9](?:_?[0-9])*)(?<fraction>\\.(?:"
              + DIGITS
              + ")?)?(?:[dD](?<exponent>[+-]?[0-9]+))?");

  /** A binary number, or a time: valid, but no N. */
  private static final Pattern OTHER =
      Pattern.compile(
          "-?(?:0|[1-9](?:_?[0-9])*)(?:\\.(?:"
              + DIGITS
              + ")?)?[eE][+-]?[0-9]+"
              + "|[+-]inf|-?0[xX][0-9a-fA-F](?:_?[0-9a-fA-F])*|-?0[bB][01](?:_?[01])*"
              + "|[0-9]{4}(?:T|-[0-9]{2}T?|-[0-9]{2}-[0-9]{2}.*)");

  private IonNumbers() {}

  /** Whether a token is a number or a time, rather than a name. */
  static boolean begins(int b) {
    return (b >= '0' && b <= '9') || b == '-' || b == '+';
  }

  /**
   * Returns a number with the digits that it has, and with an exponent only if it is very large or
   * small.
   *
   * @throws InvalidItemException NOT_OF_TYPE for a float, another base or a time; NUMBER_RANGE if
   *     it has more than 512 characters, or its exponent is beyond all bounds; else MALFORMED
   */
  static String text(String token) throws InvalidItemException {
    if (token.length() > MAX_LENGTH) {
      throw new InvalidItemException(
          Reason.NUMBER_RANGE, "a number of more than " + MAX_LENGTH + " characters");
    }
    Matcher number = NUMBER.matcher(token);
    if (!number.matches()) {
      if (OTHER.matcher(token).matches()) {
        throw new InvalidItemException(
            Reason.NOT_OF_TYPE,
            "a float, a time, or a number of another base; an N is a decimal or an integer");
      }
      throw IonTokens.malformed("a number");
    }
    String exponent = number.group("exponent");
    int end = exponent == null ? token.length() : number.start("exponent") - 1;
    String digits = token.substring(0, end).replace("_", "");
    if (digits.endsWith(".")) {
      digits = digits.substring(0, digits.length() - 1);
    }
    boolean isZero = digits.chars().allMatch(c -> c == '0' || c == '.' || c == '-');
    if (isZero) {
      return "0";
    }
    try {
      return exponent == null ? digits : ItemNumber.canonical(digits + "E" + exponent);
    } catch (IllegalArgumentException e) {
      throw new InvalidItemException(
          Reason.NUMBER_RANGE, "a number whose exponent is beyond all bounds");
    }
  }
}
