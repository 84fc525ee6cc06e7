/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromBool;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNs;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromSs;

import io.sluice.testing.Items;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The hash of items: without an order, and equal when they are. */
class ContentHashTest {
  private static final int TRIES = 300;
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(128);

  @Provide
  Arbitrary<Map<String, AttributeValue>> items() {
    return Items.items();
  }

  @Provide
  Arbitrary<List<Map<String, AttributeValue>>> someItems() {
    return Items.items().list().ofMaxSize(8);
  }

  private static ContentHash sum(List<Map<String, AttributeValue>> items) {
    return items.stream().map(ContentHash::of).reduce(ContentHash.NONE, ContentHash::plus);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void theOrderDoesNotMatter(
      @ForAll("someItems") List<Map<String, AttributeValue>> items, @ForAll long seed) {
    Random random = new Random(seed);
    List<Map<String, AttributeValue>> others = new ArrayList<>();
    items.forEach(item -> others.add(respelt(item, random)));
    Collections.shuffle(others, random);
    int half = random.nextInt(others.size() + 1);
    ContentHash inParts =
        sum(others.subList(half, others.size())).plus(sum(others.subList(0, half)));
    assertThat(inParts, is(sum(items)));
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void equalItemsHaveEqualHashes(
      @ForAll("items") Map<String, AttributeValue> item, @ForAll long seed) {
    Map<String, AttributeValue> other = respelt(item, new Random(seed));
    assertThat(ItemDiff.differing(item, other).isEmpty(), is(true));
    assertThat(ContentHash.of(other), is(ContentHash.of(item)));
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void differentItemsHaveDifferentHashes(
      @ForAll("items") Map<String, AttributeValue> a,
      @ForAll("items") Map<String, AttributeValue> b,
      @ForAll long seed) {
    // Two drawn items have little in common; these differ in one attribute, or are the same.
    Map<String, AttributeValue> mixed = new LinkedHashMap<>(a);
    List<String> names = new ArrayList<>(b.keySet());
    if (!names.isEmpty()) {
      String name = names.get(new Random(seed).nextInt(names.size()));
      mixed.put(name, b.get(name));
    }
    for (Map<String, AttributeValue> other : List.of(b, mixed)) {
      assertThat(
          ContentHash.of(a).equals(ContentHash.of(other)),
          is(ItemDiff.differing(a, other).isEmpty()));
    }
  }

  @Property(tries = TRIES)
  void theSumIsModulo128Bits(@ForAll long a, @ForAll long b, @ForAll long c, @ForAll long d) {
    ContentHash left = new ContentHash(a, b);
    ContentHash right = new ContentHash(c, d);
    BigInteger expected = number(left).add(number(right)).mod(MODULUS);
    assertThat(number(left.plus(right)), is(expected));
    assertThat(left.plus(ContentHash.NONE), is(left));
  }

  private static BigInteger number(ContentHash hash) {
    return new BigInteger(hash.toString(), 16);
  }

  @Example
  void lookAlikesDiffer() {
    List<AttributeValue> values =
        List.of(
            fromS("1"),
            fromN("1"),
            fromSs(List.of("1")),
            fromNs(List.of("1")),
            fromL(List.of(fromN("1"))),
            fromM(Map.of("1", fromN("1"))),
            fromL(List.of()),
            fromM(Map.of()),
            fromBool(true),
            AttributeValue.fromNul(true));
    List<ContentHash> hashes = new ArrayList<>();
    values.forEach(value -> hashes.add(ContentHash.of(Map.of("a", value))));
    assertThat(hashes.stream().distinct().count(), is((long) values.size()));
  }

  @Example
  void twiceIsNotNever() {
    ContentHash once = ContentHash.of(Map.of("a", fromS("b")));
    assertThat(once.plus(once), is(not(ContentHash.NONE)));
    assertThat(once.plus(once), is(not(once)));
  }

  /** Receipts of two versions are compared: who changes this one says so in the change log. */
  @Example
  void theHashStaysTheSameFromVersionToVersion() {
    Map<String, AttributeValue> item =
        Map.of(
            "id",
            fromS("trip-é"),
            "fare",
            fromN("12.50"),
            "tags",
            fromSs(List.of("b", "a")),
            "m",
            fromM(
                Map.of("n", fromNs(List.of("1e2", "0.5")), "l", fromL(List.of(fromBool(false))))));
    assertThat(ContentHash.of(item).toString(), is("bc9d2efc51f57ee6680ee5df64926ede"));
  }

  /** Returns the same item to DynamoDB: numbers spelt otherwise, sets and attributes shuffled. */
  private static Map<String, AttributeValue> respelt(
      Map<String, AttributeValue> item, Random random) {
    List<String> names = new ArrayList<>(item.keySet());
    Collections.shuffle(names, random);
    Map<String, AttributeValue> other = new LinkedHashMap<>();
    names.forEach(name -> other.put(name, respelt(item.get(name), random)));
    return other;
  }

  private static AttributeValue respelt(AttributeValue value, Random random) {
    return switch (value.type()) {
      case N -> fromN(respelt(value.n(), random));
      case NS ->
          fromNs(shuffled(value.ns(), random).stream().map(n -> respelt(n, random)).toList());
      case SS -> fromSs(shuffled(value.ss(), random));
      case BS -> AttributeValue.fromBs(shuffled(value.bs(), random));
      case L -> fromL(value.l().stream().map(element -> respelt(element, random)).toList());
      case M -> fromM(respelt(value.m(), random));
      default -> value;
    };
  }

  private static String respelt(String number, Random random) {
    BigDecimal value = new BigDecimal(number);
    return switch (random.nextInt(3)) {
      case 0 -> value.stripTrailingZeros().toString();
      case 1 -> value.setScale(Math.max(0, value.scale()) + 1).toPlainString();
      default -> number;
    };
  }

  private static <T> List<T> shuffled(List<T> elements, Random random) {
    List<T> shuffled = new ArrayList<>(elements);
    Collections.shuffle(shuffled, random);
    return shuffled;
  }
}
