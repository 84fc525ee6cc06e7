/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dedupe;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
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
        items.add(item(i, random.nextInt(keys), random.nextInt(3)));
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

  @ParameterizedTest
  @EnumSource(names = {"DISTINCT", "LATEST", "FIRST"})
  void aKeyThatRepeatsTakesNoMoreMemory(DuplicatePolicy keep) throws Exception {
    BucketOfPages bucket =
        new BucketOfPages(keep, keep == DuplicatePolicy.DISTINCT ? null : "version");
    for (int page = 0; page < 100; page++) {
      List<SourcedItem> items = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        int offset = 50 * page + i;
        items.add(item(offset, 1, keep == DuplicatePolicy.DISTINCT ? 1 : random.nextInt(1_000)));
      }
      List<SourcedPage> whole = new ArrayList<>();
      Pager pager = new Pager(whole::add);
      for (SourcedItem item : items) {
        pager.add(0, ItemKey.of(item.item(), KEY).bytes(), item);
      }
      pager.flush();
      whole.forEach(bucket::add);
      assertThat(bucket.held(), lessThan(4));
    }
    assertThat(bucket.duplicates(), is(4_999L));
  }

  @Test
  void anEmptyBucketHasNothing() {
    assertThat(settle(DuplicatePolicy.DISTINCT, List.of()), is(new Settled(Set.of(), Set.of(), 0)));
  }
}
