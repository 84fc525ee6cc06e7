/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.prune;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PruneLimitTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0, 100, false",
    "0, 1, 100, true",
    "500, 500, 1, false",
    "500, 501, 1000000, true",
    "1%, 1, 100, false",
    "1%, 2, 100, true",
    "1%, 1, 99, true",
    "0.5%, 5, 1000, false",
    "0.5%, 6, 1000, true",
    "100%, 1000, 1000, false",
    "0%, 1, 1000, true",
    "1%, 0, 0, false"
  })
  void comparesWithANumberOrAShare(String limit, long surplus, long scanned, boolean exceeded) {
    assertThat(PruneLimit.parse(limit).isExceededBy(surplus, scanned), is(exceeded));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5", "101%", "1 %", "%", "1e3", "all"})
  void refusesOtherTexts(String text) {
    assertThrows(IllegalArgumentException.class, () -> PruneLimit.parse(text));
  }

  @Test
  void keepsTheTextForMessages() {
    assertThat(PruneLimit.parse("2.50%").text(), is("2.50%"));
  }
}
