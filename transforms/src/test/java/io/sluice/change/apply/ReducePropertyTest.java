/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.apply;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.change.record.Change;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemKey;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.Origin;
import io.sluice.item.Reason;
import io.sluice.item.SourcedItem;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.util.CoderUtils;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The last change of each key against a model, however the changes arrive and are divided. */
class ReducePropertyTest {
  private static final KeySchema KEY = new KeySchema(KeyAttribute.parse("id:S"), null);
  private static final int BUCKETS = 3;

  private static Map<String, AttributeValue> keyOf(String id) {
    return Map.of("id", fromS(id));
  }

  /** A put of a number, or a delete if there is none. */
  private static Change change(String id, long sequence, @Nullable Integer n) {
    try {
      ItemKey key = ItemKey.of(keyOf(id), KEY);
      BigInteger order = BigInteger.valueOf(sequence);
      return n == null
          ? Change.delete(key, order, 7, keyOf(id), KEY)
          : Change.put(key, order, 7, Map.of("id", fromS(id), "n", fromN(n.toString())));
    } catch (InvalidItemException e) {
      throw new AssertionError(e);
    }
  }

  /** What a reduction came to: the number of each item, or that it is deleted. */
  private static final class Reduced implements ReducedBucket.Results {
    final Map<String, String> last = new HashMap<>();
    final List<Reason> rejected = new ArrayList<>();
    int keys;
    long superseded;
    long ties;

    private void add(SourcedItem item, String what) {
      keys++;
      last.put(item.item().get("id").s(), what);
    }

    @Override
    public void put(ItemKey key, SourcedItem item) {
      add(item, item.item().get("n").n());
    }

    @Override
    public void delete(ItemKey key, SourcedItem attributes) {
      assertThat(attributes.item().keySet(), is(Set.of("id")));
      add(attributes, "deleted");
    }

    @Override
    public void rejected(SourcedItem item, InvalidItemException why) {
      keys++;
      rejected.add(why.reason());
    }

    @Override
    public void counted(long more, long tied) {
      superseded += more;
      ties += tied;
    }
  }

  /** Combines the changes in several bounded memories, and reduces what comes of them. */
  private static Reduced reduce(List<Change> changes, long mostBytes, Random random) {
    ReducedBucket[] buckets = new ReducedBucket[BUCKETS];
    for (int i = 0; i < BUCKETS; i++) {
      buckets[i] = new ReducedBucket(KEY, List.of(KeyAttribute.parse("by:S")));
    }
    List<Map.Entry<Integer, ChangeBlock>> blocks = new ArrayList<>();
    CombinedChanges combined = combined(mostBytes, blocks);
    for (Change change : changes) {
      combined.add(change);
      if (random.nextInt(20) == 0) {
        combined.flush();
        combined = combined(mostBytes, blocks);
      }
    }
    combined.flush();
    assertThat(combined.heldBytes(), is(0L));
    Collections.shuffle(blocks, random);
    blocks.forEach(block -> buckets[block.getKey()].add(travelled(block.getValue())));
    Reduced reduced = new Reduced();
    for (ReducedBucket bucket : buckets) {
      bucket.settle(reduced);
    }
    return reduced;
  }

  private static CombinedChanges combined(
      long mostBytes, List<Map.Entry<Integer, ChangeBlock>> blocks) {
    return new CombinedChanges(
        BUCKETS, mostBytes, (bucket, block) -> blocks.add(Map.entry(bucket, block)));
  }

  private static ChangeBlock travelled(ChangeBlock block) {
    try {
      return CoderUtils.clone(ChangeBlockCoder.of(), block);
    } catch (CoderException e) {
      throw new AssertionError(e);
    }
  }

