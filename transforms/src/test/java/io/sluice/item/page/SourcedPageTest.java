/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.page;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.item.ItemKey;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.Origin;
import io.sluice.item.SourcedItem;
import io.sluice.testing.Items;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Pages of an import, and the pager that fills them. */
class SourcedPageTest {
  private static final KeySchema KEY = new KeySchema(KeyAttribute.parse("pk:S"), null);

  private final List<SourcedPage> pages = new ArrayList<>();

  @Provide
  Arbitrary<List<Map<String, AttributeValue>>> items() {
    return Items.items(KEY).list().ofMaxSize(40);
  }

  @Property(tries = 200, shrinking = ShrinkingMode.BOUNDED)
  void everyItemIsInOnePageOfItsBucket(
      @ForAll("items") List<Map<String, AttributeValue>> items, @ForAll Random random)
      throws Exception {
    pages.clear();
    Buckets buckets = Buckets.byKey(1 + random.nextInt(7));
    Pager pager = new Pager(1 + random.nextInt(4_000), pages::add);
    Map<Integer, List<SourcedItem>> expected = new HashMap<>();
    Map<Integer, List<ItemKey>> keys = new HashMap<>();
    for (Map<String, AttributeValue> item : items) {
      Origin origin = new Origin("file" + random.nextInt(3), random.nextInt(1_000_000));
      SourcedItem sourced = SourcedItem.of(origin, item);
      ItemKey key = ItemKey.of(item, KEY);
      buckets.add(sourced, key, pager);
      expected.computeIfAbsent(key.bucket(buckets.count()), b -> new ArrayList<>()).add(sourced);
      keys.computeIfAbsent(key.bucket(buckets.count()), b -> new ArrayList<>()).add(key);
    }
    pager.flush();
    assertThat(pager.openBytes(), is(0L));

    Map<Integer, List<SourcedItem>> found = new HashMap<>();
    Map<Integer, List<ItemKey>> foundKeys = new HashMap<>();
    for (SourcedPage page : pages) {
      SourcedPage travelled = travelled(page);
      assertThat(travelled, is(page));
      List<SourcedItem> bucket = found.computeIfAbsent(page.bucket(), b -> new ArrayList<>());
      int before = bucket.size();
      travelled.forEach(bucket::add);
      assertThat(bucket.size() - before, is(page.count()));
      PageCursor cursor = travelled.cursor();
      while (cursor.next()) {
        foundKeys.computeIfAbsent(page.bucket(), b -> new ArrayList<>()).add(cursor.key());
      }
    }
    assertThat(found, is(expected));
    assertThat(foundKeys, is(keys));
  }

  @Test
  void deletesAreTheSameItemsForAnotherPurpose() throws Exception {
    Pager pager = new Pager(1 << 20, pages::add);
    for (String id : List.of("a", "b", "c")) {
      pager.add(3, new byte[0], SourcedItem.withoutOrigin(Map.of("pk", AttributeValue.fromS(id))));
    }
    pager.flush();
    SourcedPage puts = pages.get(0);
    SourcedPage deletes = travelled(puts.asDeletes());
    assertThat(puts.isOfDeletes(), is(false));
    assertThat(deletes.isOfDeletes(), is(true));
    assertThat(deletes, is(puts.asDeletes()));
    assertThat(deletes.equals(puts), is(false));
    assertThat(deletes.toString(), is("page of 3 deletes of bucket 3"));
    BitSet first = new BitSet();
    first.set(0);
    SourcedPage rest = travelled(deletes.without(first));
    assertThat(rest.isOfDeletes(), is(true));
    assertThat(rest.count(), is(2));
  }

  @Property(tries = 200, shrinking = ShrinkingMode.BOUNDED)
  void itemsAreLeftOutByTheirNumbers(
      @ForAll("items") List<Map<String, AttributeValue>> items, @ForAll Random random)
      throws Exception {
    pages.clear();
    Pager pager = new Pager(Long.MAX_VALUE, pages::add);
    items.forEach(item -> pager.add(0, new byte[0], SourcedItem.withoutOrigin(item)));
    pager.flush();
    for (SourcedPage page : pages) {
      BitSet some = new BitSet();
      BitSet others = new BitSet();
      List<SourcedItem> expected = new ArrayList<>();
      int number = 0;
      for (SourcedItem item : page) {
        switch (random.nextInt(3)) {
          case 0 -> some.set(number);
          case 1 -> others.set(number);
          default -> expected.add(item);
        }
        number++;
      }
      SourcedPage rest = travelled(page.without(some)).without(others);
      List<SourcedItem> found = new ArrayList<>();
      rest.forEach(found::add);
      assertThat(found, is(expected));
      assertThat(rest.count(), is(expected.size()));
      assertThat("the page itself is as it was", page.count(), is(number));
    }
  }

