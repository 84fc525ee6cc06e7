/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import io.sluice.localaws.dynamodb.value.ItemCodec.Tag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemCodecTest {

  @Test
  void bringsBackRandomItems() {
    RandomItems random = new RandomItems(42);
    for (int i = 0; i < 5_000; i++) {
      Map<String, Value> item = random.item();
      Map<String, Value> back = ItemCodec.decode(ItemCodec.encode(item));
      assertThat(back, is(item));
      assertThat(new ArrayList<>(back.keySet()), is(new ArrayList<>(item.keySet())));
    }
  }

  @Test
  void encodesTheSameItemInTheSameBytes() {
    RandomItems random = new RandomItems(43);
    for (int i = 0; i < 500; i++) {
      byte[] bytes = ItemCodec.encode(random.item());
      assertThat(ItemCodec.encode(ItemCodec.decode(bytes)), is(bytes));
    }
  }

  @Test
  void keepsTheOrderOfSets() {
    Value.SS set = new Value.SS(new LinkedHashSet<>(List.of("c", "a", "b")));

    Value.SS back = (Value.SS) back(set);

    assertThat(back.texts(), contains("c", "a", "b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "1",
        "-1",
        "1e125",
        "-1e-130",
        "999999999999999999",
        "-999999999999999999",
        "1000000000000000001",
        "9223372036854775807",
        "-9223372036854775808",
        "9223372036854775808",
        "9.9999999999999999999999999999999999999e125",
        "-9.9999999999999999999999999999999999999e125",
        "1.2345678901234567890123456789012345678e-130"
      })
  void bringsBackNumbersAtTheLimits(String text) {
    Value number = new Value.N(Numbers.parse(text));

    assertThat(back(number), is(number));
  }

  @Test
  void bringsBackTextsOfAllLengths() {
    for (int length = 0; length < 300; length++) {
      for (String unit : List.of("a", "é", "€", "\ud83d\ude00")) {
        Value text = new Value.S("b" + unit.repeat(length));
        assertThat(back(text), is(text));
      }
    }
  }

  @Test
  void bringsBackTheLargestItem() {
    Map<String, Value> item = new LinkedHashMap<>();
    item.put("a", new Value.S("x".repeat(200_000)));
    item.put("b", new Value.B(Bytes.of(new byte[209_598])));
    assertThat(Sizes.of(item), is((long) Sizes.MAX_ITEM));

    byte[] bytes = ItemCodec.encode(item);

    assertThat(bytes.length, lessThan(Sizes.MAX_ITEM + 20));
    assertThat(ItemCodec.decode(bytes), is(item));
  }

  @Test
  void bringsBackTheDeepestItem() {
    Value value = new Value.S("leaf");
    for (int level = 1; level < Sizes.MAX_DEPTH; level++) {
      value = level % 2 == 0 ? new Value.L(List.of(value)) : new Value.M(Map.of("n", value));
    }

    assertThat(back(value), is(value));
  }

  @Test
  void turnsHalfASurrogatePairIntoAQuestionMark() {
    assertThat(back(new Value.S("a\ud83db")), is(new Value.S("a?b")));
  }

  @Test
  void takesFewBytes() {
    Map<String, Value> item = new LinkedHashMap<>();
    item.put("id", new Value.S("abc"));
    item.put("n", new Value.N(Numbers.parse("-12.5")));
    item.put("f", Value.Bool.TRUE);

    // A count; per attribute a length, the name and a tag; then length and text, scale and digits.
    assertThat(ItemCodec.encode(item).length, is(1 + 3 + 1 + 4 + 2 + 1 + 1 + 2 + 2 + 1));
  }

  @Test
  void refusesBytesThatItDidNotMake() {
    Map<String, Value> item = Map.of("a", new Value.S("b"));
    byte[] bytes = ItemCodec.encode(item);

    assertThat(
        message(Arrays.copyOf(bytes, bytes.length + 1)),
        is("an encoded item has 1 more bytes than its attributes need"));
    assertThat(message(new byte[] {}), is("an encoded item ends too early"));
    assertThat(message(new byte[] {1, 0, 99}), is("an encoded item has the tag 99"));
    assertThat(
        message(new byte[] {1, 127, 0}), is("an encoded item has a length of 127 where 1 remain"));
    assertThat(
        message(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0}),
        is("an encoded item has an integer of more than 64 bits"));
  }

  @Test
  void readsNoDamagedBytesBeyondTheirEnd() {
    RandomItems random = new RandomItems(44);
    Random damage = new Random(45);
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = ItemCodec.encode(random.item());
      byte[] damaged = Arrays.copyOf(bytes, damage.nextInt(bytes.length + 1));
      if (damaged.length > 0) {
        damaged[damage.nextInt(damaged.length)] = (byte) damage.nextInt();
      }
      try {
        ItemCodec.decode(damaged);
      } catch (IllegalArgumentException | ArithmeticException expected) {
        // Some damage shows and some is another item; neither reads what is not there.
      } catch (RuntimeException e) {
        fail("at item " + i, e);
      }
    }
  }

  @Test
  void passesOverValuesWithoutDecodingThem() {
    RandomItems random = new RandomItems(46);
    for (int i = 0; i < 5_000; i++) {
      ItemWriter writer = new ItemWriter(0);
      writer.value(random.value(1));
      byte[] bytes = writer.toArray();
      ItemReader decoded = new ItemReader(bytes, 0);
      decoded.value();
      ItemReader passed = new ItemReader(bytes, 0);
      passed.skipValue();
      assertThat("value " + i, passed.at, is(decoded.at));
    }
  }

  @ParameterizedTest
  @ValueSource(bytes = {Tag.LIST, Tag.NUMBERS})
  void passesOverANumberThatItCannotDecode(byte collection) {
    // The scale takes 35 bits.
    byte[] bytes = {collection, 1, Tag.WIDE_NUMBER, -1, -1, -1, -1, 127, 1, 5};
    assertThrows(ArithmeticException.class, () -> new ItemReader(bytes, 0).value());

    ItemReader reader = new ItemReader(bytes, 0);
    reader.skipValue();

    assertThat(reader.at, is(bytes.length));
  }

  private static Value back(Value value) {
    return ItemCodec.decode(ItemCodec.encode(Map.of("a", value))).get("a");
  }

  private static String message(byte[] bytes) {
    return assertThrows(IllegalArgumentException.class, () -> ItemCodec.decode(bytes)).getMessage();
  }
}
