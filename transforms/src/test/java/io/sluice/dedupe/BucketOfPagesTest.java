/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dedupe;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.item.ItemKey;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.Origin;
import io.sluice.item.SourcedItem;
import io.sluice.item.page.Pager;
import io.sluice.item.page.SourcedPage;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BucketOfPagesTest {
  private static final KeySchema KEY = KeySchema.of(KeyAttribute.parse("pk:S"));

  private final Random random = new Random(7);

  /** The pages that a bucket passes on, and what it rejects. */
  private record Settled(Set<SourcedItem> kept, Set<SourcedItem> rejected, long duplicates) {}

  private static SourcedItem item(int offset, int key, int version) {
    return SourcedItem.of(
        new Origin("f", offset), Map.of("pk", fromS("k" + key), "version", fromN("" + version)));
  }

  /** Splits items to pages of some items each. */
  private List<SourcedPage> pages(List<SourcedItem> items) throws Exception {
    List<SourcedPage> pages = new ArrayList<>();
    Pager pager = new Pager(pages::add);
    for (SourcedItem item : items) {
      pager.add(0, ItemKey.of(item.item(), KEY).bytes(), item);
      if (random.nextInt(5) == 0) {
        pager.flush();
      }
    }
    pager.flush();
    return pages;
  }

  private static Settled settle(DuplicatePolicy keep, List<SourcedPage> pages) {
    BucketOfPages bucket = new BucketOfPages(keep, "version");
    pages.forEach(bucket::add);
    Set<SourcedItem> kept = new HashSet<>();
    Set<SourcedItem> rejected = new HashSet<>();
    bucket.settle(
        (item, winner) -> assertThat(rejected.add(item), is(true)),
        page -> page.forEach(item -> assertThat(kept.add(item), is(true))));
    return new Settled(kept, rejected, bucket.duplicates());
  }

  /** By a group of each key, without pages. */
  private static Settled expected(DuplicatePolicy keep, List<SourcedItem> items) throws Exception {
    Map<ItemKey, DuplicateGroup> groups = new HashMap<>();
    for (SourcedItem item : items) {
      groups
          .computeIfAbsent(ItemKey.of(item.item(), KEY), key -> DuplicateGroup.of(keep, "version"))
          .add(item);
    }
    Set<SourcedItem> kept = new HashSet<>();
    Set<SourcedItem> rejected = new HashSet<>();
    for (DuplicateGroup group : groups.values()) {
      kept.add(group.winner());
      rejected.addAll(group.rejected());
    }
    return new Settled(kept, rejected, items.size() - kept.size() - rejected.size());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void choosesAsIfThereWereNoPages(DuplicatePolicy keep) throws Exception {
    for (int round = 0; round < 50; round++) {
      List<SourcedItem> items = new ArrayList<>();
      int count = random.nextInt(200);
      int keys = 1 + random.nextInt(100);
      for (int i = 0; i < count; i++) {
        boolean isHot = round % 2 == 0 && random.nextInt(8) > 0;
        items.add(item(i, isHot ? 0 : random.nextInt(keys), random.nextInt(3)));
      }
      Settled expected = expected(keep, items);
      List<SourcedPage> pages = pages(items);
      assertThat(settle(keep, pages), is(expected));
      Collections.shuffle(pages, random);
      assertThat("in another order", settle(keep, pages), is(expected));
      assertThat(
          expected.kept.size() + expected.rejected.size() + expected.duplicates, is((long) count));
    }
  }

  @RepeatedTest(2)
  void aPageWithoutLosersIsPassedOnAsItIs() throws Exception {
    List<SourcedPage> pages = pages(List.of(item(0, 0, 0), item(1, 1, 0), item(2, 2, 0)));
    BucketOfPages bucket = new BucketOfPages(DuplicatePolicy.DISTINCT, null);
    pages.forEach(bucket::add);
    List<SourcedPage> kept = new ArrayList<>();
    bucket.settle((item, winner) -> {}, kept::add);
    assertThat(kept, is(pages));
  }

  /** With some other item in every page, which stays. */
  @ParameterizedTest
  @CsvSource({"DISTINCT, 0", "DISTINCT, 1", "LATEST, 0", "LATEST, 1", "FIRST, 1"})
  void aKeyThatRepeatsTakesNoMoreMemory(DuplicatePolicy keep, int others) throws Exception {
    BucketOfPages bucket =
        new BucketOfPages(keep, keep == DuplicatePolicy.DISTINCT ? null : "version");
    for (int page = 0; page < 100; page++) {
      int first = 100 * page;
      bucket.add(pageOf(first, others, keep == DuplicatePolicy.DISTINCT ? 1 : 1_000));
      assertThat(bucket.held(), lessThan(60 + (page + 1) * others * 4));
    }
    Set<SourcedItem> kept = new HashSet<>();
    bucket.settle((item, winner) -> {}, page -> page.forEach(kept::add));
    assertThat(kept.size(), is(1 + 100 * others));
    assertThat(bucket.duplicates(), is(4_999L));
  }

  /** A page of 50 items with one key, in which others may have keys of their own. */
  private SourcedPage pageOf(int first, int others, int versions) throws Exception {
    List<SourcedPage> whole = new ArrayList<>();
    Pager pager = new Pager(whole::add);
    for (int i = 0; i < 50 + others; i++) {
      boolean isOther = i >= 25 && i < 25 + others;
      SourcedItem item = item(first + i, isOther ? first + i : -1, random.nextInt(versions));
      pager.add(0, ItemKey.of(item.item(), KEY).bytes(), item);
    }
    pager.flush();
    assertThat(whole.size(), is(1));
    return whole.get(0);
  }

  @Test
  void whatAPageCameWithoutDoesNotCount() throws Exception {
    BitSet first = new BitSet();
    first.set(0);
    SourcedPage page = pageOf(0, 0, 1).without(first);
    assertThat(settle(DuplicatePolicy.FIRST, List.of(page)).kept, is(Set.of(item(1, -1, 0))));
  }

  @Test
  void itemsWithoutKeysAreRefused() {
    List<SourcedPage> pages = new ArrayList<>();
    Pager pager = new Pager(pages::add);
    pager.add(0, new byte[0], item(0, 0, 0));
    pager.flush();
    BucketOfPages bucket = new BucketOfPages(DuplicatePolicy.LATEST, null);
    assertThrows(IllegalArgumentException.class, () -> bucket.add(pages.get(0)));
  }

  @Test
  void anEmptyBucketHasNothing() {
    assertThat(settle(DuplicatePolicy.DISTINCT, List.of()), is(new Settled(Set.of(), Set.of(), 0)));
  }
}
