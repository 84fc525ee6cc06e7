/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dedupe;

import io.sluice.failure.Rejection;
import io.sluice.item.KeySchema;
import io.sluice.item.Reason;
import io.sluice.item.SourcedItem;
import io.sluice.item.page.BucketPart;
import io.sluice.item.page.Buckets;
import io.sluice.item.page.SourcedPage;
import io.sluice.item.page.SourcedPageCoder;
import io.sluice.report.BundleTally;
import io.sluice.report.Count;
import io.sluice.report.Outcome;
import io.sluice.report.PagesOfItems;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Keeps one item for each primary key, and spreads the items over buckets so that neighbouring
 * records of a file do not meet in one partition of the table.
 *
 * <p>Which of several items is kept does not depend on the runner or the parallelism: the order
 * attribute decides if one is named, then file and offset. There is one shuffle, by hash buckets of
 * the key, with the winners of a bucket in a map: grouping by the key itself would make a bundle of
 * every key on the DirectRunner. The pages of one bucket that have an item which may win are on the
 * heap together, as encoded items: so choose the number of buckets such that one has about 16 MiB
 * of CSV, which are some 64 MiB of items with their attributes' names.
 *
 * <p>Every item must have a valid key of the schema; one without it fails the bundle.
 */
public final class Deduplicate extends PTransform<PCollection<SourcedItem>, Outcome> {
  private static final long serialVersionUID = 1L;

  private final Spec spec;

  /**
   * @param parts whether each page gets its part of the bucket
   */
  private record Spec(
      KeySchema schema, DuplicatePolicy keep, @Nullable String orderBy, int buckets, boolean parts)
      implements Serializable {}

  private Deduplicate(Spec spec) {
    this.spec = spec;
  }

  /**
   * Returns a transform that keeps one of several items that are equal in every attribute, over 64
   * buckets.
   */
  public static Deduplicate by(KeySchema schema) {
    return new Deduplicate(new Spec(schema, DuplicatePolicy.DISTINCT, null, 64, false));
  }

  public Deduplicate keeping(DuplicatePolicy keep) {
    return new Deduplicate(new Spec(spec.schema, keep, spec.orderBy, spec.buckets, spec.parts));
  }

  /**
   * Sets the attribute that {@link DuplicatePolicy#LATEST} and {@link DuplicatePolicy#FIRST}
   * compare: numbers by value, strings and binary by their bytes, otherwise by type. An item
   * without it, or with NULL, never wins against one with it.
   */
  public Deduplicate orderedBy(@Nullable String attribute) {
    return new Deduplicate(new Spec(spec.schema, spec.keep, attribute, spec.buckets, spec.parts));
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
    return new Deduplicate(new Spec(spec.schema, spec.keep, spec.orderBy, buckets, spec.parts));
  }

  /**
   * Says of each page which part of its bucket it is ({@link SourcedPage#part}), so that a later
   * step knows when it has seen all of a bucket. Without effect when all items are kept, which are
   * spread by other things than their keys.
   */
  public Deduplicate numberingParts() {
    return new Deduplicate(new Spec(spec.schema, spec.keep, spec.orderBy, spec.buckets, true));
  }

  /** Returns the buckets over which items for this transform are spread. */
  public Buckets buckets() {
    return spec.keep == DuplicatePolicy.NONE
        ? Buckets.byItem(spec.buckets)
        : Buckets.byKey(spec.buckets);
  }

  /**
   * Returns the same transform for pages of items, which must be spread over its {@link #buckets}:
   * those of {@code ReadItems.intoBuckets}, or of {@link PagesOfItems#by}. A page without keys
   * fails the bundle, unless all items are kept.
   */
  public PTransform<PCollection<SourcedPage>, Outcome> ofPages() {
    return new Pages(spec);
  }

  @Override
  public Outcome expand(PCollection<SourcedItem> items) {
    return items
        .apply("Key to bucket", PagesOfItems.by(spec.schema, buckets()))
        .apply("Of pages", ofPages());
  }

  private static final class Pages extends PTransform<PCollection<SourcedPage>, Outcome> {
    private static final long serialVersionUID = 1L;
    private final Spec spec;

    Pages(Spec spec) {
      this.spec = spec;
    }

    @Override
    public Outcome expand(PCollection<SourcedPage> pages) {
      return Outcome.of(
          pages
              .apply(
                  "Bucket of page",
                  WithKeys.of(SourcedPage::bucket).withKeyType(TypeDescriptors.integers()))
              .setCoder(KvCoder.of(VarIntCoder.of(), SourcedPageCoder.of()))
              .apply("Group buckets", GroupByKey.create())
              .apply(
                  "Choose winners",
                  ParDo.of(new ChooseFn(spec))
                      .withOutputTags(Outcome.PAGES, Outcome.SIDE_OUTPUTS)));
    }
  }

  private static final class ChooseFn
      extends DoFn<KV<Integer, Iterable<SourcedPage>>, SourcedPage> {
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
        @Element KV<Integer, Iterable<SourcedPage>> bucket,
        MultiOutputReceiver out,
        BoundedWindow window) {
      PageShuffle pages = new PageShuffle(out.get(Outcome.PAGES)::output);
      if (spec.keep == DuplicatePolicy.NONE) {
        bucket.getValue().forEach(pages::add);
        pages.finish();
        return;
      }
      BucketOfPages choice = new BucketOfPages(spec.keep, spec.orderBy);
      bucket.getValue().forEach(choice::add);
      List<SourcedPage> kept = new ArrayList<>();
      choice.settle(
          (item, winner) -> {
            Rejection rejection = rejection(item, winner);
            tally.add(rejection, window);
            out.get(Outcome.REJECTIONS).output(rejection);
          },
          kept::add);
      (spec.parts ? parts(kept) : kept).forEach(pages::add);
      pages.finish();
      if (choice.duplicates() > 0) {
        tally.add(Count.DUPLICATES, choice.duplicates(), window);
      }
    }

    private static List<SourcedPage> parts(List<SourcedPage> pages) {
      long choice = ThreadLocalRandom.current().nextLong();
      long items = pages.stream().mapToLong(SourcedPage::count).sum();
      List<SourcedPage> parts = new ArrayList<>(pages.size());
      for (SourcedPage page : pages) {
        parts.add(page.as(new BucketPart(choice, parts.size(), pages.size(), items)));
      }
      return parts;
    }

    private static Rejection rejection(SourcedItem item, SourcedItem winner) {
      return Rejection.ofItem(
          Rejection.Stage.DEDUPE,
          item,
          Reason.DUPLICATE_KEY,
          "same primary key as the record of "
              + winner.origin()
              + (item.sameItem(winner) ? "" : ", but other attributes"));
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      tally.emit(context, Outcome.TALLIES);
    }
  }
}
