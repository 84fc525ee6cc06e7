/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.diff;

import io.sluice.item.page.SourcedPage;
import io.sluice.item.page.SourcedPageCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Compares two states of a table, whose pages are divided into the same buckets of keys: those of
 * the earlier state come first in the list. Items are compared as DynamoDB compares them, numbers
 * by value and sets without order. One shuffle, of the pages as they are; a bucket of the earlier
 * state is on the heap of a worker at a time, and the same of the later one compressed.
 *
 * <p>A key that one state has twice fails the bundle, and items that are missing fail the job: then
 * the runner has repeated or lost work.
 */
public final class CompareItems extends PTransform<PCollectionList<SourcedPage>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** The counts of all items, once it is certain that there are no others: one element. */
  public static final TupleTag<DiffCounts> COUNTS = new TupleTag<>("counts") {};

  /** The differences, by the number of the file to which they belong. */
  static final TupleTag<KV<Integer, DeltaPage>> DELTA = new TupleTag<>("delta") {};

  private static final TupleTag<DiffCounts> PARTS = new TupleTag<>("parts") {};
  private static final int FROM = 0;
  private static final int TO = 1;

  private final int buckets;
  private final PCollectionView<Long> fromItems;
  private final PCollectionView<Long> toItems;
  private final int files;
  private final @Nullable DeltaStamp stamp;

  private CompareItems(
      int buckets,
      PCollectionView<Long> fromItems,
      PCollectionView<Long> toItems,
      int files,
      @Nullable DeltaStamp stamp) {
    this.buckets = buckets;
    this.fromItems = fromItems;
    this.toItems = toItems;
    this.files = files;
    this.stamp = stamp;
  }

  /**
   * Creates a comparison that counts.
   *
   * @param buckets into which the pages are divided; each must fit into a fraction of a worker's
   *     memory
   * @param fromItems how many items the earlier state has
   * @param toItems how many the later one has
   */
  public static CompareItems of(
      int buckets, PCollectionView<Long> fromItems, PCollectionView<Long> toItems) {
    if (buckets < 1) {
      throw new IllegalArgumentException("buckets is " + buckets + ", must be 1 or more");
    }
    return new CompareItems(buckets, fromItems, toItems, 0, null);
  }

  /**
   * Has the differences, too, for a {@link WriteDelta}.
   *
   * @param files at most how many files these come to, 1 or more
   */
  public CompareItems withDelta(DeltaStamp ofAll, int files) {
    if (files < 1) {
      throw new IllegalArgumentException("files is " + files + ", must be 1 or more");
    }
    return new CompareItems(buckets, fromItems, toItems, files, ofAll);
  }

  @Override
  public PCollectionTuple expand(PCollectionList<SourcedPage> sides) {
    PCollection<KV<Integer, Iterable<KV<Integer, SourcedPage>>>> both =
        PCollectionList.of(side(FROM, sides))
            .and(side(TO, sides))
            .apply("Both", Flatten.pCollections())
            .apply("Bucket", GroupByKey.create());
    PCollectionTuple compared =
        both.apply(
            "Compare",
            ParDo.of(new CompareFn(stamp, files))
                .withOutputTags(
                    PARTS, stamp == null ? TupleTagList.empty() : TupleTagList.of(DELTA)));
    PCollection<DiffCounts> counts =
        compared
            .get(PARTS)
            .setCoder(SerializableCoder.of(DiffCounts.class))
            .apply("Sum of counts", Combine.globally(DiffCounts.sum()))
            .setCoder(SerializableCoder.of(DiffCounts.class))
            .apply("Check", CheckCounts.against(fromItems, toItems));
    PCollectionTuple result = PCollectionTuple.of(COUNTS, counts);
    if (stamp == null) {
      return result;
    }
    return result.and(
        DELTA, compared.get(DELTA).setCoder(KvCoder.of(VarIntCoder.of(), DeltaPageCoder.of())));
  }

  private PCollection<KV<Integer, KV<Integer, SourcedPage>>> side(
      int side, PCollectionList<SourcedPage> sides) {
    return sides
        .get(side)
        .apply(side == FROM ? "From" : "To", ParDo.of(new SideFn(side, buckets)))
        .setCoder(
            KvCoder.of(VarIntCoder.of(), KvCoder.of(VarIntCoder.of(), SourcedPageCoder.of())));
  }

  private static final class SideFn
      extends DoFn<SourcedPage, KV<Integer, KV<Integer, SourcedPage>>> {
    private static final long serialVersionUID = 1L;
    private final int side;
    private final int buckets;

    SideFn(int side, int buckets) {
      this.side = side;
      this.buckets = buckets;
    }

    @ProcessElement
    public void processElement(
        @Element SourcedPage page, OutputReceiver<KV<Integer, KV<Integer, SourcedPage>>> out) {
      if (page.bucket() >= buckets) {
        throw new IllegalArgumentException(
            "a page of bucket " + page.bucket() + ", must be one of " + buckets);
      }
      out.output(KV.of(page.bucket(), KV.of(side, page)));
    }
  }

  private static final class CompareFn
      extends DoFn<KV<Integer, Iterable<KV<Integer, SourcedPage>>>, DiffCounts> {
    private static final long serialVersionUID = 1L;
    private final @Nullable DeltaStamp stamp;
    private final int files;

    CompareFn(@Nullable DeltaStamp stamp, int files) {
      this.stamp = stamp;
      this.files = files;
    }

    @ProcessElement
    public void processElement(
        @Element KV<Integer, Iterable<KV<Integer, SourcedPage>>> bucket, MultiOutputReceiver out) {
      BucketDiff diff = new BucketDiff();
      for (KV<Integer, SourcedPage> page : bucket.getValue()) {
        if (page.getKey() == FROM) {
          diff.addFrom(page.getValue());
        } else {
          diff.addTo(page.getValue());
        }
      }
      if (stamp == null) {
        out.get(PARTS).output(diff.settle((key, from, to) -> {}));
        return;
      }
      int file = bucket.getKey() % files;
      DeltaPager pager = new DeltaPager(stamp, page -> out.get(DELTA).output(KV.of(file, page)));
      DiffCounts counts = diff.settle(pager);
      pager.flush();
      out.get(PARTS).output(counts);
    }
  }
}
