/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {

  private static final String OVERFLOW =
      "Number overflow. Attempting to store a number with magnitude larger than supported range";
  private static final String UNDERFLOW =
      "Number underflow. Attempting to store a number with magnitude smaller than supported range";
  private static final String TOO_MANY =
      "Attempting to store more than 38 significant digits in a Number";

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, 0",
    "0.000, 0",
    "0e125, 0",
    "0e-130, 0",
    "1, 1",
    "+1, 1",
    "-1, -1",
    "1.0, 1",
    "1e0, 1",
    "1E2, 100",
    "1.5e+2, 150",
    "1500e-2, 15",
    "150e-2, 1.5",
    "0042, 42",
    "0042.1200, 42.12",
    ".5, 0.5",
    "5., 5",
    "-.5e1, -5",
    "00.00100, 0.001",
    "100, 100",
    "1010, 1010",
    "10203.04050, 10203.0405",
    "1e0000000000000002, 100",
    "999999999999999999, 999999999999999999",
    "-999999999999999999, -999999999999999999",
    "1000000000000000000, 1000000000000000000",
    "9223372036854775807, 9223372036854775807",
    "9223372036854775808, 9223372036854775808",
    "-9223372036854775809, -9223372036854775809",
    "1234567890123456789.5, 1234567890123456789.5",
    "0000012345678901234567890123456789012345678, 12345678901234567890123456789012345678",
    "-00001.23456789012345678901234567890123456780000,"
        + " -1.2345678901234567890123456789012345678",
  })
  void parsesAndPrints(String text, String printed) {
    assertThat(Numbers.format(Numbers.parse(text)), is(printed));
  }

  @Test
  void printsTheLargestAndTheSmallestWithoutAnExponent() {
    String largest = "0009.99999999999999999999999999999999999990000e125";

    assertThat(Numbers.format(Numbers.parse(largest)), is("9".repeat(38) + "0".repeat(88)));
    assertThat(
        Numbers.format(Numbers.parse("-" + largest)), is("-" + "9".repeat(38) + "0".repeat(88)));
    assertThat(Numbers.format(Numbers.parse("0001.000e-130")), is("0." + "0".repeat(129) + "1"));
    assertThat(Numbers.format(Numbers.parse("-0001.000e-130")), is("-0." + "0".repeat(129) + "1"));
    assertThat(Numbers.format(Numbers.parse("1E125")), is("1" + "0".repeat(125)));
  }

  @Test
  void takesMoreDigitsBelowTheSmallestMagnitude() {
    assertThat(Numbers.format(Numbers.parse("1.25e-130")), is("0." + "0".repeat(129) + "125"));
  }

  @Test
  void countsZerosOnlyBetweenOtherDigits() {
    String zeros = "0".repeat(36);

    assertThat(Numbers.format(Numbers.parse("1" + zeros + "1")), is("1" + zeros + "1"));
    assertThat(Numbers.format(Numbers.parse("1" + zeros + "0000")), is("1" + zeros + "0000"));
    assertThat(
        Numbers.format(Numbers.parse("0." + zeros + "0000" + "1")), is("0." + zeros + "00001"));
    assertRejected("1" + zeros + "01", TOO_MANY);
    assertRejected("1." + zeros + "01", TOO_MANY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "123456789012345678901234567890123456789",
        "-1.23456789012345678901234567890123456789",
        "123456789012345678901234567890123456789e-20",
        "1234567890123456789012345678901234567890000000000000000000000000001"
      })
  void rejectsMoreThan38Digits(String text) {
    assertRejected(text, TOO_MANY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e126",
        "-1e126",
        "10e125",
        "0.1e127",
        "1e2147483647",
        "1e2147483648",
        "1e99999999999",
        "-1e99999999999",
        "1e9223372036854775807",
        "0e126",
        "123456789012345678901234567890123456789e100"
      })
  void rejectsALargerMagnitude(String text) {
    assertRejected(text, OVERFLOW);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e-131",
        "-1e-131",
        "0.1e-130",
        "9.99e-131",
        "1e-2147483648",
        "1e-99999999999",
        "0e-131"
      })
  void rejectsASmallerMagnitude(String text) {
    assertRejected(text, UNDERFLOW);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "b",
        "-",
        "+",
        ".",
        "-.",
        "e5",
        "1e",
        "1e+",
        "1e-",
        "1e5.",
        "1.2.3",
        "--1",
        "+-1",
        "1 ",
        " 1",
        "1,5",
        "0x1",
        "1_000",
        "NaN",
        "Infinity",
        "0x10",
        "1e9223372036854775808",
        "1e-99999999999999999999",
        "",
        "1f",
        "1e5e5",
        "\u0661",
        "1e\u0661",
        "½"
      })
  void rejectsWhatIsNoNumber(String text) {
    assertRejected(text, "The parameter cannot be converted to a numeric value: " + text);
  }

  @Test
  void rejectsInOlderWords() {
    assertThat(older(""), is("The parameter cannot be converted to a numeric value"));
    assertThat(older("abc"), is("The parameter cannot be converted to a numeric value: abc"));
    assertThat(older("1e126"), is(OVERFLOW));
    assertThat(older("1e-131"), is(UNDERFLOW));
    assertThat(older("1e2147483647"), is(UNDERFLOW));
    assertThat(
        older("1e2147483648"),
        is("The parameter cannot be converted to a numeric value: 1e2147483648"));
    assertThat(older("1".repeat(39)), is(TOO_MANY));
    assertThat(Numbers.parse("1.50e1", Wording.OLDER), is(new BigDecimal("15")));
    assertThat(Numbers.parse("1e-130", Wording.OLDER), is(new BigDecimal("1e-130")));
  }

  private static String older(String text) {
    return message(() -> Numbers.parse(text, Wording.OLDER));
  }

  @Test
  void parsesAMillionDigitsInNoTime() {
    assertRejected("9".repeat(1_000_000), OVERFLOW);
    assertRejected("0." + "9".repeat(1_000_000), TOO_MANY);
    assertThat(Numbers.parse("1." + "0".repeat(1_000_000)), is(BigDecimal.ONE));
    assertThat(Numbers.parse("0".repeat(1_000_000) + "1"), is(BigDecimal.ONE));
  }

  @Test
  void agreesWithBigDecimal() {
    RandomItems random = new RandomItems(7);
    for (int i = 0; i < 20_000; i++) {
      BigDecimal number = random.number();
      for (String text :
          List.of(number.toString(), number.toPlainString(), number.toEngineeringString())) {
        assertThat(text, Numbers.parse(text), is(number));
      }
      assertThat(Numbers.format(number), is(number.toPlainString()));
    }
  }

  @Test
  void checksWhatWasComputed() {
    assertThat(Numbers.check(new BigDecimal("1.500")), is(new BigDecimal("1.5")));
    assertThat(Numbers.check(new BigDecimal("100")), is(new BigDecimal("1E+2")));
    assertThat(Numbers.check(new BigDecimal("0.00")), is(BigDecimal.ZERO));
    assertThat(message(() -> Numbers.check(new BigDecimal("1E126"))), is(OVERFLOW));
    assertThat(message(() -> Numbers.check(new BigDecimal("-1E-131"))), is(UNDERFLOW));
    assertThat(
        message(() -> Numbers.check(new BigDecimal("1E125").add(BigDecimal.ONE))), is(TOO_MANY));
  }

  @Test
  void makesEqualNumbersEqual() {
    assertThat(new Value.N(new BigDecimal("1.0")), is(new Value.N(new BigDecimal("1"))));
    assertThat(new Value.N(new BigDecimal("1E2")), is(new Value.N(new BigDecimal("100"))));
    assertThat(
        new Value.NS(new LinkedHashSet<>(List.of(new BigDecimal("1.0"), new BigDecimal("1.00")))),
        is(new Value.NS(Set.of(BigDecimal.ONE))));
  }

  private static void assertRejected(String text, String message) {
    assertThat(message(() -> Numbers.parse(text)), is(message));
  }

  private static String message(Runnable action) {
    DynamoDbException e = assertThrows(DynamoDbException.class, action::run);
    assertThat(e.type(), is("ValidationException"));
    assertThat(e.status(), is(400));
    return e.getMessage();
  }
}
