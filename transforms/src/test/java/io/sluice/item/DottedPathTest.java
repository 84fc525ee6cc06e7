/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DottedPathTest {
  @Provide
  Arbitrary<List<String>> paths() {
    return Arbitraries.strings()
        .withChars("a.\\ é")
        .ofMaxLength(5)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  @Property
  void aPathComesBack(@ForAll("paths") List<String> path) {
    assertThat(DottedPath.split(DottedPath.join(path)), is(path));
  }

  @Example
  void dotsInNamesAreEscaped() {
    assertThat(DottedPath.join(List.of("address", "city")), is("address.city"));
    assertThat(DottedPath.join(List.of("a.b", "c\\")), is("a\\.b.c\\\\"));
  }

  @Example
  void otherBackslashesStay() {
    assertThat(DottedPath.split("a\\b.c\\"), is(List.of("a\\b", "c\\")));
    assertThat(DottedPath.split(".a."), is(List.of("", "a", "")));
  }
}
