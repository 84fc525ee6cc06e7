/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.merge;

import io.sluice.change.feed.DeltaFile;
import io.sluice.item.KeySchema;
import io.sluice.item.page.ItemPage;
import io.sluice.item.page.SourcedPage;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Applies changes, of a feed or of incremental exports, up to a point in time to the items of a
 * snapshot: the last change of a key wins over the item of the base. One shuffle, by buckets of
 * keys.
 *
 * <p>The pages of the base must have their keys and be divided into the same number of buckets. The
 * pages of the result are marked as those of a scan with a segment for each bucket, each whole also
 * when it is empty, so whoever writes them can check that none is missing. The last page of each
 * has the schema of its items, see {@link io.sluice.schema.InferSchema}.
 */
public final class MergeChanges extends PTransform<PCollection<SourcedPage>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** The items of the result. */
  public static final TupleTag<ItemPage> PAGES = MergeFn.PAGES;

  /** Counts of the buckets. */
  public static final TupleTag<MergeCounts> COUNTS = MergeFn.COUNTS;

  private final Deltas deltas;
  private final int buckets;

  private MergeChanges(Deltas deltas, int buckets) {
    this.deltas = deltas;
    this.buckets = buckets;
  }

  /** What is applied: reads changes into buckets of keys, and says which of a key decides. */
  private sealed interface Deltas extends Serializable {

    PCollection<KV<Integer, BucketEntry>> read(Pipeline pipeline, int buckets);

    MergeRules rules();

    KeySchema schema();

    static <F extends Serializable> PCollection<KV<Integer, BucketEntry>> read(
        Pipeline pipeline,
        List<F> files,
        Class<F> type,
        DoFn<F, KV<Integer, BucketEntry>> reading) {
      return pipeline
          .apply("Files of changes", Create.of(files).withCoder(SerializableCoder.of(type)))
          .apply("Spread", Reshuffle.viaRandomKey())
          .apply("Read changes", ParDo.of(reading));
    }
  }

  private record OfFeed(FeedRange range, KeySchema schema, PointInTime asOf, Instant baseEnd)
      implements Deltas {

    @Override
    public PCollection<KV<Integer, BucketEntry>> read(Pipeline pipeline, int buckets) {
      return Deltas.read(
          pipeline,
          range.files(),
          DeltaFile.class,
          new ReadDeltaFn(range.feed(), schema, asOf, buckets));
    }

    @Override
    public MergeRules rules() {
      return new MergeRules.OfFeed(asOf, baseEnd);
    }
  }

  private record OfWindows(WindowRange range, KeySchema schema) implements Deltas {

    @Override
    public PCollection<KV<Integer, BucketEntry>> read(Pipeline pipeline, int buckets) {
      return Deltas.read(
          pipeline,
          range.files(),
          WindowFile.class,
          new ReadWindowFn(range.order(), schema, buckets));
    }

    @Override
    public MergeRules rules() {
      return new MergeRules.OfWindows(range.order(), range.asOf());
    }
  }

  /**
   * Creates a merge of the changes of a feed.
   *
   * @param range the files of changes
   * @param schema the primary key of the table
   * @param asOf the point in time
   * @param baseEnd when the base was complete, by the clock of the service: a change within ten
   *     seconds of it, of which nobody knows whether the base has it, fails the job
   * @param buckets how many, 1 or more; each must fit into a fraction of a worker's memory
   */
  public static MergeChanges of(
      FeedRange range, KeySchema schema, PointInTime asOf, Instant baseEnd, int buckets) {
    return new MergeChanges(new OfFeed(range, schema, asOf, baseEnd), buckets);
  }

  /**
   * Creates a merge of incremental exports.
   *
   * @param range the exports, and the point in time
   * @param schema the primary key of the table
   * @param buckets how many, 1 or more; each must fit into a fraction of a worker's memory
   */
  public static MergeChanges of(WindowRange range, KeySchema schema, int buckets) {
    return new MergeChanges(new OfWindows(range, schema), buckets);
  }

  @Override
  public PCollectionTuple expand(PCollection<SourcedPage> base) {
    KvCoder<Integer, BucketEntry> coder = KvCoder.of(VarIntCoder.of(), BucketEntryCoder.of());
    PCollection<KV<Integer, BucketEntry>> changes =
        deltas.read(base.getPipeline(), buckets).setCoder(coder);
    PCollection<KV<Integer, BucketEntry>> all =
        base.getPipeline()
            .apply(
                "Buckets",
                Create.of(
                        IntStream.range(0, buckets)
                            .mapToObj(bucket -> KV.of(bucket, BucketEntry.NOTHING))
                            .collect(Collectors.toList()))
                    .withCoder(coder));
    PCollection<KV<Integer, BucketEntry>> pages =
        base.apply("Pages of buckets", ParDo.of(new ByBucketFn(buckets))).setCoder(coder);
    PCollectionTuple merged =
        PCollectionList.of(pages)
            .and(changes)
            .and(all)
            .apply("Base and changes", Flatten.pCollections())
            .apply("Bucket", GroupByKey.create())
            .apply(
                "Merge",
                ParDo.of(new MergeFn(deltas.rules(), deltas.schema()))
                    .withOutputTags(PAGES, TupleTagList.of(COUNTS)));
    merged.get(COUNTS).setCoder(SerializableCoder.of(MergeCounts.class));
    return merged;
  }

  private static final class ByBucketFn extends DoFn<SourcedPage, KV<Integer, BucketEntry>> {
    private static final long serialVersionUID = 1L;
    private final int buckets;

    ByBucketFn(int buckets) {
      this.buckets = buckets;
    }

    @ProcessElement
    public void processElement(
        @Element SourcedPage page, OutputReceiver<KV<Integer, BucketEntry>> out) {
      if (page.bucket() >= buckets) {
        throw new IllegalArgumentException(
            "a page of bucket " + page.bucket() + ", must be one of " + buckets);
      }
      out.output(KV.of(page.bucket(), BucketEntry.of(page)));
    }
  }
}
