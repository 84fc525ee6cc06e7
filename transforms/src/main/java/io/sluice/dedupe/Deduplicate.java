/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dedupe;

import io.sluice.failure.Rejection;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemKey;
import io.sluice.item.KeySchema;
import io.sluice.item.Reason;
import io.sluice.item.SourcedItem;
import io.sluice.item.SourcedItemCoder;
import io.sluice.report.BundleTally;
import io.sluice.report.Count;
import io.sluice.report.Outcome;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Keeps one item for each primary key, and spreads the items over buckets so that neighbouring
 * records of a file do not meet in one partition of the table.
 *
 * <p>Which of several items is kept does not depend on the runner or the parallelism: the order
 * attribute decides if one is named, then file and offset. There is one shuffle, by hash buckets of
 * the key, with the winners of a bucket in a map: grouping by the key itself would make a bundle of
 * every key on the DirectRunner. The winners of one bucket are on the heap together, in encoded
 * form, so choose the number of buckets such that one holds about 16 MiB.
 *
 * <p>Every item must have a valid key of the schema; one without it fails the bundle.
 */
public final class Deduplicate extends PTransform<PCollection<SourcedItem>, Outcome> {
  private static final long serialVersionUID = 1L;

  private final Spec spec;

  private record Spec(KeySchema schema, DuplicatePolicy keep, @Nullable String orderBy, int buckets)
      implements Serializable {}

  private Deduplicate(Spec spec) {
    this.spec = spec;
  }

  /**
   * Returns a transform that keeps one of several items that are equal in every attribute, over 64
   * buckets.
   */
  public static Deduplicate by(KeySchema schema) {
    return new Deduplicate(new Spec(schema, DuplicatePolicy.DISTINCT, null, 64));
  }

  public Deduplicate keeping(DuplicatePolicy keep) {
    return new Deduplicate(new Spec(spec.schema, keep, spec.orderBy, spec.buckets));
  }

  /**
   * Sets the attribute that {@link DuplicatePolicy#LATEST} and {@link DuplicatePolicy#FIRST}
   * compare: numbers by value, strings and binary by their bytes, otherwise by type. An item
   * without it, or with NULL, never wins against one with it.
   */
  public Deduplicate orderedBy(@Nullable String attribute) {
    return new Deduplicate(new Spec(spec.schema, spec.keep, attribute, spec.buckets));
  }

  /**
   * Sets the number of buckets over which the items are spread.
   *
   * @param buckets 1 or more
   */
  public Deduplicate intoBuckets(int buckets) {
    if (buckets < 1) {
      throw new IllegalArgumentException("buckets is " + buckets + ", must be 1 or more");
    }
    return new Deduplicate(new Spec(spec.schema, spec.keep, spec.orderBy, buckets));
  }

  @Override
  public Outcome expand(PCollection<SourcedItem> items) {
    return Outcome.of(
        items
            .apply("Key to bucket", ParDo.of(new BucketFn(spec)))
            .setCoder(
                KvCoder.of(
                    VarIntCoder.of(), KvCoder.of(ByteArrayCoder.of(), SourcedItemCoder.of())))
            .apply("Group buckets", GroupByKey.create())
            .apply(
                "Choose winners",
                ParDo.of(new ChooseFn(spec)).withOutputTags(Outcome.ITEMS, Outcome.SIDE_OUTPUTS)));
  }

  private static final class BucketFn
      extends DoFn<SourcedItem, KV<Integer, KV<byte[], SourcedItem>>> {
    private static final long serialVersionUID = 1L;
    private static final byte[] NO_KEY = {};
    private final Spec spec;

    BucketFn(Spec spec) {
      this.spec = spec;
    }

    @ProcessElement
    public void processElement(
        @Element SourcedItem item, OutputReceiver<KV<Integer, KV<byte[], SourcedItem>>> out)
        throws InvalidItemException {
      if (spec.keep == DuplicatePolicy.NONE) {
        // Not by the key: one that repeats thousands of times would make one bucket large. The
        // multiplication (Fibonacci hashing) spreads hash codes that are close together.
        int bucket = (int) (((item.hashCode() * 0x9E3779B97F4A7C15L) >>> 33) % spec.buckets);
        out.output(KV.of(bucket, KV.of(NO_KEY, item)));
      } else {
        ItemKey key = ItemKey.of(item.item(), spec.schema);
        out.output(KV.of(key.bucket(spec.buckets), KV.of(key.bytes(), item)));
      }
    }
  }

  private static final class ChooseFn
      extends DoFn<KV<Integer, Iterable<KV<byte[], SourcedItem>>>, SourcedItem> {
    private static final long serialVersionUID = 1L;
    private final Spec spec;
    private transient BundleTally tally;

    ChooseFn(Spec spec) {
      this.spec = spec;
    }

    @StartBundle
    public void startBundle() {
      tally = new BundleTally();
    }

    @ProcessElement
    public void processElement(
        @Element KV<Integer, Iterable<KV<byte[], SourcedItem>>> bucket,
        MultiOutputReceiver out,
        BoundedWindow window) {
      if (spec.keep == DuplicatePolicy.NONE) {
        bucket.getValue().forEach(item -> out.get(Outcome.ITEMS).output(item.getValue()));
        return;
      }
      Map<ItemKey, DuplicateGroup> groups = new HashMap<>();
      for (KV<byte[], SourcedItem> candidate : bucket.getValue()) {
        groups
            .computeIfAbsent(
                ItemKey.ofBytes(candidate.getKey()),
                k -> DuplicateGroup.of(spec.keep, spec.orderBy))
            .add(candidate.getValue());
      }
      groups.values().forEach(group -> settle(group, out, window));
    }

    private void settle(DuplicateGroup group, MultiOutputReceiver out, BoundedWindow window) {
      out.get(Outcome.ITEMS).output(group.winner());
      List<SourcedItem> rejected = group.rejected();
      long duplicates = group.size() - 1 - rejected.size();
      if (duplicates > 0) {
        tally.add(Count.DUPLICATES, duplicates, window);
      }
      for (SourcedItem item : rejected) {
        Rejection rejection =
            Rejection.ofItem(
                Rejection.Stage.DEDUPE,
                item,
                Reason.DUPLICATE_KEY,
                "same primary key as the record of "
                    + group.winner().origin()
                    + (item.sameItem(group.winner()) ? "" : ", but other attributes"));
        tally.add(rejection, window);
        out.get(Outcome.REJECTIONS).output(rejection);
      }
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      tally.emit(context, Outcome.TALLIES);
    }
  }
}
