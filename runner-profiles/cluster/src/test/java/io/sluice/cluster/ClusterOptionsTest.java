/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.cluster;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterOptionsTest {

  @ParameterizedTest
  @CsvSource({"flink, 8081", "spark, 7077"})
  void anEngineAloneIsEnough(String engine, int port) {
    ClusterOptions options = ClusterOptions.parse(engine);
    assertThat(options.engine(), is(engine));
    assertThat(options.exitWithStdin(), is(false));
    assertThat(options.settings().port(), is(port));
    assertThat(options.settings().workers(), is(2));
    assertThat(options.settings().allSlots(), is(2));
    assertThat(options.settings().memoryMb(), is(1024));
  }

  @Test
  void allOfThemCanBeGiven() {
    ClusterOptions options =
        ClusterOptions.parse(
            "flink", "--exitWithStdin", "--workers=3", "--slots=2", "--memory=512", "--port=0");
    assertThat(options.exitWithStdin(), is(true));
    assertThat(options.settings().port(), is(0));
    assertThat(options.settings().allSlots(), is(6));
    assertThat(options.settings().memoryMb(), is(512));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--workers=0",
        "--workers=65",
        "--workers=",
        "--slots=two",
        "--slots",
        "--memory=511",
        "--port=65536"
      })
  void aNumberOutOfBoundsIsNamed(String argument) {
    Exception e =
        assertThrows(
            ClusterOptions.UsageException.class, () -> ClusterOptions.parse("spark", argument));
    assertThat(e.getMessage(), startsWith(argument + " must be a whole number, "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--worker=2", "workers=2", "more", "--", "-", ""})
  void whatIsNoOptionIsNamed(String argument) {
    Exception e =
        assertThrows(
            ClusterOptions.UsageException.class, () -> ClusterOptions.parse("flink", argument));
    assertThat(e.getMessage(), startsWith("'" + argument + "' is no option; they are --workers="));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hadoop", "--workers=2", ""})
  void theEngineComesFirst(String engine) {
    assertThrows(ClusterOptions.UsageException.class, () -> ClusterOptions.parse(engine, "flink"));
    assertThrows(ClusterOptions.UsageException.class, () -> ClusterOptions.parse());
  }
}
