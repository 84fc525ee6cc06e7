/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.sluice.item.json.ItemJson;
import io.sluice.item.json.ItemJsonBuffer;
import io.sluice.testing.Items;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.apache.beam.sdk.coders.CoderException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Properties of every valid item. */
class ItemPropertiesTest {
  private static final int TRIES = 500;
  private static final KeySchema NUMBER_KEY =
      new KeySchema(KeyAttribute.parse("pk:N"), KeyAttribute.parse("sk:S"));

  @Provide
  Arbitrary<Map<String, AttributeValue>> items() {
    return Items.items();
  }

  @Provide
  Arbitrary<Map<String, AttributeValue>> keyedItems() {
    return Items.items(NUMBER_KEY);
  }

  @Provide
  Arbitrary<String> numbers() {
    return Items.numbers();
  }

  @Provide
  Arbitrary<String> jsonLike() {
    return Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"",
            "\\",
            "\\ud800",
            "\"S\"",
            "\"N\"",
            "\"Item\"",
            "\"PutRequest\"",
            "\"DeleteRequest\"",
            "\"M\"",
            "\"L\"",
            "true",
            "null",
            "1e9",
            " ",
            "{\"S\":\"a\"}",
            "\"pk\":")
        .list()
        .ofMaxSize(20)
        .map(parts -> String.join("", parts));
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void theCoderKeepsEveryItem(@ForAll("items") Map<String, AttributeValue> item)
      throws IOException {
    Map<String, AttributeValue> decoded = ItemCoder.fromBytes(ItemCoder.toBytes(item));

    assertThat(Items.sorted(decoded), equalTo(Items.sorted(item)));
    assertThat(
        new ArrayList<>(decoded.keySet()), equalTo(item.keySet().stream().sorted().toList()));

    // Twice in a row: the encoding knows its own end.
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ItemCoder.of().encode(item, out);
    ItemCoder.of().encode(item, out);
    ByteArrayInputStream in = new ByteArrayInputStream(out.toByteArray());
    assertThat(ItemCoder.of().decode(in), equalTo(decoded));
    assertThat(ItemCoder.of().decode(in), equalTo(decoded));
    assertThat(in.available(), is(0));
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void equalItemsAreEqualBytes(
      @ForAll("items") Map<String, AttributeValue> item, @ForAll long seed) {
    byte[] bytes = ItemCoder.toBytes(item);

    assertThat(ItemCoder.toBytes(shuffled(item, new Random(seed))), equalTo(bytes));
    assertThat(ItemCoder.toBytes(ItemCoder.fromBytes(bytes)), equalTo(bytes));
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void jsonKeepsEveryItem(@ForAll("items") Map<String, AttributeValue> item)
      throws InvalidItemException {
    String json = ItemJson.toJson(item);

    assertThat(record("{\"Item\":" + json + "}"), equalTo(item));
    assertThat(record(" {\"PutRequest\": {\"Item\":" + json + "} }\n"), equalTo(item));
    // An item with one attribute named Item, and the like, is distinguished from an envelope by its
    // content.
    if (item.size() != 1) {
      assertThat(record(json), equalTo(item));
    }
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void theRulesAcceptEveryItem(@ForAll("keyedItems") Map<String, AttributeValue> item)
      throws InvalidItemException {
    ItemRules.check(item, NUMBER_KEY);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void sizesAddUp(
      @ForAll("items") Map<String, AttributeValue> a,
      @ForAll("items") Map<String, AttributeValue> b) {
    Map<String, AttributeValue> both = new LinkedHashMap<>(a);
    b.forEach((name, value) -> both.put("b." + name, value));
    Assume.that(both.size() == a.size() + b.size());

    assertThat(ItemSize.of(a), greaterThanOrEqualTo(0));
    assertThat(ItemSize.of(both), equalTo(ItemSize.of(a) + ItemSize.of(b) + 2 * b.size()));
    assertThat(
        ItemSize.of(Map.of("m", AttributeValue.fromM(a))),
        equalTo(1 + 3 + a.size() + ItemSize.of(a)));
  }

  @Property(tries = 2000, shrinking = ShrinkingMode.BOUNDED)
  void canonicalNumbersAreTheirValue(@ForAll("numbers") String a, @ForAll("numbers") String b) {
    String canonical = ItemNumber.canonical(a);

    assertThat(new BigDecimal(canonical).compareTo(new BigDecimal(a)), is(0));
    assertThat(ItemNumber.canonical(canonical), equalTo(canonical));
    assertThat(
        ItemNumber.canonical("+00" + unsigned(a)), equalTo(ItemNumber.canonical(unsigned(a))));
    assertThat(
        canonical.equals(ItemNumber.canonical(b)),
        is(new BigDecimal(a).compareTo(new BigDecimal(b)) == 0));
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void keysAreEqualWhenTheirValuesAre(
      @ForAll("keyedItems") Map<String, AttributeValue> a,
      @ForAll("keyedItems") Map<String, AttributeValue> b)
      throws InvalidItemException {
    ItemKey key = ItemKey.of(a, NUMBER_KEY);
    Map<String, AttributeValue> respelled = new LinkedHashMap<>(a);
    respelled.put("pk", AttributeValue.fromN(respelled(a.get("pk").n())));
    ItemKey other = ItemKey.of(b, NUMBER_KEY);
    boolean same =
        new BigDecimal(a.get("pk").n()).compareTo(new BigDecimal(b.get("pk").n())) == 0
            && a.get("sk").equals(b.get("sk"));

    assertThat(ItemKey.of(respelled, NUMBER_KEY), equalTo(key));
    assertThat(ItemKey.ofBytes(key.bytes()), equalTo(key));
    assertThat(other, same ? equalTo(key) : not(equalTo(key)));
    assertThat(other.compareTo(key) == 0, is(same));
  }

  // Java would give a zero of many places an exponent that DynamoDB refuses.
  private static String respelled(String number) {
    BigDecimal value = new BigDecimal(number);
    return value.signum() == 0 ? value.toPlainString() : value.toString();
  }

  @Property(tries = 2000, shrinking = ShrinkingMode.OFF)
  void randomBytesAreReadOrRefused(@ForAll byte[] bytes) {
    decodeAnything(bytes);
    parseAnything(bytes);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void mutatedItemsAreReadOrRefused(
      @ForAll("items") Map<String, AttributeValue> item, @ForAll long seed) {
    Random random = new Random(seed);
    byte[] bytes = ItemCoder.toBytes(item);
    byte[] json = ItemJson.toJson(item).getBytes(UTF_8);
    for (int i = 0; i < 20; i++) {
      decodeAnything(mutated(bytes, random));
      parseAnything(mutated(json, random));
    }
  }

  @Property(tries = 2000, shrinking = ShrinkingMode.OFF)
  void jsonLikeTextIsReadOrRefused(@ForAll("jsonLike") String text) {
    parseAnything(text.getBytes(UTF_8));
  }

  /** Only the documented exceptions are thrown, and what was decoded can be encoded again. */
  private static void decodeAnything(byte[] bytes) {
    try {
      ItemCoder.toBytes(ItemCoder.fromBytes(bytes));
    } catch (IllegalArgumentException expected) {
      // Corrupt.
    }
    try {
      ItemCoder.of().decode(new ByteArrayInputStream(bytes));
    } catch (CoderException expected) {
      // Corrupt.
    } catch (IOException e) {
      throw new AssertionError("not a CoderException", e);
    }
  }

  private static void parseAnything(byte[] bytes) {
    try {
      ItemCoder.toBytes(ItemJson.parseRecord(bytes, 0, bytes.length));
    } catch (InvalidItemException expected) {
      // Malformed in some way.
    }
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    byte[] out = bytes.clone();
    for (int i = random.nextInt(3); i >= 0 && out.length > 0; i--) {
      out[random.nextInt(out.length)] = (byte) random.nextInt(256);
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(out, random.nextInt(out.length + 3)) : out;
  }

  private static Map<String, AttributeValue> record(String json) throws InvalidItemException {
    byte[] utf8 = json.getBytes(UTF_8);
    return ItemJson.parseRecord(utf8, 0, utf8.length);
  }

  private static String unsigned(String number) {
    return number.startsWith("-") || number.startsWith("+") ? number.substring(1) : number;
  }

  private static Map<String, AttributeValue> shuffled(
      Map<String, AttributeValue> item, Random random) {
    List<String> names = shuffled(item.keySet(), random);
    Map<String, AttributeValue> out = new LinkedHashMap<>();
    names.forEach(name -> out.put(name, shuffled(item.get(name), random)));
    return out;
  }

  private static AttributeValue shuffled(AttributeValue value, Random random) {
    return switch (value.type()) {
      case SS -> AttributeValue.fromSs(shuffled(value.ss(), random));
      case NS -> AttributeValue.fromNs(shuffled(value.ns(), random));
      case BS -> AttributeValue.fromBs(shuffled(value.bs(), random));
      case L -> AttributeValue.fromL(value.l().stream().map(v -> shuffled(v, random)).toList());
      case M -> AttributeValue.fromM(shuffled(value.m(), random));
      default -> value;
    };
  }

  private static <T> List<T> shuffled(Iterable<T> elements, Random random) {
    List<T> out = new ArrayList<>();
    elements.forEach(out::add);
    Collections.shuffle(out, random);
    return out;
  }

  @Property(tries = TRIES)
  void theRequestBufferWritesWhatTheItemHolds(
      @ForAll("items") Map<String, AttributeValue> item,
      @ForAll("items") Map<String, AttributeValue> second)
      throws InvalidItemException {
    ItemJsonBuffer buffer = new ItemJsonBuffer().raw("[").item(SourcedItem.withoutOrigin(item));
    int end = buffer.size();
    byte[] alone = Arrays.copyOfRange(buffer.array(), 1, end);
    assertThat(content(ItemJson.parseRecord(bare(alone), 0, alone.length + 9)), is(content(item)));
    buffer.raw(",").item(SourcedItem.withoutOrigin(second)).truncate(end);
    assertThat(Arrays.copyOfRange(buffer.array(), 1, buffer.size()), is(alone));
  }

  /** In an envelope, so that an item with one attribute named Item is not taken for one. */
  private static byte[] bare(byte[] item) {
    return ("{\"Item\":" + new String(item, UTF_8) + "}").getBytes(UTF_8);
  }

  private static List<Byte> content(Map<String, AttributeValue> item) {
    List<Byte> bytes = new ArrayList<>();
    for (byte b : ItemCoder.toBytes(item)) {
      bytes.add(b);
    }
    return bytes;
  }
}
