/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.sink;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class OutputFormatTest {

  @Test
  void isFoundByItsName() {
    for (OutputFormat format : OutputFormat.values()) {
      assertThat(OutputFormat.parse(format.name()), is(format));
    }
    assertThat(OutputFormat.parse("parquet"), is(OutputFormat.PARQUET));
  }

  @Test
  void anotherNameIsRefused() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> OutputFormat.parse("ORC"));
    assertThat(
        e.getMessage(),
        is("the format is ORC, must be one of [PARQUET, AVRO, JSON, CSV, DYNAMODB_JSON]"));
  }
}
