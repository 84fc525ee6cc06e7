/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizesTest {

  /** Has what others measured at the limit of 400 KiB, and what follows from pairs of digits. */
  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "-0, 1",
    "1, 2",
    "12, 2",
    "123, 3",
    "1234, 3",
    "12345, 4",
    "123456, 4",
    "1234567, 5",
    "12345678, 5",
    "1234567891, 6",
    "12345678912, 7",
    "1234567890123456789, 11",
    "12345678901234567890123456789012345678, 20",
    "0042, 2",
    "100, 2",
    "1010, 3",
    "1E125, 2",
    "11E124, 2",
    "11111E121, 4",
    "111111E120, 4",
    "1111111E119, 5",
    "11111111111111111111111111111111111111E88, 20",
    "0.0000001, 2",
    "1E-100, 2",
    "1E-130, 2",
    "1.5, 3",
    "15, 2",
    "1.2, 3",
    "1.200, 3",
    "1.234, 4",
    "3.14159, 5",
    "100.5, 4",
    "0.15, 2",
    "0.015, 3",
    "110, 3",
    "1.2345678901234567890123456789012345678, 21",
    "-42, 3",
    "-12345, 5",
    "-1E125, 3",
    "-0.15, 3",
  })
  void measuresANumberByItsPairsOfDigits(String text, long size) {
    assertThat(Sizes.of(new Value.N(Numbers.parse(text))), is(size));
  }

  @Test
  void measuresStringsInUtf8() {
    assertThat(Sizes.of(new Value.S("")), is(0L));
    assertThat(Sizes.of(new Value.S("hello")), is(5L));
    assertThat(Sizes.of(new Value.S("é€\ud83d\ude00")), is(9L));
    assertThat(Sizes.of("naïve", new Value.S("x")), is(7L));
  }

  @Test
  void measuresHalfASurrogatePairAsTheQuestionMarkThatItBecomes() {
    for (String text :
        List.of("\ud83d", "\ude00", "\ude00\ud83d", "a\ud83d", "\ud83db", "é\ud83dé")) {
      assertThat(Sizes.utf8(text), is(text.getBytes(StandardCharsets.UTF_8).length));
    }
  }

  @Test
  void agreesWithTheEncoderOfUtf8() {
    RandomItems random = new RandomItems(3);
    for (int i = 0; i < 20_000; i++) {
      String text = random.text();
      assertThat(Sizes.utf8(text), is(text.getBytes(StandardCharsets.UTF_8).length));
    }
  }

  @Test
  void measuresBytesAndConstants() {
    assertThat(Sizes.of(new Value.B(Bytes.of())), is(0L));
    assertThat(Sizes.of(new Value.B(Bytes.of(new byte[100]))), is(100L));
    assertThat(Sizes.of(Value.Bool.TRUE), is(1L));
    assertThat(Sizes.of(Value.Bool.FALSE), is(1L));
    assertThat(Sizes.of(Value.Null.NULL), is(1L));
  }

  @Test
  void measuresSetsByTheirElementsAlone() {
    assertThat(Sizes.of(new Value.SS(Set.of("", "a", "é"))), is(3L));
    assertThat(
        Sizes.of(new Value.NS(Set.of(BigDecimal.ZERO, BigDecimal.ONE, new BigDecimal("-42")))),
        is(6L));
    assertThat(Sizes.of(new Value.BS(Set.of(Bytes.of(), Bytes.of((byte) 1, (byte) 2)))), is(2L));
  }

  @Test
  void addsThreeBytesToListsAndMapsAndOneToEachElement() {
    assertThat(Sizes.of(new Value.L(List.of())), is(3L));
    assertThat(Sizes.of(new Value.M(Map.of())), is(3L));
    assertThat(Sizes.of(new Value.L(List.of(new Value.S("ab"), Value.Null.NULL))), is(8L));
    assertThat(Sizes.of(new Value.M(Map.of("key", new Value.S("ab")))), is(9L));
    assertThat(
        Sizes.of(new Value.L(List.of(new Value.L(List.of()), new Value.M(Map.of())))), is(11L));
  }

  @Test
  void addsUpAnItem() {
    Map<String, Value> item = new LinkedHashMap<>();
    item.put("id", new Value.S("abc"));
    item.put("n", new Value.N(new BigDecimal(12345)));
    item.put("flag", Value.Bool.TRUE);
    item.put("l", new Value.L(List.of(new Value.S("x"))));

    assertThat(Sizes.of(item), is(5L + 5 + 5 + 6));
    assertThat(Sizes.of(Map.of()), is(0L));
  }

  @Test
  void limitsAnItemTo400KiB() {
    assertThat(Sizes.MAX_ITEM, is(409_600));
  }
}
