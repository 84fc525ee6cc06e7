/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttributePathTest {

  @ParameterizedTest
  @CsvSource({
    "名前, 名前",
    "𠮷野😀, 𠮷野😀",
    "'a\n\u001b\u2028b', a???b",
    "'half \ud842', half ?",
  })
  void namesAreShownWithoutWhatBreaksALine(String name, String shown) {
    assertThat(AttributePath.printable(name), is(shown));
  }

  @ParameterizedTest
  @CsvSource({"x", "名", "𠮷"})
  void longNamesAreCut(String character) {
    assertThat(AttributePath.printable(character.repeat(64)), is(character.repeat(64)));
    assertThat(AttributePath.printable(character.repeat(65)), is(character.repeat(64) + "…"));
  }
}
