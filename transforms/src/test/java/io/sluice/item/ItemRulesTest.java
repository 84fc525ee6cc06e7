/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item;

import static io.sluice.item.Refusals.assertRefused;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromBs;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNs;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNul;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromSs;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ItemRulesTest {
  private static String refused(Reason reason, AttributeValue value) {
    return assertRefused(reason, () -> ItemRules.check(Map.of("a", value)));
  }

  private static AttributeValue nested(int containers, AttributeValue leaf) {
    AttributeValue value = leaf;
    for (int i = 0; i < containers; i++) {
      value = i % 2 == 0 ? fromL(List.of(value)) : fromM(Map.of("m", value));
    }
    return value;
  }

  @Test
  void names() throws InvalidItemException {
    ItemRules.check(Map.of("é".repeat(32767) + "x", fromS("")));

    assertRefused(Reason.ATTRIBUTE_NAME, () -> ItemRules.check(Map.of("", fromS("x"))));
    assertRefused(
        Reason.ATTRIBUTE_NAME, () -> ItemRules.check(Map.of("é".repeat(32768), fromS("x"))));
    assertRefused(Reason.NOT_UTF8, () -> ItemRules.check(Map.of("\ud800", fromS("x"))));
    assertThat(
        refused(Reason.ATTRIBUTE_NAME, fromM(Map.of("", fromS("x")))), containsString("'a'"));
  }

  @Test
  void numbers() throws InvalidItemException {
    ItemRules.check(Map.of("a", fromN("1e125")));

    assertThat(refused(Reason.NUMBER_RANGE, fromN("1e126")), containsString("'a'"));
    refused(Reason.NUMBER_RANGE, fromNs(List.of("1e126")));
    assertThat(refused(Reason.NOT_OF_TYPE, fromN("secret")), not(containsString("secret")));
    refused(Reason.NOT_OF_TYPE, fromNs(List.of("secret")));
  }

  @Test
  void sets() throws InvalidItemException {
    SdkBytes one = SdkBytes.fromByteArray(new byte[] {1});
    SdkBytes oneAgain = SdkBytes.fromByteArray(new byte[] {1});
    ItemRules.check(Map.of("a", fromSs(List.of("", "A", "a"))));

    refused(Reason.BAD_SET, fromSs(List.of()));
    refused(Reason.BAD_SET, fromNs(List.of()));
    refused(Reason.BAD_SET, fromBs(List.of()));
    assertThat(
        refused(Reason.BAD_SET, fromSs(List.of("secret", "secret"))),
        not(containsString("secret")));
    refused(Reason.BAD_SET, fromNs(List.of("1", "1.0")));
    refused(Reason.BAD_SET, fromBs(List.of(one, oneAgain)));
    refused(Reason.NOT_OF_TYPE, fromSs(Collections.singletonList(null)));
  }

  @Test
  void anAttributeIsTheFirstOf32Levels() throws InvalidItemException {
    ItemRules.check(Map.of("a", nested(31, fromS("leaf"))));

    refused(Reason.NESTING, nested(32, fromS("leaf")));
  }

  @Test
  void hostileDepthDoesNotOverflowTheStack() {
    assertThat(refused(Reason.NESTING, nested(50_000, fromS("leaf"))), containsString("32"));
  }

  @Test
  void loneSurrogates() {
    assertThat(
        refused(Reason.NOT_UTF8, fromM(Map.of("b", fromL(List.of(fromS("ok"), fromS("\udc00")))))),
        containsString("'a.b[1]'"));
    refused(Reason.NOT_UTF8, fromSs(List.of("\ud800")));
    refused(Reason.NOT_UTF8, fromM(Map.of("\ud800", fromS("x"))));
  }

  @Test
  void unusableValues() {
    refused(Reason.NOT_OF_TYPE, fromNul(false));
    refused(Reason.NOT_OF_TYPE, AttributeValue.builder().build());
    refused(Reason.NOT_OF_TYPE, AttributeValue.builder().s("x").n("1").build());
    refused(Reason.NOT_OF_TYPE, fromL(Collections.singletonList(null)));
  }

  @Test
  void sizes() throws InvalidItemException {
    ItemRules.check(Map.of("a", fromS("x".repeat(ItemRules.MAX_ITEM_BYTES - 1))));

    assertThat(
        refused(Reason.ITEM_TOO_LARGE, fromS("x".repeat(ItemRules.MAX_ITEM_BYTES))),
        both(containsString("409601")).and(containsString("409600")));
  }

  @Test
  void keysToo() throws InvalidItemException {
    KeySchema schema = KeySchema.of(KeyAttribute.parse("a:S"));
    ItemRules.check(Map.of("a", fromS("x")), schema);

    assertRefused(Reason.KEY_EMPTY, () -> ItemRules.check(Map.of("a", fromS("")), schema));
    assertRefused(Reason.BAD_SET, () -> ItemRules.check(Map.of("a", fromSs(List.of())), schema));
  }

  @Test
  void pathsAreFitForALog() {
    String name = "line\nbreak\u2028" + "x".repeat(1000);

    assertThat(
        assertRefused(Reason.NOT_OF_TYPE, () -> ItemRules.check(Map.of(name, fromNul(false)))),
        allOf(containsString("line?break?xxx"), not(containsString("x".repeat(65)))));
  }

  @Test
  void keysOfIndexesMayBeMissingButNotOfAnotherType() throws InvalidItemException {
    List<KeyAttribute> keys = List.of(KeyAttribute.parse("n:N"), KeyAttribute.parse("s:S"));
    ItemRules.checkIndexKeys(Map.of(), keys);
    ItemRules.checkIndexKeys(
        Map.of("n", AttributeValue.fromN("1"), "s", AttributeValue.fromS("x")), keys);
    assertRefused(
        Reason.KEY_TYPE,
        () -> ItemRules.checkIndexKeys(Map.of("n", AttributeValue.fromS("1")), keys));
    assertRefused(
        Reason.KEY_EMPTY,
        () -> ItemRules.checkIndexKeys(Map.of("s", AttributeValue.fromS("")), keys));
  }
}
