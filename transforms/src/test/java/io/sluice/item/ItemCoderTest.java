/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNul;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromSs;

import io.sluice.item.codec.ValueTag;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ItemCoderTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "1",
        "-1",
        "-0",
        "0.0",
        "-0.0",
        "-0.5",
        "007",
        "-007",
        "00",
        ".5",
        "5.",
        ".",
        "-",
        "",
        "+1",
        "1e5",
        "1E+5",
        "1.50",
        "0.05",
        "10.00",
        "123456789012345678",
        "-123456789012345678",
        "1234567890123456789",
        "0.12345678901234567",
        "0.123456789012345678",
        "1.2.3",
        "١",
        "99999999999999999999999999999999999999",
        "-999999999999999.999",
        "9223372036854775807"
      })
  void aNumberKeepsItsText(String text) {
    Map<String, AttributeValue> item = Map.of("n", fromN(text));

    assertThat(ItemCoder.fromBytes(ItemCoder.toBytes(item)), equalTo(item));
  }

  @Test
  void plainNumbersArePacked() {
    int empty = ItemCoder.toBytes(Map.of("n", fromS(""))).length;

    assertThat(ItemCoder.toBytes(Map.of("n", fromN("63"))).length, is(empty));
    assertThat(ItemCoder.toBytes(Map.of("n", fromN("-64"))).length, is(empty));
    assertThat(ItemCoder.toBytes(Map.of("n", fromN("123456789012345678"))).length, is(empty + 8));
    assertThat(ItemCoder.toBytes(Map.of("n", fromN("31.56"))).length, is(empty + 2));
  }

  @Test
  void emptyValuesStay() {
    Map<String, AttributeValue> item =
        Map.of(
            "s", fromS(""),
            "b", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[0])),
            "l", fromL(List.of()),
            "m", fromM(Map.of()),
            "nested", fromL(List.of(fromL(List.of()), fromM(Map.of()))));

    assertThat(ItemCoder.fromBytes(ItemCoder.toBytes(item)), equalTo(item));
    assertThat(ItemCoder.fromBytes(ItemCoder.toBytes(Map.of())), equalTo(Map.of()));
  }

  @Test
  void missingIsNotNull() {
    assertThat(
        ItemCoder.toBytes(Map.of("a", fromNul(true))), not(equalTo(ItemCoder.toBytes(Map.of()))));
  }

  @Test
  void setsHaveNoOrder() {
    assertThat(
        ItemCoder.toBytes(Map.of("s", fromSs(List.of("b", "a")))),
        equalTo(ItemCoder.toBytes(Map.of("s", fromSs(List.of("a", "b"))))));
  }

  @Test
  void listsHaveOne() {
    assertThat(
        ItemCoder.toBytes(Map.of("l", fromL(List.of(fromS("b"), fromS("a"))))),
        not(equalTo(ItemCoder.toBytes(Map.of("l", fromL(List.of(fromS("a"), fromS("b"))))))));
  }

  @Test
  void loneSurrogatesAreRefused() {
    for (String bad : List.of("\ud800", "a\udc00", "\udc00\ud800", "ok\ud83d", "\ud83dx")) {
      Map<String, AttributeValue> value = Map.of("a", fromS(bad));
      Map<String, AttributeValue> name = Map.of(bad, fromS("a"));

      assertThrows(IllegalArgumentException.class, () -> ItemCoder.toBytes(value));
      assertThrows(IllegalArgumentException.class, () -> ItemCoder.toBytes(name));
      assertThrows(
          CoderException.class, () -> ItemCoder.of().encode(value, new ByteArrayOutputStream()));
    }
  }

  @Test
  void unusableValuesAreRefused() {
    for (AttributeValue bad :
        List.of(
            AttributeValue.builder().build(),
            fromNul(false),
            AttributeValue.builder().s("a").n("1").build(),
            AttributeValue.builder().s("a").s(null).build(),
            fromL(Collections.singletonList(null)),
            fromSs(Collections.singletonList(null)))) {
      Map<String, AttributeValue> item = Map.of("a", bad);

      assertThrows(IllegalArgumentException.class, () -> ItemCoder.toBytes(item));
      assertThrows(
          CoderException.class, () -> ItemCoder.of().encode(item, new ByteArrayOutputStream()));
    }
    Map<String, AttributeValue> noName = Collections.singletonMap(null, fromS("a"));
    assertThrows(IllegalArgumentException.class, () -> ItemCoder.toBytes(noName));
  }

  @Test
  void hostileDepthIsRefused() {
    AttributeValue deep = fromS("leaf");
    for (int i = 0; i < 200; i++) {
      deep = fromL(List.of(deep));
    }
    Map<String, AttributeValue> item = Map.of("a", deep);
    byte[] lists = new byte[1_000_000];
    for (int i = 3; i < lists.length; i += 2) {
      lists[i] = ValueTag.L;
      lists[i - 1] = 1;
    }
    lists[0] = 1;

    assertThrows(IllegalArgumentException.class, () -> ItemCoder.toBytes(item));
    assertThrows(IllegalArgumentException.class, () -> ItemCoder.fromBytes(lists));
  }

  @Test
  void lyingLengthsAreRefused() {
    byte[] huge = {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 7, 0};

    assertThrows(IllegalArgumentException.class, () -> ItemCoder.fromBytes(huge));
    assertThrows(IllegalArgumentException.class, () -> ItemCoder.fromBytes(new byte[0]));
    assertThrows(IllegalArgumentException.class, () -> ItemCoder.fromBytes(new byte[] {0, 0}));
    assertThrows(
        IllegalArgumentException.class,
        () -> ItemCoder.fromBytes(new byte[] {1, 1, 'a', ValueTag.S, 2, (byte) 0xC3, 'x'}));
    assertThrows(CoderException.class, () -> ItemCoder.of().decode(new ByteArrayInputStream(huge)));
    assertThrows(
        CoderException.class, () -> ItemCoder.of().decode(new ByteArrayInputStream(new byte[0])));
  }

  @Test
  void theReplacementCharacterIsAnOrdinaryOne() {
    Map<String, AttributeValue> item = Map.of("\uFFFD", fromS("a\uFFFDb"));

    assertThat(ItemCoder.fromBytes(ItemCoder.toBytes(item)), equalTo(item));
  }

  @Test
  void longStringsAndManyAttributesFit() {
    Map<String, AttributeValue> many = new HashMap<>();
    for (int i = 0; i < 3000; i++) {
      many.put("attribute" + i, fromS("é".repeat(i % 300)));
    }

    assertThat(ItemCoder.fromBytes(ItemCoder.toBytes(many)), equalTo(many));
    assertThat(
        ItemCoder.toBytes(Map.of("a", fromS("x".repeat(400_000)))).length, lessThan(400_010));
  }

  @Test
  void theCoderIsDeterministicAndOne() {
    ItemCoder.of().verifyDeterministic();

    assertThat(SerializableUtils.clone(ItemCoder.of()), sameInstance(ItemCoder.of()));
    assertThat(
        ItemCoder.of().structuralValue(Map.of("s", fromSs(List.of("b", "a")))),
        equalTo(ItemCoder.of().structuralValue(Map.of("s", fromSs(List.of("a", "b"))))));
  }
}