  @Property(tries = 500)
  void itIsThatOfTheModel(
      @ForAll long seed,
      @ForAll @IntRange(max = 200) int count,
      @ForAll @IntRange(min = 1, max = 40) int keys,
      @ForAll @IntRange(min = 1, max = 20_000) int mostBytes) {
    Random random = new Random(seed);
    Map<String, String> model = new HashMap<>();
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = "k" + random.nextInt(keys);
      Integer n = random.nextInt(3) == 0 ? null : (Integer) i;
      model.put(id, n == null ? "deleted" : n.toString());
      Change change = change(id, i, n);
      changes.add(change.from(new Origin("f" + random.nextInt(3), i)));
      while (random.nextInt(4) == 0) {
        // The same again, recorded elsewhere: a copy, and no tie.
        changes.add(change.from(new Origin("g", random.nextInt(1000))));
      }
    }
    Collections.shuffle(changes, random);
    Reduced reduced = reduce(changes, mostBytes, random);
    assertThat(reduced.last, is(model));
    assertThat(reduced.keys, is(model.size()));
    assertThat(reduced.superseded + reduced.keys, is((long) changes.size()));
    assertThat(reduced.ties, is(0L));
  }

  /** Of changes with one place in the order, the one that is recorded last is taken. */
  @Property(tries = 500)
  void tiesAreDecidedByTheRecordAndCounted(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 60) int count,
      @ForAll @IntRange(min = 1, max = 20_000) int mostBytes) {
    Random random = new Random(seed);
    Map<String, List<Change>> histories = new HashMap<>();
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = "k" + random.nextInt(6);
      Integer n = random.nextInt(3) == 0 ? null : (Integer) random.nextInt(3);
      Change change = change(id, random.nextInt(3), n).from(new Origin("f", i));
      changes.add(change);
      histories.computeIfAbsent(id, key -> new ArrayList<>()).add(change);
    }
    Map<String, String> model = new HashMap<>();
    long ties = 0;
    for (Map.Entry<String, List<Change>> history : histories.entrySet()) {
      Change last = Collections.max(history.getValue(), Change::compareOrder);
      model.put(
          history.getKey(),
          last.kind() == Change.Kind.DELETE
              ? "deleted"
              : new SourcedItem(last.origin(), last.item()).item().get("n").n());
      ties += history.getValue().stream().anyMatch(other -> Change.isTie(last, other)) ? 1 : 0;
    }
    Collections.shuffle(changes, random);
    Reduced reduced = reduce(changes, mostBytes, random);
    assertThat(reduced.last, is(model));
    assertThat(reduced.ties, is(ties));
  }

  /** Nothing says where they were recorded: a put wins, then the greater item. */
  @Test
  void tiesWithoutRecordsAreDecidedByWhatTheyMakeOfTheItem() {
    List<Change> tied = List.of(change("a", 1, 5), change("a", 1, null), change("a", 1, 3));
    for (int i = 0; i < tied.size(); i++) {
      List<Change> order = new ArrayList<>(tied);
      Collections.rotate(order, i);
      Reduced reduced = reduce(order, 1 << 20, new Random(i));
      assertThat(reduced.last, is(Map.of("a", "5")));
      assertThat(reduced.ties, is(1L));
    }
  }

  @Test
  void anItemThatTheTableWouldRefuseIsRejectedWithoutAnEarlierOne() throws Exception {
    ItemKey key = ItemKey.of(keyOf("a"), KEY);
    Change wrongIndexKey =
        Change.put(key, BigInteger.TWO, 7, Map.of("id", fromS("a"), "by", fromN("1")));
    Reduced reduced = reduce(List.of(change("a", 1, 1), wrongIndexKey), 1 << 20, new Random(1));
    assertThat(reduced.rejected, is(List.of(Reason.KEY_TYPE)));
    assertThat(reduced.last, is(Map.of()));
    assertThat(reduced.superseded, is(1L));
    Reduced corrected = reduce(List.of(wrongIndexKey, change("a", 3, 3)), 1 << 20, new Random(1));
    assertThat(corrected.rejected, is(List.of()));
    assertThat(corrected.last, is(Map.of("a", "3")));
  }

  @Test
  void aKeyThatIsNotTheItemsIsNoChange() throws Exception {
    ItemKey other = ItemKey.of(keyOf("b"), KEY);
    Change wrong = Change.put(other, BigInteger.ONE, 7, keyOf("a"));
    assertThrows(
        IllegalArgumentException.class, () -> reduce(List.of(wrong), 1 << 20, new Random(1)));
  }

  @Test
  void aMarkIsNoChange() {
    Change mark = change("a", 1, 1).mark();
    assertThrows(IllegalArgumentException.class, () -> LatestChange.of(mark));
  }

  @Test
  void aHotKeyTakesTheMemoryOfOneChange() {
    List<Map.Entry<Integer, ChangeBlock>> blocks = new ArrayList<>();
    CombinedChanges combined = combined(64 << 10, blocks);
    long most = 0;
    for (int i = 0; i < 1_000_000; i++) {
      combined.add(change("hot", i, i));
      most = Math.max(most, combined.heldBytes());
    }
    combined.flush();
    assertThat(blocks.size(), is(1));
    assertThat(most, lessThan(1L << 10));
    List<LatestChange> last = new ArrayList<>();
    blocks.get(0).getValue().forEach(last::add);
    assertThat(last.size(), is(1));
    assertThat(last.get(0).count(), is(1_000_000L));
    assertThat(last.get(0).change().sequence(), is(BigInteger.valueOf(999_999)));
  }

  @Test
  void manyKeysTakeABoundedMemory() {
    List<Map.Entry<Integer, ChangeBlock>> blocks = new ArrayList<>();
    CombinedChanges combined = combined(64 << 10, blocks);
    long most = 0;
    for (int i = 0; i < 10_000; i++) {
      combined.add(change("k" + i, i, i));
      most = Math.max(most, combined.heldBytes());
    }
    assertThat(most, lessThan((64L << 10) + 1));
    assertThat(blocks.size(), greaterThan(BUCKETS));
  }
}
