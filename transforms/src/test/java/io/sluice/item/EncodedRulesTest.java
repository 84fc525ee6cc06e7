/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNs;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromSs;

import io.sluice.testing.Items;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class EncodedRulesTest {
  @Provide
  Arbitrary<Map<String, AttributeValue>> items() {
    return Items.items();
  }

  private static boolean accepts(Map<String, AttributeValue> item) {
    return EncodedRules.areKeptBy(SourcedItem.withoutOrigin(item));
  }

  /** By this the exact size of an item need not be known. */
  @Property(tries = 500, shrinking = ShrinkingMode.BOUNDED)
  void noItemIsLargerThanTwiceItsBytes(@ForAll("items") Map<String, AttributeValue> item) {
    assertThat(ItemSize.of(item), lessThanOrEqualTo(2 * ItemCoder.toBytes(item).length));
  }

  /** Each takes as few bytes for its size as there can be. */
  @Example
  void norIsOneOfValuesThatAreEncodedBest() {
    for (AttributeValue value :
        List.of(fromN("-5"), fromN("-0.5"), fromN("-1.5"), fromN("-101"), fromN("-1E-130"))) {
      noItemIsLargerThanTwiceItsBytes(Map.of("a", fromL(Collections.nCopies(1000, value))));
    }
    noItemIsLargerThanTwiceItsBytes(
        Map.of("a", fromL(Collections.nCopies(1000, fromL(List.of())))));
  }

  @Property(tries = 500, shrinking = ShrinkingMode.BOUNDED)
  void validItemsAreAccepted(@ForAll("items") Map<String, AttributeValue> item)
      throws InvalidItemException {
    ItemRules.check(item);
    assertThat(accepts(item), is(true));
  }

  @Example
  void whatTheRulesRefuseIsNotAccepted() {
    AttributeValue deep = fromS("x");
    for (int level = 1; level <= ItemRules.MAX_LEVELS; level++) {
      deep = fromL(List.of(deep));
    }
    for (AttributeValue value :
        List.of(
            fromN("1e126"),
            fromN("x"),
            fromNs(List.of("1", "1.0")),
            fromSs(List.of("b", "a", "b")),
            fromSs(List.of()),
            deep,
            fromS("x".repeat(ItemRules.MAX_ITEM_BYTES)))) {
      Map<String, AttributeValue> item = Map.of("a", value);
      assertThrows(InvalidItemException.class, () -> ItemRules.check(item));
      assertThat(accepts(item), is(false));
    }
    assertThat(accepts(Map.of("", fromS("x"))), is(false));
  }
}
