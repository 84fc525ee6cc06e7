/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.verify;

import io.sluice.capacity.ReadLoad;
import io.sluice.dynamodb.scan.BucketPages;
import io.sluice.dynamodb.scan.ScanTable;
import io.sluice.item.KeySchema;
import io.sluice.item.page.ScanCompleteness;
import io.sluice.item.page.SourcedPage;
import io.sluice.item.page.SourcedPageCoder;
import io.sluice.report.Outcome;
import io.sluice.report.Tally;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Keeps of some items those that a table does not have as they are: new ones, and ones with other
 * attributes, as DynamoDB compares them. The others are counted as {@link
 * io.sluice.report.Count#UNCHANGED}. Items are in the global window, in pages with their keys, each
 * key once.
 *
 * <p>The table is read within the budget of a scan, by that scan or by the keys of the items,
 * whichever takes fewer units ({@link CompareChoice}); that is decided when it is known how many
 * items there are. Each item is compared with the table as it is when that item is read, or up to a
 * second before if reads are not consistent. An item that somebody else writes after that is not
 * looked at again: where it was the same, the write of the other stays, and where it was not, the
 * item that is passed on replaces it.
 *
 * <p>By a scan there is one more shuffle, of the items and of the whole table, by the buckets of
 * the pages; the items of a bucket are on the heap together.
 */
public final class KeepChanged extends PTransform<PCollection<SourcedPage>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** How the table was read, and what was found: one element. */
  public static final TupleTag<Comparison> COMPARISON = new TupleTag<>("comparison") {};

  /** The items that only the table has, as they were read, if they are wanted. */
  public static final TupleTag<SourcedPage> SURPLUS = CompareBucketFn.SURPLUS;

  private final ScanTable scan;
  private final KeySchema schema;
  private final int buckets;
  private final transient PCollection<Tally> soFar;
  private final boolean isEmpty;
  private final @Nullable SurplusScope surplus;

  private KeepChanged(
      ScanTable scan,
      KeySchema schema,
      int buckets,
      PCollection<Tally> soFar,
      boolean isEmpty,
      @Nullable SurplusScope surplus) {
    this.scan = scan;
    this.schema = schema;
    this.buckets = buckets;
    this.soFar = soFar;
    this.isEmpty = isEmpty;
    this.surplus = surplus;
  }

  /**
   * Creates the comparison.
   *
   * @param scan of the whole table, with its client and budget, consistent or not
   * @param schema the primary key of the table
   * @param buckets of keys into which the pages are divided
   * @param soFar the tallies of all the steps before: the items that these leave are compared
   */
  public static KeepChanged by(
      ScanTable scan, KeySchema schema, int buckets, PCollection<Tally> soFar) {
    return new KeepChanged(scan.inSmallSegments(), schema, buckets, soFar, false, null);
  }

  /** Declares that the table is known to have no items, which DynamoDB reports with a delay. */
  public KeepChanged ofEmptyTable(boolean empty) {
    return new KeepChanged(scan, schema, buckets, soFar, empty, surplus);
  }

  /** Has the items that only the table has, too; the table is scanned in any case. */
  public KeepChanged withSurplus(SurplusScope scope) {
    return new KeepChanged(scan, schema, buckets, soFar, isEmpty, scope);
  }

  /**
   * Returns {@link Outcome#PAGES}, {@link Outcome#TALLIES}, {@link #COMPARISON} and, if wanted,
   * {@link #SURPLUS}.
   */
  @Override
  public PCollectionTuple expand(PCollection<SourcedPage> pages) {
    PCollection<CompareChoice> choice =
        soFar
            .apply("Sum so far", Combine.globally(Tally.sum()))
            .apply("Choose", ParDo.of(new ChooseFn(scan.load(), isEmpty, surplus != null)))
            .setCoder(SerializableCoder.of(CompareChoice.class));
    PCollectionView<CompareChoice> chosen = choice.apply("View of choice", View.asSingleton());
    PCollectionTuple byKeys =
        pages.apply(
            "Compare by keys",
            ParDo.of(
                    new CompareKeysFn(
                        new GetSpec(scan.access(), schema, scan.isConsistent()), chosen))
                .withSideInputs(chosen)
                .withOutputTags(
                    Outcome.PAGES, TupleTagList.of(Outcome.TALLIES).and(CompareCounts.PARTS)));
    PCollectionTuple scanned = scan(pages, choice);
    PCollectionTuple byScan = compare(pages, scanned.get(BucketPages.PAGES), chosen);
    List<PCollectionView<Long>> whole =
        surplus == null
            ? List.of()
            : List.of(scanned.get(BucketPages.ITEMS).apply("View of items", View.asSingleton()));
    PCollection<Comparison> comparison =
        both(byKeys, byScan, CompareCounts.PARTS, SerializableCoder.of(CompareCounts.class))
            .and(
                scanned
                    .get(BucketPages.SCANNED)
                    .apply("Counts of scan", ParDo.of(new ReadFn()))
                    .setCoder(SerializableCoder.of(CompareCounts.class)))
            .apply("All counts", Flatten.pCollections())
            .apply("Sum of counts", Combine.globally(CompareCounts.sum()))
            .setCoder(SerializableCoder.of(CompareCounts.class))
            .apply(
                "Comparison",
                ParDo.of(new ComparisonFn(chosen, whole))
                    .withSideInputs(chosen)
                    .withSideInputs(whole))
            .setCoder(SerializableCoder.of(Comparison.class));
    PCollectionTuple result =
        PCollectionTuple.of(
                Outcome.PAGES,
                both(byKeys, byScan, Outcome.PAGES, SourcedPageCoder.of())
                    .apply("Pages of both ways", Flatten.pCollections()))
            .and(
                Outcome.TALLIES,
                PCollectionList.of(byKeys.get(Outcome.TALLIES))
                    .and(byScan.get(Outcome.TALLIES))
                    .and(comparison.apply("Units of scan", ParDo.of(new ScannedUnitsFn())))
                    .apply("Tallies of both ways", Flatten.pCollections()))
            .and(COMPARISON, comparison);
    return surplus != null
        ? result.and(SURPLUS, byScan.get(SURPLUS).setCoder(SourcedPageCoder.of()))
        : result;
  }

  private static <T> PCollectionList<T> both(
      PCollectionTuple byKeys, PCollectionTuple byScan, TupleTag<T> tag, Coder<T> coder) {
    return PCollectionList.of(byKeys.get(tag).setCoder(coder)).and(byScan.get(tag).setCoder(coder));
  }

  private PCollectionTuple scan(PCollection<SourcedPage> pages, PCollection<CompareChoice> choice) {
    PCollectionView<Boolean> isScan =
        choice
            .apply("Whether to scan", ParDo.of(new IsScanFn()))
            .apply("View of whether to scan", View.asSingleton());
    BucketPages divide = BucketPages.of(schema, buckets, scan.segments());
    return pages
        .getPipeline()
        .apply("Scan to compare", scan.onlyIf(isScan))
        .apply("Buckets of table", surplus == null ? divide.unchecked() : divide);
  }

  private PCollectionTuple compare(
      PCollection<SourcedPage> ours,
      PCollection<SourcedPage> theirs,
      PCollectionView<CompareChoice> chosen) {
    KvCoder<Integer, KV<Integer, SourcedPage>> coder =
        KvCoder.of(VarIntCoder.of(), KvCoder.of(VarIntCoder.of(), SourcedPageCoder.of()));
    PCollection<KV<Integer, KV<Integer, SourcedPage>>> left =
        ours.apply(
                "Ours", ParDo.of(new SideFn(CompareBucketFn.OURS, chosen)).withSideInputs(chosen))
            .setCoder(coder);
    PCollection<KV<Integer, KV<Integer, SourcedPage>>> right =
        theirs
            .apply(
                "Theirs",
                ParDo.of(new SideFn(CompareBucketFn.THEIRS, chosen)).withSideInputs(chosen))
            .setCoder(coder);
    TupleTagList others = TupleTagList.of(Outcome.TALLIES).and(CompareCounts.PARTS);
    return PCollectionList.of(left)
        .and(right)
        .apply("Ours and theirs", Flatten.pCollections())
        .apply("Bucket", GroupByKey.create())
        .apply(
            "Compare by scan",
            ParDo.of(new CompareBucketFn(surplus))
                .withOutputTags(Outcome.PAGES, surplus != null ? others.and(SURPLUS) : others));
  }

  private static final class ChooseFn extends DoFn<Tally, CompareChoice> {
    private static final long serialVersionUID = 1L;
    private final long items;
    private final long bytes;
    private final int segments;
    private final boolean consistent;
    private final boolean isEmpty;
    private final boolean scansAnyway;

    ChooseFn(ReadLoad load, boolean isEmpty, boolean scansAnyway) {
      this.items = load.items();
      this.bytes = load.bytes();
      this.segments = load.segments();
      this.consistent = load.consistent();
      this.isEmpty = isEmpty;
      this.scansAnyway = scansAnyway;
    }

    @ProcessElement
    public void processElement(@Element Tally soFar, OutputReceiver<CompareChoice> out) {
      ReadLoad load = new ReadLoad(items, bytes, segments, consistent);
      CompareChoice cheaper =
          CompareChoice.cheaper(soFar.remaining(), soFar.rejected(), load, isEmpty);
      out.output(scansAnyway ? cheaper.byScan() : cheaper);
    }
  }

  private static final class IsScanFn extends DoFn<CompareChoice, Boolean> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void processElement(@Element CompareChoice choice, OutputReceiver<Boolean> out) {
      out.output(choice.by() == CompareChoice.Way.SCAN);
    }
  }

  /** Keys a page by its bucket, if the table is scanned. */
  private static final class SideFn
      extends DoFn<SourcedPage, KV<Integer, KV<Integer, SourcedPage>>> {
    private static final long serialVersionUID = 1L;
    private final int side;
    private final PCollectionView<CompareChoice> chosen;

    SideFn(int side, PCollectionView<CompareChoice> chosen) {
      this.side = side;
      this.chosen = chosen;
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      if (context.sideInput(chosen).by() == CompareChoice.Way.SCAN) {
        context.output(KV.of(context.element().bucket(), KV.of(side, context.element())));
      }
    }
  }

  private static final class ReadFn extends DoFn<ScanCompleteness, CompareCounts> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void processElement(
        @Element ScanCompleteness scanned, OutputReceiver<CompareCounts> out) {
      out.output(CompareCounts.ofReading(scanned.items(), scanned.units()));
    }
  }

  private static final class ComparisonFn extends DoFn<CompareCounts, Comparison> {
    private static final long serialVersionUID = 1L;
    private final PCollectionView<CompareChoice> chosen;
    private final List<PCollectionView<Long>> whole;

    /**
     * @param whole how many items the table has, where a scan must be whole; else empty
     */
    ComparisonFn(PCollectionView<CompareChoice> chosen, List<PCollectionView<Long>> whole) {
      this.chosen = chosen;
      this.whole = whole;
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      // Fails when pages are missing, or came twice.
      for (PCollectionView<Long> items : whole) {
        Long unused = context.sideInput(items);
      }
      context.output(new Comparison(context.sideInput(chosen), context.element()));
    }
  }
}
