/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.scan;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;

import io.sluice.capacity.Budget;
import io.sluice.dynamodb.TestTable;
import io.sluice.item.page.ItemPage;
import io.sluice.schema.InferredSchema;
import io.sluice.schema.InferredSchemaCoder;
import io.sluice.testing.Outcomes;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import io.sluice.testing.dynamodb.GeneratedItems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.io.BoundedSource.BoundedReader;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The source as a runner sees it. */
class ScanSourceTest {
  private static final int ITEMS = 2000;

  private final EmbeddedDynamoDb db =
      EmbeddedDynamoDb.start(
          TestTable.settings(TestTable.table().withWarm(4_000, 200_000))
              .withGenerated(new GeneratedItems(ITEMS, 500)));

  @AfterEach
  void close() {
    db.close();
  }

  private ScanSpec spec(int segments) {
    return TestScan.spec(db, s -> s.segments = segments);
  }

  @Test
  void splitsTravelAndTogetherReadEachSegmentOnce() throws Exception {
    List<ItemPage> pages = new ArrayList<>();
    List<ScanSource> splits = ScanSource.of(spec(20)).split(1 << 20, TestScan.OPTIONS);
    assertThat(splits, hasSize(20));
    for (ScanSource split : splits) {
      ScanSource there = SerializableUtils.clone(split);
      assertThat(there.split(1, TestScan.OPTIONS), is(List.of(there)));
      pages.addAll(TestScan.pages(there));
    }
    assertThat(TestScan.tally(pages).problem(20), is(Optional.empty()));
    assertThat(TestScan.tally(pages).items(), is((long) ITEMS));
  }

  @Test
  void aSourceThatIsNotSplitReadsAllAndNotAllAtOnce() throws Exception {
    db.setLatencyMillis(20);
    List<ItemPage> pages = TestScan.pages(ScanSource.of(spec(50)));
    assertThat(TestScan.tally(pages).problem(50), is(Optional.empty()));
    assertThat(
        db.books().requestsAtOnce(),
        allOf(greaterThan(1), lessThanOrEqualTo(Segments.MOST_AT_ONCE)));
  }

  @Test
  void theSizeOfASplitIsItsPartOfTheTable() {
    ScanSpec spec = spec(40);
    ScanSource whole = ScanSource.of(spec);
    long bytes = whole.getEstimatedSizeBytes(TestScan.OPTIONS);
    assertThat(bytes, is(40L << 20));
    long sum = 0;
    for (ScanSource split : whole.split(bytes / 3, TestScan.OPTIONS)) {
      sum += split.getEstimatedSizeBytes(TestScan.OPTIONS);
    }
    assertThat(sum, is(bytes));
  }

  @Test
  void aReaderTellsHowFarItIs() throws Exception {
    ScanSource whole = ScanSource.of(spec(4));
    try (BoundedReader<ItemPage> reader = whole.createReader(TestScan.OPTIONS)) {
      assertThat(reader.getFractionConsumed(), is(0.0));
      for (boolean more = reader.start(); more; more = reader.advance()) {
        assertThat(reader.getCurrent().mark().segment(), lessThanOrEqualTo(3));
      }
      assertThat(reader.getFractionConsumed(), is(1.0));
      assertThat(reader.advance(), is(false));
    }
  }

  @Test
  void settingsMakeACopyThatIsAnotherStep() {
    ScanSpec spec = spec(4);
    spec.consistent = true;
    spec.filter = "a = b";
    ScanSpec copy = new ScanSpec(spec);
    assertThat(copy.step(), is(not(spec.step())));
    assertThat(copy.segments(), is(4));
    assertThat(copy.isConsistent(), is(true));
    assertThat(copy.filter(), is("a = b"));
  }

  @Test
  void oneReaderReadsAllSegments() throws Exception {
    ScanSpec spec =
        TestScan.spec(
            db,
            s -> {
              s.segments = 40;
              s.oneReader = 16;
            });
    List<ScanSource> splits = ScanSource.of(spec).split(1, TestScan.OPTIONS);
    assertThat(splits, hasSize(1));
    db.setLatencyMillis(20);
    List<ItemPage> pages = TestScan.pages(splits.get(0));
    assertThat(TestScan.tally(pages).problem(40), is(Optional.empty()));
    assertThat(
        db.books().requestsAtOnce(),
        allOf(greaterThan(Segments.MOST_AT_ONCE), lessThanOrEqualTo(16)));
  }

