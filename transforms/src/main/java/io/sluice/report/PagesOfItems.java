/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report;

import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemKey;
import io.sluice.item.KeySchema;
import io.sluice.item.SourcedItem;
import io.sluice.item.page.Buckets;
import io.sluice.item.page.Pager;
import io.sluice.item.page.SourcedPage;
import io.sluice.item.page.SourcedPageCoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.PCollection;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Collects single items to pages, for the steps that take pages. An item waits in an open page at
 * most until its bundle ends. Pages are of one window, and have the time of its end: the times of
 * the items are lost.
 */
public final class PagesOfItems
    extends PTransform<PCollection<SourcedItem>, PCollection<SourcedPage>> {
  private static final long serialVersionUID = 1L;

  private final @Nullable KeySchema schema;
  private final Buckets buckets;

  private PagesOfItems(@Nullable KeySchema schema, Buckets buckets) {
    this.schema = schema;
    this.buckets = buckets;
  }

  /** Collects items in whatever order they come. */
  public static PagesOfItems inAnyOrder() {
    return new PagesOfItems(null, Buckets.ONE);
  }

  /**
   * Collects items by buckets.
   *
   * @param schema of the items' keys; an item without a valid one fails the bundle
   */
  public static PagesOfItems by(KeySchema schema, Buckets buckets) {
    return new PagesOfItems(schema, buckets);
  }

  @Override
  public PCollection<SourcedPage> expand(PCollection<SourcedItem> items) {
    return items
        .apply("Collect", ParDo.of(new CollectFn(schema, buckets)))
        .setCoder(SourcedPageCoder.of());
  }

  private static final class CollectFn extends DoFn<SourcedItem, SourcedPage> {
    private static final long serialVersionUID = 1L;
    private final @Nullable KeySchema schema;
    private final Buckets buckets;
    private transient Map<BoundedWindow, Pager> pagers;

    /** Receives pages: the receiver of the current call. */
    private transient Emitter emitter;

    private interface Emitter {
      void emit(SourcedPage page, BoundedWindow window);
    }

    CollectFn(@Nullable KeySchema schema, Buckets buckets) {
      this.schema = schema;
      this.buckets = buckets;
    }

    @StartBundle
    public void startBundle() {
      pagers = new HashMap<>();
    }

    @ProcessElement
    public void processElement(
        @Element SourcedItem item, OutputReceiver<SourcedPage> out, BoundedWindow window)
        throws InvalidItemException {
      emitter =
          (page, of) ->
              out.outputWindowedValue(page, of.maxTimestamp(), List.of(of), PaneInfo.NO_FIRING);
      ItemKey key = buckets.by() == Buckets.By.KEY ? ItemKey.of(item.item(), schema) : null;
      Pager pager = pagers.computeIfAbsent(window, of -> new Pager(page -> emitter.emit(page, of)));
      buckets.add(item, key, pager);
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      emitter = (page, of) -> context.output(page, of.maxTimestamp(), of);
      pagers.values().forEach(Pager::flush);
      pagers.clear();
    }
  }
}
