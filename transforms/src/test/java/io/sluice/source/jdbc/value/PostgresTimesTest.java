/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc.value;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

class PostgresTimesTest {

  @Test
  void spellsYearsAsIsoDoes() {
    assertThat(PostgresTimes.date("2024-01-31"), is("2024-01-31"));
    assertThat(PostgresTimes.date("0001-01-31"), is("0001-01-31"));
    assertThat(PostgresTimes.date("0001-01-31 BC"), is("0000-01-31"));
    assertThat(PostgresTimes.date("0044-03-15 BC"), is("-0043-03-15"));
    assertThat(PostgresTimes.date("4713-11-24 BC"), is("-4712-11-24"));
    assertThat(PostgresTimes.date("12024-01-31"), is("+12024-01-31"));
    assertThat(PostgresTimes.date("-infinity"), is("-infinity"));
  }

  @Test
  void keepsTheDigitsOfTimes() {
    assertThat(
        PostgresTimes.timestamp("2024-01-31 12:00:00.123456"), is("2024-01-31T12:00:00.123456"));
    assertThat(PostgresTimes.timestamp("2024-01-31 12:00:00"), is("2024-01-31T12:00:00"));
    assertThat(PostgresTimes.timestamp("0044-03-15 12:00:00 BC"), is("-0043-03-15T12:00:00"));
    assertThat(PostgresTimes.timestamp("infinity"), is("infinity"));
  }

  @Test
  void hasTimesWithZonesInUtc() {
    assertThat(
        PostgresTimes.timestampWithZone("2024-01-31 12:00:00.1+00"), is("2024-01-31T12:00:00.1Z"));
    assertThat(
        PostgresTimes.timestampWithZone("0044-03-15 12:00:00+00 BC"), is("-0043-03-15T12:00:00Z"));
    assertThat(
        PostgresTimes.timestampWithZone("2024-01-31 12:00:00.25+05:30"),
        is("2024-01-31T06:30:00.25Z"));
    assertThat(
        PostgresTimes.timestampWithZone("2024-01-31 12:00:00-08"), is("2024-01-31T20:00:00Z"));
    assertThat(PostgresTimes.timestampWithZone("infinity"), is("infinity"));
  }
}
