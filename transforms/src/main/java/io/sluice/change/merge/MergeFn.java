/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.merge;

import io.sluice.item.ItemCursor;
import io.sluice.item.KeySchema;
import io.sluice.item.codec.ByteWriter;
import io.sluice.item.page.ItemPage;
import io.sluice.item.page.Pager;
import io.sluice.schema.InferredSchema;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Merges a bucket, and gives its items in pages that are marked as those of a segment. Their schema
 * is inferred here, where they are not compressed.
 */
final class MergeFn extends DoFn<KV<Integer, Iterable<BucketEntry>>, ItemPage> {
  private static final long serialVersionUID = 1L;

  private static final byte[] NO_SUMMARY = {};

  static final TupleTag<ItemPage> PAGES = new TupleTag<>("pages") {};
  static final TupleTag<MergeCounts> COUNTS = new TupleTag<>("counts") {};

  private final MergeRules rules;
  private final KeySchema schema;

  MergeFn(MergeRules rules, KeySchema schema) {
    this.rules = rules;
    this.schema = schema;
  }

  @ProcessElement
  public void processElement(
      @Element KV<Integer, Iterable<BucketEntry>> bucket, MultiOutputReceiver out) {
    MergedBucket merged = new MergedBucket(rules);
    bucket.getValue().forEach(merged::add);
    Pages pages = new Pages(bucket.getKey(), out.get(PAGES));
    MergeCounts counts = merged.settle(pages);
    pages.finish();
    out.get(COUNTS).output(counts);
  }

  private final class Pages implements MergedBucket.Items {
    private final int bucket;
    private final long attempt = ThreadLocalRandom.current().nextLong();
    private final OutputReceiver<ItemPage> out;
    private final InferredSchema inferred = InferredSchema.of(schema);
    private ByteWriter block = new ByteWriter(1 << 12);
    private int items;
    private int number;

    Pages(int bucket, OutputReceiver<ItemPage> out) {
      this.bucket = bucket;
      this.out = out;
    }

    @Override
    public void add(byte[] bytes, int from, int length) {
      if (block.size() >= Pager.PAGE_BYTES) {
        pass(false);
      }
      block.writeBytes(bytes, from, length);
      inferred.add(ItemCursor.of(bytes, from, length));
      items++;
    }

    void finish() {
      pass(true);
    }

    private void pass(boolean last) {
      ItemPage.Mark mark =
          new ItemPage.Mark(bucket, attempt, number++, last, items, 0, rules.time().toEpochMilli());
      out.output(
          ItemPage.compress(mark, items, block)
              .inPart(bucket)
              .withSummary(last ? inferred.bytes() : NO_SUMMARY));
      block = new ByteWriter(1 << 12);
      items = 0;
    }
  }
}
