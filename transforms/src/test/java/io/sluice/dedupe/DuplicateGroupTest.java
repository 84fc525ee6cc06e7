/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dedupe;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromB;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromBool;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNul;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.item.Origin;
import io.sluice.item.SourcedItem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Which of the items with the same key is kept. */
class DuplicateGroupTest {

  /** An item with an order attribute, if it is not null. */
  private static SourcedItem item(String file, long offset, @Nullable AttributeValue order) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("pk", fromS("k"));
    if (order != null) {
      item.put("o", order);
    }
    return SourcedItem.of(new Origin(file, offset), item);
  }

  private static DuplicateGroup group(
      DuplicatePolicy keep, @Nullable String orderBy, List<SourcedItem> items) {
    DuplicateGroup group = DuplicateGroup.of(keep, orderBy);
    items.forEach(group::add);
    assertThat(group.size(), is((long) items.size()));
    return group;
  }

  /** Returns the winner, which is the same in either order. */
  private static SourcedItem winner(
      DuplicatePolicy keep, @Nullable String orderBy, SourcedItem... items) {
    List<SourcedItem> all = new ArrayList<>(List.of(items));
    DuplicateGroup group = group(keep, orderBy, all);
    assertThat(group.rejected(), empty());
    Collections.reverse(all);
    assertThat(group(keep, orderBy, all).winner(), is(group.winner()));
    return group.winner();
  }

  private static void assertGreater(AttributeValue greater, @Nullable AttributeValue less) {
    SourcedItem a = item("a", 0, greater);
    SourcedItem b = item("b", 0, less);
    assertThat(winner(DuplicatePolicy.LATEST, "o", a, b), is(a));
    if (less != null) {
      assertThat(winner(DuplicatePolicy.FIRST, "o", a, b), is(b));
    }
  }

  private static void assertTied(AttributeValue one, AttributeValue other) {
    SourcedItem a = item("a", 0, one);
    SourcedItem b = item("b", 0, other);
    assertThat(winner(DuplicatePolicy.LATEST, "o", a, b), is(b));
    assertThat(winner(DuplicatePolicy.FIRST, "o", a, b), is(a));
  }

  @Test
  void withoutAnOrderFileAndOffsetDecide() {
    SourcedItem a9 = item("a", 9, null);
    SourcedItem a10 = item("a", 10, null);
    SourcedItem b0 = item("b", 0, null);
    assertThat(winner(DuplicatePolicy.LATEST, null, a10, b0, a9), is(b0));
    assertThat(winner(DuplicatePolicy.LATEST, null, a9, a10), is(a10));
    assertThat(winner(DuplicatePolicy.FIRST, null, a10, b0, a9), is(a9));
  }

  @ParameterizedTest
  @CsvSource({"10, 9", "-9, -10", "1e2, 99", "0.11, 0.1", "1E-130, 0", "0, -1E-130"})
  void numbersByValue(String greater, String less) {
    assertGreater(fromN(greater), fromN(less));
  }

  @ParameterizedTest
  @CsvSource({"1, 1.0", "100, 1e2", "0, -0", "0, 0e99999999999", ".5, 0.50"})
  void theSameNumberIsATie(String one, String other) {
    assertTied(fromN(one), fromN(other));
  }

  @Test
  void stringsAndBinaryByTheirBytes() {
    assertGreater(fromS("9"), fromS("10"));
    assertGreater(fromS("b"), fromS("a"));
    assertGreater(fromS("aa"), fromS("a"));
    assertGreater(fromS("a"), fromS("Z"));
    assertGreater(fromS("\ud83d\ude00"), fromS("\uffee"));
    assertGreater(binary(-1), binary(1));
    assertGreater(binary(1, 0), binary(1));
  }

  private static AttributeValue binary(int... bytes) {
    byte[] all = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      all[i] = (byte) bytes[i];
    }
    return fromB(SdkBytes.fromByteArray(all));
  }

  @Test
  void anItemWithoutTheAttributeNeverWinsAgainstOneWithIt() {
    SourcedItem with = item("b", 5, fromN("-1E+125"));
    for (AttributeValue nothing : new AttributeValue[] {null, fromNul(true)}) {
      for (SourcedItem without : List.of(item("a", 0, nothing), item("c", 0, nothing))) {
        assertThat(winner(DuplicatePolicy.LATEST, "o", with, without), is(with));
        assertThat(winner(DuplicatePolicy.FIRST, "o", with, without), is(with));
      }
    }
    SourcedItem a = item("a", 0, null);
    SourcedItem b = item("b", 0, fromNul(true));
    assertThat(winner(DuplicatePolicy.LATEST, "o", a, b), is(b));
    assertThat(winner(DuplicatePolicy.FIRST, "o", a, b), is(a));
  }

  @Test
  void otherTypesAreTies() {
    assertTied(fromBool(true), fromBool(false));
    assertTied(AttributeValue.fromL(List.of()), AttributeValue.fromL(List.of(fromN("1"))));
  }

  @Test
  void distinctKeepsTheFirstOfEqualItems() {
    SourcedItem a = item("a", 3, fromN("1"));
    SourcedItem b = item("b", 0, fromN("1"));
    SourcedItem c = item("a", 12, fromN("1"));
    assertThat(winner(DuplicatePolicy.DISTINCT, null, b, c, a), is(a));
    assertThat(winner(DuplicatePolicy.DISTINCT, null, a), is(a));
  }

  @Test
  void distinctRejectsOneOfEachOtherGroup() {
    SourcedItem a = item("a", 0, fromN("1"));
    SourcedItem a2 = item("a", 5, fromN("1"));
    SourcedItem b = item("a", 10, fromN("2"));
    SourcedItem b2 = item("b", 0, fromN("2"));
    SourcedItem c = item("c", 0, null);
    List<SourcedItem> all = new ArrayList<>(List.of(b2, a2, c, b, a));
    for (int i = 0; i < 20; i++) {
      DuplicateGroup group = group(DuplicatePolicy.DISTINCT, null, all);
      assertThat(group.winner(), is(a));
      assertThat(new HashSet<>(group.rejected()), equalTo(Set.of(b, c)));
      Collections.shuffle(all, new Random(i));
    }
  }

  @Test
  void noneHasNoWinner() {
    assertThrows(
        IllegalArgumentException.class, () -> DuplicateGroup.of(DuplicatePolicy.NONE, null));
  }

  /** Items of a user's own pipeline come from no file: their contents decide. */
  @Test
  void itemsWithoutAnOrigin() {
    SourcedItem one = SourcedItem.withoutOrigin(Map.of("pk", fromS("k"), "a", fromN("1")));
    SourcedItem two = SourcedItem.withoutOrigin(Map.of("pk", fromS("k"), "a", fromN("2")));
    for (DuplicatePolicy keep : List.of(DuplicatePolicy.LATEST, DuplicatePolicy.FIRST)) {
      winner(keep, null, one, two);
      winner(keep, "o", one, two);
    }
    DuplicateGroup there = group(DuplicatePolicy.DISTINCT, null, List.of(one, two));
    DuplicateGroup back = group(DuplicatePolicy.DISTINCT, null, List.of(two, one));
    assertThat(there.winner(), is(back.winner()));
    assertThat(there.rejected(), contains(back.rejected().get(0)));
  }

  @Provide
  Arbitrary<SourcedItem> items() {
    Arbitrary<AttributeValue> orders =
        Arbitraries.of(
            fromN("9"),
            fromN("10"),
            fromN("1e1"),
            fromS("9"),
            fromS("10"),
            fromNul(true),
            fromBool(true),
            binary(200),
            binary(1));
    return Combinators.combine(
            Arbitraries.of("", "a", "b"), Arbitraries.longs().between(0, 2), orders.injectNull(0.2))
        .as(DuplicateGroupTest::item);
  }

  @Property(tries = 1000)
  void theOrderOfAddingChangesNothing(
      @ForAll DuplicatePolicy keep,
      @ForAll @Size(min = 1, max = 8) List<@net.jqwik.api.From("items") SourcedItem> items,
      @ForAll long seed,
      @ForAll boolean ordered) {
    if (keep == DuplicatePolicy.NONE) {
      return;
    }
    String orderBy = ordered ? "o" : null;
    DuplicateGroup one = group(keep, orderBy, items);
    List<SourcedItem> shuffled = new ArrayList<>(items);
    Collections.shuffle(shuffled, new Random(seed));
    DuplicateGroup other = group(keep, orderBy, shuffled);
    assertThat(other.winner(), equalTo(one.winner()));
    assertThat(other.rejected().size(), is(one.rejected().size()));
    assertThat(new HashSet<>(other.rejected()), equalTo(new HashSet<>(one.rejected())));
  }

  @Test
  void failRejectsAllButTheFirst() {
    SourcedItem first = item("a", 3, fromN("1"));
    SourcedItem same = item("a", 9, fromN("1"));
    SourcedItem other = item("b", 0, fromN("2"));
    for (List<SourcedItem> order :
        List.of(List.of(first, same, other), List.of(other, same, first))) {
      DuplicateGroup group = group(DuplicatePolicy.FAIL, null, order);
      assertThat(group.winner(), is(first));
      assertThat(Set.copyOf(group.rejected()), is(Set.of(same, other)));
    }
    assertThat(group(DuplicatePolicy.FAIL, null, List.of(first)).rejected(), empty());
  }
}