  private static SourcedPage travelled(SourcedPage page) throws CoderException {
    return CoderUtils.decodeFromByteArray(
        SourcedPageCoder.of(), CoderUtils.encodeToByteArray(SourcedPageCoder.of(), page));
  }

  @Test
  void itsPartOfTheBucketTravelsAndIsLostWithAnItem() throws CoderException {
    Pager pager = new Pager(pages::add);
    pager.add(0, new byte[0], itemOf(10));
    pager.flush();
    SourcedPage page = pages.get(0);
    assertThat(travelled(page).part(), nullValue());
    SourcedPage part = page.as(new BucketPart(-5, 2, 3, 1L << 40));
    assertThat(travelled(part), is(part));
    assertThat(travelled(part).part(), is(part.part()));
    assertThat(part.equals(page), is(false));
    BitSet first = new BitSet();
    first.set(0);
    assertThat(part.without(first).part(), nullValue());
    assertThrows(IllegalArgumentException.class, () -> new BucketPart(0, 3, 3, 1));
  }

  @Test
  void aMaskIsWithinItsPage() {
    Pager pager = new Pager(pages::add);
    pager.add(0, new byte[0], itemOf(10));
    pager.flush();
    BitSet second = new BitSet();
    second.set(1);
    assertThrows(IllegalArgumentException.class, () -> pages.get(0).without(second));
  }

  @Test
  void nothingMakesNoPage() {
    Pager pager = new Pager(pages::add);
    pager.flush();
    assertThat(pages, empty());
  }

  @Test
  void aPageThatIsFullLeaves() {
    Pager pager = new Pager(pages::add);
    for (int i = 0; i < 1_000; i++) {
      pager.add(i % 2, new byte[0], itemOf(1_000));
    }
    pager.flush();
    assertThat(pages.stream().mapToInt(SourcedPage::count).sum(), is(1_000));
    // 500 items of a bucket in pages of 64 KB.
    assertThat(pages, hasSize(16));
    for (SourcedPage page : pages) {
      assertThat(page.bytes(), lessThan(Pager.PAGE_BYTES + 1_100));
    }
  }

  @Test
  void anItemThatIsLargerThanAPageHasOne() {
    Pager pager = new Pager(pages::add);
    pager.add(0, new byte[0], itemOf(10));
    pager.add(0, new byte[0], itemOf(400_000));
    pager.add(0, new byte[0], itemOf(10));
    pager.flush();
    assertThat(pages.stream().map(SourcedPage::count).toList(), contains(2, 1));
  }

  /** As for a terabyte, where a reader has many more buckets than fit into its memory. */
  @Test
  void openPagesAreBoundedHoweverManyBucketsThereAre() {
    long most = 4 << 20;
    Pager pager = new Pager(most, pages::add);
    Random random = new Random(3);
    long highest = 0;
    for (int i = 0; i < 50_000; i++) {
      pager.add(random.nextInt(4_000), new byte[0], itemOf(200));
      highest = Math.max(highest, pager.openBytes());
    }
    pager.flush();
    assertThat(highest, lessThan(2 * most));
    assertThat(pages.stream().mapToInt(SourcedPage::count).sum(), is(50_000));
    // A page of each bucket has room for one item only if it leaves at once; these wait for more.
    assertThat(50_000.0 / pages.size(), greaterThan(1.5));
  }

  @Test
  void openPagesMayHaveAShareOfTheHeap() {
    assertThat(Pager.maxOpenBytes(256L << 20), is(16L << 20));
    assertThat(Pager.maxOpenBytes(1L << 30), is(32L << 20));
    assertThat(Pager.maxOpenBytes(32L << 30), is(64L << 20));
  }

  /** Where items come to the short pages only, and none of the long ones can leave by itself. */
  @Test
  void openPagesAreBoundedWhateverBucketsItemsComeTo() {
    long most = 1 << 20;
    Pager pager = new Pager(most, pages::add);
    long highest = 0;
    for (int bucket = 0; bucket < 500; bucket++) {
      for (int i = 0; i < 60; i++) {
        pager.add(bucket, new byte[0], itemOf(1_000));
        highest = Math.max(highest, pager.openBytes());
      }
    }
    pager.flush();
    assertThat(highest, lessThan(2 * most + 4 * Pager.PAGE_BYTES));
    assertThat(pages.stream().mapToInt(SourcedPage::count).sum(), is(30_000));
  }

  private static SourcedItem itemOf(int bytes) {
    byte[] random = new byte[bytes];
    new Random(bytes).nextBytes(random);
    return SourcedItem.withoutOrigin(
        Map.of("b", AttributeValue.fromB(SdkBytes.fromByteArray(random))));
  }
}
