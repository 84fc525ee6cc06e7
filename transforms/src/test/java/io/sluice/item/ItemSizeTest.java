/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNs;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromSs;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ItemSizeTest {
  @Test
  void theExampleOfTheDeveloperGuide() {
    assertThat(ItemSize.of(Map.of("shirt-color", fromS("R"), "shirt-size", fromS("M"))), is(23));
  }

  @Test
  void namesAndStringsCountUtf8() {
    assertThat(ItemSize.of(Map.of("é", fromS("😀"))), is(2 + 4));
    assertThat(ItemSize.of(Map.of("a", fromS("€\ue000"))), is(1 + 6));
  }

  @Test
  void otherTypes() {
    assertThat(ItemSize.of(Map.of()), is(0));
    assertThat(ItemSize.of(Map.of("a", AttributeValue.fromBool(false))), is(2));
    assertThat(ItemSize.of(Map.of("a", AttributeValue.fromNul(true))), is(2));
    assertThat(
        ItemSize.of(Map.of("a", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[5])))), is(6));
    assertThat(ItemSize.of(Map.of("a", fromSs(List.of("ab", "c")))), is(1 + 3));
    assertThat(ItemSize.of(Map.of("a", fromNs(List.of("1", "200")))), is(1 + 2 + 2));
    assertThat(ItemSize.of(Map.of("a", fromL(List.of()))), is(1 + 3));
    assertThat(
        ItemSize.of(Map.of("a", fromL(List.of(fromS("x"), fromS("yz"))))), is(1 + 3 + 2 + 3));
    assertThat(ItemSize.of(Map.of("a", fromM(Map.of("k", fromS("xy"))))), is(1 + 3 + 1 + 3));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "-0.0, 1",
    "1, 2",
    "-1, 3",
    "99, 2",
    "100, 2",
    "101, 3",
    "1000, 2",
    "1001, 3",
    "10, 2",
    "0.1, 2",
    "0.12, 2",
    "0.012, 3",
    "1.5, 3",
    "12345, 4",
    "1e125, 2",
    "1E-130, 2",
    "99999999999999999999999999999999999999, 20",
    "-99999999999999999999999999999999999999, 21",
    "-9.9999999999999999999999999999999999999, 21"
  })
  void numbersCountPairsOfDigits(String text, int bytes) {
    assertThat(ItemSize.of(Map.of("", fromN(text))), is(bytes));
  }

  @Test
  void hugeItemsDoNotOverflow() {
    AttributeValue megabyte = AttributeValue.fromB(SdkBytes.fromByteArray(new byte[1 << 20]));
    AttributeValue list = fromL(Collections.nCopies(3000, megabyte));

    assertThat(ItemSize.of(Map.of("a", list)), is(Integer.MAX_VALUE));
  }
}
