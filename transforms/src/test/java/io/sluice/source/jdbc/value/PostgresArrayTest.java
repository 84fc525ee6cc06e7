/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc.value;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresArrayTest {

  private static List<Object> parse(String text) {
    return PostgresArray.parse(text, ',', element -> element);
  }

  @Test
  void parsesPlainAndQuotedElements() {
    assertThat(
        parse("{a,\"b,c\",\"d\\\"e\\\\\",\"\",NULL,\"NULL\"}"),
        is(Arrays.asList("a", "b,c", "d\"e\\", "", null, "NULL")));
    assertThat(parse("{}"), is(List.of()));
  }

  @Test
  void parsesNestedArraysAndDropsBounds() {
    assertThat(parse("{{1,2},{3,4}}"), is(List.of(List.of("1", "2"), List.of("3", "4"))));
    assertThat(parse("[2:3]={x,y}"), is(List.of("x", "y")));
    assertThat(parse("[0:0][5:6]={{x,y}}"), is(List.of(List.of("x", "y"))));
  }

  @Test
  void hasAnotherDelimiterForBoxes() {
    assertThat(
        PostgresArray.parse("{(1,1),(0,0);(2,2),(1,1)}", ';', element -> element),
        is(List.of("(1,1),(0,0)", "(2,2),(1,1)")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{a", "{a,", "{\"a}", "{a}}", "a", "{\"a\"b}", "{{a}b}"})
  void refusesWhatIsNoArray(String text) {
    assertThrows(IllegalArgumentException.class, () -> parse(text));
  }
}