  @Test
  void pagesTellWhatOccursInTheItemsOfTheirSegment() throws Exception {
    List<ItemPage> pages =
        TestScan.pages(
            TestScan.spec(
                db,
                spec -> {
                  spec.segments = 20;
                  spec.infersSchema = true;
                }));
    InferredSchema expected = InferredSchema.of(TestScan.info(db).keySchema());
    InferredSchema told = InferredSchema.of(TestScan.info(db).keySchema());
    int summaries = 0;
    for (ItemPage page : pages) {
      page.forEach(expected::add);
      if (page.mark().last()) {
        summaries++;
        told.merge(CoderUtils.decodeFromByteArray(InferredSchemaCoder.of(), page.summary()));
      } else {
        assertThat(page.summary().length, is(0));
      }
    }
    assertThat(summaries, is(20));
    assertThat(told, is(expected));
    assertThat(told.items(), is((long) ITEMS));
  }

  @Test
  void readersOfOneJvmCountTheirPartsTogether() throws Exception {
    long all = TestScan.pages(spec(40)).stream().mapToLong(page -> page.compressedBytes()).sum();
    for (double wanted : new double[] {0.5, 2.5}) {
      List<ItemPage> pages =
          TestScan.pages(
              TestScan.spec(
                  db,
                  spec -> {
                    spec.segments = 40;
                    spec.inOneJvm = true;
                    spec.partBytes = (long) (all / wanted);
                  }));
      Set<Integer> parts = pages.stream().map(ItemPage::part).collect(Collectors.toSet());
      assertThat(parts, is(wanted < 1 ? Set.of(0) : Set.of(0, 1, 2)));
    }
  }

  @Test
  void pagesThatTheHeapDoesNotTakeAreInAFile() throws Exception {
    List<String> expected = TestScan.ids(TestScan.pages(spec(20)));
    for (long heap : new long[] {0, 100_000, 10_000_000}) {
      List<ItemPage> pages =
          TestScan.pages(
              TestScan.spec(
                  db,
                  spec -> {
                    spec.segments = 20;
                    spec.spools = true;
                    spec.heapForPages = heap;
                  }));
      long onHeap = pages.stream().mapToLong(ItemPage::heapBytes).sum();
      long all = pages.stream().mapToLong(ItemPage::compressedBytes).sum();
      assertThat(onHeap, heap < all ? lessThanOrEqualTo(heap) : is(all));
      assertThat(TestScan.ids(pages), is(expected));
    }
  }

  @Test
  void thePagesOfAPartComeTogether() {
    ScanTable scan =
        TestScan.scan(db).withSegments(8).withSpool().inOneJvm().withSchema().withParts(1 << 20);
    TestPipeline pipeline = Outcomes.pipeline();
    PCollection<ItemPage> pages = pipeline.apply(scan);
    PAssert.thatSingleton(pages.apply(ParDo.of(new BundleFn())).apply(Count.globally()))
        .isEqualTo(1L);
    PAssert.thatSingleton(TestScan.tally(pages))
        .satisfies(
            tally -> {
              assertThat(tally.items(), is((long) ITEMS));
              assertThat(tally.problem(8), is(Optional.empty()));
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  void thereAreAsManySegmentsAsTheWorkersAskFor() {
    ScanTable scan = TestScan.scan(db);
    assertThat(scan.withBudget(Budget.ofRatio(0.25).withWorkers(10)).segments(), is(240));
  }

  private static final class BundleFn extends DoFn<ItemPage, Integer> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void processElement(@Element ItemPage page) {
      // Only bundles are counted.
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      context.output(1, Instant.EPOCH, GlobalWindow.INSTANCE);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void eachSplitHasNoMoreBundlesThanThereAreBuckets(int buckets) {
    ScanTable scan =
        TestScan.scan(db)
            .withSegments(60)
            .withBuckets(buckets)
            .withBudget(Budget.ofRatio(0.25).withWorkers(2));
    TestPipeline pipeline = Outcomes.pipeline();
    pipeline.getOptions().as(DirectOptions.class).setTargetParallelism(2);
    PCollection<Long> bundles =
        pipeline.apply(scan).apply(ParDo.of(new BundleFn())).apply(Count.globally());
    PAssert.thatSingleton(bundles)
        .satisfies(
            count -> {
              assertThat(count, allOf(greaterThan(0L), lessThanOrEqualTo(8L * buckets)));
              return null;
            });
    pipeline.run().waitUntilFinish();
  }
}
