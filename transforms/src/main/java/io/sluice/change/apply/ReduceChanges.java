/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.apply;

import io.sluice.change.record.Change;
import io.sluice.failure.Rejection;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemKey;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.SourcedItem;
import io.sluice.item.page.Pager;
import io.sluice.item.page.SourcedPage;
import io.sluice.report.BundleTally;
import io.sluice.report.Count;
import io.sluice.report.Outcome;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Reduces the changes of each key to the last one, and gives what is to be written: pages of items
 * to put, and pages of keys whose items are to be deleted ({@link SourcedPage#isOfDeletes}). Each
 * key occurs in at most one of them, once, for a writer keeps no order.
 *
 * <p>Deletes have the attributes of their keys, as {@link Change#delete} makes them.
 *
 * <p>The last change is the greatest by {@link Change#compareOrder}, whichever order they arrive in
 * and however they are divided: of several with the same place in the order, the one that is
 * recorded last by file and offset. Keys where these differ are counted as {@link Count#TIES}, and
 * all changes before the last as {@link Count#SUPERSEDED}. Keys whose last change is a delete are
 * counted as {@link Count#DELETES}, for a {@link io.sluice.report.Gate}. An item that the table
 * would refuse is rejected, and the changes of its key before it are not written either.
 *
 * <p>Changes pass one shuffle, compressed, of each key a few: a worker combines up to 32 MB of them
 * before it. A key with millions of changes takes the memory of one. After the shuffle a bucket is
 * on the heap at a time.
 */
public final class ReduceChanges extends PTransform<PCollection<Change>, Outcome> {
  private static final long serialVersionUID = 1L;

  private final Spec spec;

  private record Spec(KeySchema schema, List<KeyAttribute> indexKeys, int buckets)
      implements Serializable {}

  private ReduceChanges(Spec spec) {
    this.spec = spec;
  }

  /** Returns a transform of the changes of items with this key, over 64 buckets. */
  public static ReduceChanges by(KeySchema schema) {
    return new ReduceChanges(new Spec(schema, List.of(), 64));
  }

  /** Sets the keys of the table's indexes, whose types are checked. */
  public ReduceChanges withIndexKeys(List<KeyAttribute> indexKeys) {
    return new ReduceChanges(new Spec(spec.schema, List.copyOf(indexKeys), spec.buckets));
  }

  /**
   * Sets the number of buckets over which the keys are spread.
   *
   * @param buckets 1 or more
   */
  public ReduceChanges intoBuckets(int buckets) {
    if (buckets < 1) {
      throw new IllegalArgumentException("buckets is " + buckets + ", must be 1 or more");
    }
    return new ReduceChanges(new Spec(spec.schema, spec.indexKeys, buckets));
  }

  @Override
  public Outcome expand(PCollection<Change> changes) {
    return Outcome.of(
        changes
            .apply("Combine", ParDo.of(new CombineFn(spec.buckets)))
            .setCoder(KvCoder.of(VarIntCoder.of(), ChangeBlockCoder.of()))
            .apply("Group buckets", GroupByKey.create())
            .apply(
                "Keep the last",
                ParDo.of(new ReduceFn(spec)).withOutputTags(Outcome.PAGES, Outcome.SIDE_OUTPUTS)));
  }

  private static final class CombineFn extends DoFn<Change, KV<Integer, ChangeBlock>> {
    private static final long serialVersionUID = 1L;
    private final int buckets;
    private transient Map<BoundedWindow, CombinedChanges> combined;

    /** Receives blocks: the receiver of the current call. */
    private transient Emitter emitter;

    private interface Emitter {
      void emit(KV<Integer, ChangeBlock> block, BoundedWindow window);
    }

    CombineFn(int buckets) {
      this.buckets = buckets;
    }

    @StartBundle
    public void startBundle() {
      combined = new HashMap<>();
    }

    @ProcessElement
    public void processElement(
        @Element Change change,
        OutputReceiver<KV<Integer, ChangeBlock>> out,
        BoundedWindow window) {
      emitter =
          (block, of) ->
              out.outputWindowedValue(block, of.maxTimestamp(), List.of(of), PaneInfo.NO_FIRING);
      combined.computeIfAbsent(window, this::changesOf).add(change);
    }

    private CombinedChanges changesOf(BoundedWindow window) {
      return new CombinedChanges(
          buckets, (bucket, block) -> emitter.emit(KV.of(bucket, block), window));
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      emitter = (block, of) -> context.output(block, of.maxTimestamp(), of);
      combined.values().forEach(CombinedChanges::flush);
      combined.clear();
    }
  }

  private static final class ReduceFn
      extends DoFn<KV<Integer, Iterable<ChangeBlock>>, SourcedPage> {
    private static final long serialVersionUID = 1L;
    private final Spec spec;
    private transient BundleTally tally;

    ReduceFn(Spec spec) {
      this.spec = spec;
    }

    @StartBundle
    public void startBundle() {
      tally = new BundleTally();
    }

    @ProcessElement
    public void processElement(
        @Element KV<Integer, Iterable<ChangeBlock>> bucket,
        MultiOutputReceiver out,
        BoundedWindow window) {
      ReducedBucket reduced = new ReducedBucket(spec.schema, spec.indexKeys);
      bucket.getValue().forEach(reduced::add);
      ToOutputs outputs = new ToOutputs(bucket.getKey(), out, window);
      reduced.settle(outputs);
      outputs.finish();
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      tally.emit(context, Outcome.TALLIES);
    }

    private final class ToOutputs implements ReducedBucket.Results {
      private final int bucket;
      private final MultiOutputReceiver out;
      private final BoundedWindow window;
      private final Pager puts;
      private final Pager deletes;

      ToOutputs(int bucket, MultiOutputReceiver out, BoundedWindow window) {
        this.bucket = bucket;
        this.out = out;
        this.window = window;
        this.puts = new Pager(page -> out.get(Outcome.PAGES).output(page));
        this.deletes = new Pager(page -> out.get(Outcome.PAGES).output(page.asDeletes()));
      }

      @Override
      public void put(ItemKey key, SourcedItem item) {
        puts.add(bucket, key.bytes(), item);
      }

      @Override
      public void delete(ItemKey key, SourcedItem attributes) {
        deletes.add(bucket, key.bytes(), attributes);
        tally.add(Count.DELETES, window);
      }

      @Override
      public void rejected(SourcedItem item, InvalidItemException why) {
        Rejection rejection = Rejection.ofInvalidItem(item.origin(), item.item(), why);
        tally.add(rejection, window);
        out.get(Outcome.REJECTIONS).output(rejection);
      }

      @Override
      public void counted(long superseded, long ties) {
        if (superseded > 0) {
          tally.add(Count.SUPERSEDED, superseded, window);
        }
        if (ties > 0) {
          tally.add(Count.TIES, ties, window);
        }
      }

      void finish() {
        puts.flush();
        deletes.flush();
      }
    }
  }
}
