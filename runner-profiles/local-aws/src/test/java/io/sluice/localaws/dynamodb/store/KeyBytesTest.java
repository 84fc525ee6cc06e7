/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.store;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.localaws.dynamodb.storage.ByteMap;
import io.sluice.localaws.dynamodb.value.Bytes;
import io.sluice.localaws.dynamodb.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyBytesTest {

  @ParameterizedTest
  @CsvSource({
    "0, 01",
    "1, 02820b00",
    "1.0, 02820b00",
    "10, 02830b00",
    "12.3, 02830d1f00",
    "-1, 007df4ff",
    "1E-130, 02000b00",
    "9.9E+125, 02ff6400",
    "-9.9E+125, 00009bff",
  })
  void encodesNumbers(String number, String hex) {
    assertThat(hex(new KeyBytes().append(new Value.N(new BigDecimal(number)))), is(hex));
  }

  @Test
  void encodesStringsAndBytes() {
    assertThat(hex(new KeyBytes().append(new Value.S("a\0b"))), is("6100ff620001"));
    assertThat(hex(new KeyBytes().append(new Value.B(Bytes.of()))), is("0001"));
    assertThat(hex(new KeyBytes().appendStart(new Value.S("a\0"))), is("6100ff"));
  }

  @Test
  void ordersNumbersAsTheyAre() {
    Random random = new Random(7);
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      BigInteger digits = new BigInteger(1 + random.nextInt(126), random);
      if (digits.toString().length() > 38) {
        digits = digits.divide(BigInteger.valueOf(100));
      }
      // Few exponents, so that many numbers have the same.
      BigDecimal number = new BigDecimal(digits, random.nextInt(60) - 20);
      values.add(new Value.N(random.nextBoolean() ? number : number.negate()));
    }
    values.add(new Value.N(BigDecimal.ZERO));
    assertSameOrder(values, Comparator.comparing(value -> ((Value.N) value).number()));
  }

  @Test
  void ordersStringsByUtf8() {
    Random random = new Random(8);
    int[] letters = {0, 1, 'a', 'b', 0xFF, 0x7FF, 0xFFFD, 0x1F600};
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      StringBuilder text = new StringBuilder();
      random
          .ints(random.nextInt(5), 0, letters.length)
          .forEach(letter -> text.appendCodePoint(letters[letter]));
      values.add(new Value.S(text.toString()));
    }
    assertSameOrder(
        values,
        (a, b) ->
            Arrays.compareUnsigned(
                ((Value.S) a).text().getBytes(StandardCharsets.UTF_8),
                ((Value.S) b).text().getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void ordersBytesAsUnsigned() {
    Random random = new Random(9);
    byte[] letters = {0, 1, 2, 127, -128, -2, -1};
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = new byte[random.nextInt(5)];
      for (int at = 0; at < bytes.length; at++) {
        bytes[at] = letters[random.nextInt(letters.length)];
      }
      values.add(new Value.B(Bytes.of(bytes)));
    }
    assertSameOrder(values, Comparator.comparing(value -> ((Value.B) value).bytes()));
  }

  @Test
  void putsAHashBeforeAPartition() {
    byte[] one = KeyBytes.partition(List.of(new Value.S("a"), new Value.N(BigDecimal.ONE)));

    assertThat(HexFormat.of().formatHex(one, 4, one.length), is("61000102820b00"));
    assertThat(
        KeyBytes.hash(one), is(HexFormat.fromHexDigits(HexFormat.of().formatHex(one, 0, 4))));
  }

  @Test
  void spreadsPartitionsEvenly() {
    int[] counts = new int[16];
    for (int i = 0; i < 16_000; i++) {
      byte[] key = KeyBytes.partition(List.of(new Value.N(BigDecimal.valueOf(i))));
      counts[KeyBytes.hash(key) >>> 28]++;
    }
    for (int count : counts) {
      assertThat(count + " of about 1000", count > 850 && count < 1150, is(true));
    }
  }

  @Test
  void findsTheFirstKeyAfterAPrefix() {
    assertThat(ByteMap.after(new byte[] {1, 2}), is(new byte[] {1, 3}));
    assertThat(ByteMap.after(new byte[] {1, -1, -1}), is(new byte[] {2}));
    assertThat(ByteMap.after(new byte[] {127}), is(new byte[] {-128}));
    assertThrows(IllegalArgumentException.class, () -> ByteMap.after(new byte[] {-1}));
  }

  @Test
  void knowsNoStartOfANumber() {
    assertThat(
        assertThrows(
                IllegalArgumentException.class,
                () -> new KeyBytes().appendStart(new Value.N(BigDecimal.ONE)))
            .getMessage(),
        is("a key cannot begin with the type N"));
  }

  /** Compares each two neighbours, alone and with something after them. */
  private static void assertSameOrder(List<Value> values, Comparator<Value> order) {
    Value tail = new Value.B(Bytes.of((byte) -1));
    for (int i = 1; i < values.size(); i++) {
      Value one = values.get(i - 1);
      Value other = values.get(i);
      int expected = Integer.signum(order.compare(one, other));
      assertThat(
          one + " and " + other,
          Integer.signum(compare(List.of(one), List.of(other))),
          is(expected));
      if (expected != 0) {
        assertThat(
            one + " and " + other + " before others",
            Integer.signum(compare(List.of(one, tail), List.of(other))),
            is(expected));
        assertThat(
            one + " before others and " + other,
            Integer.signum(compare(List.of(one), List.of(other, tail))),
            is(expected));
      }
    }
  }

  private static int compare(List<Value> one, List<Value> other) {
    return Arrays.compareUnsigned(
        new KeyBytes().append(one).toArray(), new KeyBytes().append(other).toArray());
  }

  private static String hex(KeyBytes key) {
    return HexFormat.of().formatHex(key.toArray());
  }
}
