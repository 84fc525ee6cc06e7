/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item;

import static io.sluice.item.Refusals.assertRefused;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNul;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ItemKeyTest {
  private static final KeySchema STRINGS =
      new KeySchema(KeyAttribute.parse("pk:S"), KeyAttribute.parse("sk:S"));
  private static final KeySchema NUMBER = KeySchema.of(KeyAttribute.parse("pk:N"));
  private static final KeySchema BINARY = KeySchema.of(KeyAttribute.parse("pk:B"));

  private static ItemKey strings(String pk, String sk) throws InvalidItemException {
    return ItemKey.of(Map.of("pk", fromS(pk), "sk", fromS(sk)), STRINGS);
  }

  private static ItemKey number(String text) throws InvalidItemException {
    return ItemKey.of(Map.of("pk", fromN(text)), NUMBER);
  }

  private static AttributeValue binary(int length) {
    return AttributeValue.fromB(SdkBytes.fromByteArray(new byte[length]));
  }

  @Test
  void partsAreKeptApart() throws InvalidItemException {
    assertThat(strings("a", "bc"), not(equalTo(strings("ab", "c"))));
    assertThat(strings("a", "bc"), equalTo(strings("a", "bc")));
  }

  @Test
  void oneNumberIsOneKey() throws InvalidItemException {
    for (String text : new String[] {"1", "1.0", "1e0", "+1", "01"}) {
      assertThat(number(text), equalTo(number("1")));
      assertThat(number(text).hashCode(), equalTo(number("1").hashCode()));
    }
    assertThat(number("10"), not(equalTo(number("1"))));
  }

  @Test
  void otherAttributesDoNotMatter() throws InvalidItemException {
    assertThat(ItemKey.of(Map.of("pk", fromN("1"), "x", fromS("y")), NUMBER), equalTo(number("1")));
  }

  @Test
  void badKeys() {
    Map<String, AttributeValue> missing = Map.of("pk", fromS("a"));
    assertThat(
        assertRefused(Reason.KEY_MISSING, () -> ItemKey.of(missing, STRINGS)),
        containsString("'sk'"));
    assertRefused(Reason.KEY_TYPE, () -> ItemKey.of(Map.of("pk", fromS("1")), NUMBER));
    assertRefused(Reason.KEY_TYPE, () -> ItemKey.of(Map.of("pk", fromNul(true)), NUMBER));
    assertRefused(
        Reason.KEY_TYPE, () -> ItemKey.of(Map.of("pk", AttributeValue.builder().build()), NUMBER));
    assertRefused(Reason.KEY_EMPTY, () -> strings("", "a"));
    assertRefused(Reason.KEY_EMPTY, () -> strings("a", ""));
    assertRefused(Reason.KEY_EMPTY, () -> ItemKey.of(Map.of("pk", binary(0)), BINARY));
    assertRefused(Reason.NOT_UTF8, () -> strings("\ud800", "a"));
    assertRefused(Reason.NUMBER_RANGE, () -> number("1e126"));
    assertRefused(Reason.NOT_OF_TYPE, () -> number("private"));
  }

  @Test
  void lengthsCountBytes() throws InvalidItemException {
    ItemKey longest = strings("é".repeat(1024), "x".repeat(1024));
    assertThat(longest.bytes().length, is(2048 + 1024 + 4));
    assertThat(
        assertRefused(Reason.KEY_TOO_LONG, () -> strings("é".repeat(1024) + "x", "a")),
        both(containsString("2049")).and(containsString("2048")));
    assertRefused(Reason.KEY_TOO_LONG, () -> strings("a", "x".repeat(1025)));
    assertRefused(Reason.KEY_TOO_LONG, () -> ItemKey.of(Map.of("pk", binary(2049)), BINARY));
  }

  @Test
  void bucketsAreEvenAndStable() throws InvalidItemException {
    int[] counts = new int[64];
    for (int i = 0; i < 64_000; i++) {
      counts[number(String.valueOf(i)).bucket(64)]++;
    }

    for (int count : counts) {
      assertThat(count, both(greaterThan(850)).and(lessThan(1150)));
    }
    // Fixed here, because a job's workers, and its reruns, must agree.
    assertThat(number("42").bucket(1000), is(276));
    assertThat(number("42").bucket(1), is(0));
    assertThrows(IllegalArgumentException.class, () -> number("42").bucket(0));
  }

  @Test
  void theOrderIsThatOfUnsignedBytes() {
    assertThat(
        ItemKey.ofBytes(new byte[] {(byte) 0x80}).compareTo(ItemKey.ofBytes(new byte[] {0x7F})),
        greaterThan(0));
  }

  @Test
  void toStringShowsNoContents() throws InvalidItemException {
    assertThat(strings("private", "a").toString(), not(containsString("private")));
  }
}
