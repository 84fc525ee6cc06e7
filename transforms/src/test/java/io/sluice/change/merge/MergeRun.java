/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.merge;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemKey;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.SourcedItem;
import io.sluice.item.page.ItemPage;
import io.sluice.item.page.Pager;
import io.sluice.item.page.ScanCompleteness;
import io.sluice.item.page.SourcedPage;
import io.sluice.item.page.SourcedPageCoder;
import io.sluice.testing.DirectRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollectionTuple;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A merge that has run, of whose result no page is missing and whose counts add up. One at a time.
 *
 * @param items by their key, the string {@code id}
 */
record MergeRun(Map<String, Map<String, AttributeValue>> items, MergeCounts counts) {
  private static final KeySchema KEY = new KeySchema(KeyAttribute.parse("id:S"), null);
  private static final int BUCKETS = 5;
  private static final ConcurrentLinkedQueue<ItemPage> PAGES = new ConcurrentLinkedQueue<>();
  private static final ConcurrentLinkedQueue<MergeCounts> COUNTS = new ConcurrentLinkedQueue<>();

  static MergeRun of(
      FeedRange range,
      PointInTime asOf,
      Instant baseEnd,
      Collection<Map<String, AttributeValue>> base,
      PipelineOptions options) {
    PAGES.clear();
    COUNTS.clear();
    TestPipeline pipeline = TestPipeline.fromOptions(options).enableAbandonedNodeEnforcement(false);
    PCollectionTuple merged =
        pipeline
            .apply(Create.of(pages(base)).withCoder(SourcedPageCoder.of()))
            .apply(MergeChanges.of(range, KEY, asOf, baseEnd, BUCKETS));
    merged.get(MergeChanges.PAGES).apply("Keep pages", ParDo.of(new KeepPages()));
    merged.get(MergeChanges.COUNTS).apply("Keep counts", ParDo.of(new KeepCounts()));
    DirectRun.of(pipeline);

    Map<String, Map<String, AttributeValue>> items = new HashMap<>();
    ScanCompleteness pages = new ScanCompleteness();
    for (ItemPage page : PAGES) {
      page.items().forEach(item -> items.put(item.item().get("id").s(), item.item()));
      pages.add(page);
    }
    assertThat(pages.problem(BUCKETS), is(Optional.empty()));
    MergeCounts counts = COUNTS.stream().reduce(MergeCounts.NONE, MergeCounts::and);
    assertThat(counts.addsUp(), is(true));
    assertThat(counts.base(), is((long) base.size()));
    assertThat(counts.items(), is((long) items.size()));
    return new MergeRun(items, counts);
  }

  private static List<SourcedPage> pages(Collection<Map<String, AttributeValue>> base) {
    List<SourcedPage> pages = new ArrayList<>();
    Pager pager = new Pager(pages::add);
    for (Map<String, AttributeValue> item : base) {
      try {
        ItemKey key = ItemKey.of(item, KEY);
        pager.add(key.bucket(BUCKETS), key.bytes(), SourcedItem.withoutOrigin(item));
      } catch (InvalidItemException e) {
        throw new AssertionError(e);
      }
    }
    pager.flush();
    return pages;
  }

  private static final class KeepPages extends DoFn<ItemPage, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void processElement(@Element ItemPage page) {
      PAGES.add(page);
    }
  }

  private static final class KeepCounts extends DoFn<MergeCounts, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void processElement(@Element MergeCounts counts) {
      COUNTS.add(counts);
    }
  }
}
