/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.scan;

import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemCoder;
import io.sluice.item.ItemKey;
import io.sluice.item.KeySchema;
import io.sluice.item.Origin;
import io.sluice.item.SourcedItem;
import io.sluice.item.page.ItemPage;
import io.sluice.item.page.Pager;
import io.sluice.item.page.ScanCompleteness;
import io.sluice.item.page.ScanCompletenessCoder;
import io.sluice.item.page.SourcedPage;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Divides the pages of a scan into buckets of keys, and counts the items of a scan that came whole.
 * Pages are in the global window. An item without a valid key, which no table has, fails the
 * bundle.
 */
public final class BucketPages extends PTransform<PCollection<ItemPage>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** The items, with their keys. */
  public static final TupleTag<SourcedPage> PAGES = new TupleTag<>("pages") {};

  /** One number: how many items the scan has. Fails when pages are missing. */
  public static final TupleTag<Long> ITEMS = new TupleTag<>("items") {};

  /** What was scanned, in parts that add up. */
  public static final TupleTag<ScanCompleteness> SCANNED = new TupleTag<>("scanned") {};

  private final KeySchema schema;
  private final int buckets;
  private final int segments;

  private BucketPages(KeySchema schema, int buckets, int segments) {
    this.schema = schema;
    this.buckets = buckets;
    this.segments = segments;
  }

  /**
   * Creates the transform.
   *
   * @param schema the primary key of the table
   * @param buckets how many, 1 or more
   * @param segments of the scan
   */
  public static BucketPages of(KeySchema schema, int buckets, int segments) {
    return new BucketPages(schema, buckets, segments);
  }

  /**
   * Returns the same transform for a reader who need not have all items: with {@link #PAGES} and
   * {@link #SCANNED}.
   */
  public PTransform<PCollection<ItemPage>, PCollectionTuple> unchecked() {
    return new Unchecked(this);
  }

  @Override
  public PCollectionTuple expand(PCollection<ItemPage> pages) {
    PCollectionTuple divided = divide(pages);
    PCollection<Long> items =
        divided
            .get(SCANNED)
            .apply("Sum", Combine.globally(new SumFn()))
            .apply("Whole", ParDo.of(new WholeFn(segments)));
    return divided.and(ITEMS, items);
  }

  private PCollectionTuple divide(PCollection<ItemPage> pages) {
    PCollectionTuple divided =
        pages.apply(
            "Divide",
            ParDo.of(new DivideFn(schema, buckets))
                .withOutputTags(PAGES, TupleTagList.of(SCANNED)));
    divided.get(SCANNED).setCoder(ScanCompletenessCoder.of());
    return divided;
  }

  private static final class Unchecked extends PTransform<PCollection<ItemPage>, PCollectionTuple> {
    private static final long serialVersionUID = 1L;
    private final BucketPages pages;

    Unchecked(BucketPages pages) {
      this.pages = pages;
    }

    @Override
    public PCollectionTuple expand(PCollection<ItemPage> scanned) {
      return pages.divide(scanned);
    }
  }

  private static final class DivideFn extends DoFn<ItemPage, SourcedPage> {
    private static final long serialVersionUID = 1L;
    private final KeySchema schema;
    private final int buckets;
    private transient Pager pager;
    private transient ScanCompleteness scanned;

    /** Receives pages: the receiver of the current call. */
    private transient Consumer<SourcedPage> receiver;

    DivideFn(KeySchema schema, int buckets) {
      this.schema = schema;
      this.buckets = buckets;
    }

    @StartBundle
    public void startBundle() {
      pager = new Pager(page -> receiver.accept(page));
      scanned = new ScanCompleteness();
    }

    @ProcessElement
    public void processElement(@Element ItemPage page, MultiOutputReceiver out)
        throws InvalidItemException {
      receiver = out.get(PAGES)::output;
      page.<InvalidItemException>walk(item -> add(item.copy()));
      scanned.add(page);
    }

    private void add(byte[] encoded) throws InvalidItemException {
      ItemKey key = ItemKey.of(ItemCoder.fromBytes(encoded), schema);
      pager.add(key.bucket(buckets), key.bytes(), new SourcedItem(Origin.UNKNOWN, encoded));
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      GlobalWindow window = GlobalWindow.INSTANCE;
      receiver = page -> context.output(PAGES, page, window.maxTimestamp(), window);
      pager.flush();
      context.output(SCANNED, scanned, window.maxTimestamp(), window);
    }
  }

  private static final class SumFn
      implements SerializableFunction<Iterable<ScanCompleteness>, ScanCompleteness> {
    private static final long serialVersionUID = 1L;

    @Override
    public ScanCompleteness apply(Iterable<ScanCompleteness> some) {
      ScanCompleteness sum = new ScanCompleteness();
      some.forEach(sum::add);
      return sum;
    }
  }

  private static final class WholeFn extends DoFn<ScanCompleteness, Long> {
    private static final long serialVersionUID = 1L;
    private final int segments;

    WholeFn(int segments) {
      this.segments = segments;
    }

    @ProcessElement
    public void processElement(@Element ScanCompleteness scanned, OutputReceiver<Long> out) {
      Optional<String> problem = scanned.problem(segments);
      if (problem.isPresent()) {
        throw new IllegalStateException(problem.get());
      }
      out.output(scanned.items());
    }
  }
}
