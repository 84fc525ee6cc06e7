/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.stream;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SequenceNumberTest {

  @Test
  void spellsAndReads() {
    assertThat(SequenceNumber.text(42), is("100000000000000000042"));
    assertThat(SequenceNumber.parse("100000000000000000042"), is(OptionalLong.of(42)));
    assertThat(
        SequenceNumber.parse(SequenceNumber.text(Long.MAX_VALUE)),
        is(OptionalLong.of(Long.MAX_VALUE)));
  }

  @Test
  void readsNothingElse() {
    for (String other :
        new String[] {
          "", "42", "200000000000000000042", "10000000000000000004x", "199999999999999999999"
        }) {
      assertThat(other, SequenceNumber.parse(other), is(OptionalLong.empty()));
    }
  }
}
