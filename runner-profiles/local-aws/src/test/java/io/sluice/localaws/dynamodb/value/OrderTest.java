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
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OrderTest {

  private static final List<Value> UNORDERED =
      List.of(
          Value.Bool.TRUE,
          Value.Null.NULL,
          new Value.SS(Set.of("a")),
          new Value.NS(Set.of(BigDecimal.ONE)),
          new Value.BS(Set.of(Bytes.of())),
          new Value.L(List.of()),
          new Value.M(Map.of()));

  @Test
  void comparesNumbersByMagnitude() {
    String[] ascending = {"-1E125", "-10", "-9.5", "-1E-130", "0", "1E-130", "9", "10", "1E125"};
    for (int i = 0; i < ascending.length; i++) {
      for (int j = 0; j < ascending.length; j++) {
        assertThat(
            Order.compare(number(ascending[i]), number(ascending[j])), is(Integer.compare(i, j)));
      }
    }
  }

  @Test
  void comparesStringsByCodePoints() {
    // In UTF-16 the last two would change places.
    String[] ascending = {
      "", "A", "Z", "a", "aa", "ab", "b", "é", "\ud7ff", "\uff5e", "\ud83d\ude00"
    };
    for (int i = 0; i < ascending.length; i++) {
      for (int j = 0; j < ascending.length; j++) {
        assertThat(
            Integer.signum(Order.compare(new Value.S(ascending[i]), new Value.S(ascending[j]))),
            is(Integer.compare(i, j)));
      }
    }
  }

  @Test
  void comparesStringsAsTheirBytesInUtf8Are() {
    RandomItems random = new RandomItems(11);
    String last = "";
    for (int i = 0; i < 20_000; i++) {
      String text = random.text();
      assertThat(
          Integer.signum(Order.compare(last, text)),
          is(
              Integer.signum(
                  Arrays.compareUnsigned(
                      last.getBytes(StandardCharsets.UTF_8),
                      text.getBytes(StandardCharsets.UTF_8)))));
      last = text;
    }
  }

  @Test
  void comparesBytesAsUnsigned() {
    assertThat(
        Integer.signum(
            Order.compare(new Value.B(Bytes.of((byte) 0x80)), new Value.B(Bytes.of((byte) 0x7f)))),
        is(1));
  }

  @Test
  void knowsWhatHasAnOrder() {
    assertThat(Order.comparable(new Value.S("a"), new Value.S("b")), is(true));
    assertThat(Order.comparable(number("1"), number("2")), is(true));
    assertThat(
        Order.comparable(new Value.B(Bytes.of()), new Value.B(Bytes.of((byte) 1))), is(true));
    assertThat(Order.comparable(new Value.S("1"), number("1")), is(false));
    for (Value value : UNORDERED) {
      assertThat(value.type(), Order.comparable(value, value), is(false));
    }
  }

  @Test
  void rejectsWhatHasNoOrder() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> Order.compare(new Value.S("1"), number("1")));
    assertThat(e.getMessage(), is("values of the types S and N have no order"));
    for (Value value : UNORDERED) {
      assertThrows(IllegalArgumentException.class, () -> Order.compare(value, value));
    }
  }

  private static Value number(String text) {
    return new Value.N(Numbers.parse(text));
  }
}
