/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item;

import static io.sluice.item.Refusals.assertRefused;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ItemNumberTest {
  private static final String DIGITS_38 = "99999999999999999999999999999999999999";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "0.0",
        "0e999",
        "0e99999999999999",
        "1",
        "+1",
        "-1",
        "007",
        ".5",
        "5.",
        "1e5",
        "1E-130",
        "-1E-130",
        "9.9999999999999999999999999999999999999E+125",
        DIGITS_38,
        DIGITS_38 + "000",
        "000" + DIGITS_38,
        "0.000" + DIGITS_38,
        "0.1e-129",
        "10e124"
      })
  void numbersInRange(String text) throws InvalidItemException {
    ItemNumber.check(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-0.0", "0e125", "0E+125", "0.00e-130", "0e0000000000000000000125"})
  void zerosThatDynamoDbTakes(String text) throws InvalidItemException {
    ItemNumber.checkSpelling(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0e126", "0e-131", "-0E+999", "0e99999999999999999999999"})
  void zerosWhoseExponentDynamoDbRefuses(String text) {
    InvalidItemException e =
        assertThrows(InvalidItemException.class, () -> ItemNumber.checkSpelling(text));
    assertThat(e.reason(), equalTo(Reason.NUMBER_RANGE));
    assertThat(e.getMessage(), equalTo("a zero with an exponent outside -130 … 125"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-",
        "+",
        ".",
        "-.",
        "e5",
        "1e",
        "1e+",
        "1e5.5",
        "1.2.3",
        "--1",
        "1 ",
        " 1",
        "0x1",
        "1d",
        "NaN",
        "Infinity",
        "١",
        "1,5",
        "1e5e5"
      })
  void noNumbers(String text) {
    assertRefused(Reason.NOT_OF_TYPE, () -> ItemNumber.check(text));
    assertThrows(IllegalArgumentException.class, () -> ItemNumber.canonical(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        DIGITS_38 + "9",
        "1" + DIGITS_38,
        "1.00000000000000000000000000000000000001",
        "1e126",
        "1E-131",
        "9.9e-131",
        "-1e126",
        "1e99999999999",
        "1e-99999999999",
        "1e999999999999999999999999999999999"
      })
  void numbersOutOfRange(String text) {
    assertRefused(Reason.NUMBER_RANGE, () -> ItemNumber.check(text));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "1.0, 1",
    "1e0, 1",
    "+1, 1",
    "01, 1",
    "0.1e1, 1",
    "10e-1, 1",
    "0, 0",
    "-0, 0",
    "0.00, 0",
    "0e5, 0",
    "-0e-999999999999, 0",
    "-1.50, -1.5",
    ".5, 0.5",
    "5., 5",
    "1e5, 100000",
    "100, 100",
    "123.4500, 123.45",
    "1e-7, 0.0000001",
    "1e-8, 1E-8",
    "1.5e-8, 1.5E-8",
    "1e37, 10000000000000000000000000000000000000",
    "1e38, 1E38",
    "-12e125, -1.2E126",
    "1e999999999, 1E999999999",
    "1e-999999999, 1E-999999999"
  })
  void oneSpellingPerValue(String text, String canonical) {
    assertThat(ItemNumber.canonical(text), equalTo(canonical));
  }

  @Test
  void hugeExponentsAreNotMistakenForEachOther() {
    assertThrows(
        IllegalArgumentException.class, () -> ItemNumber.canonical("1e99999999999999999999"));
  }
}
