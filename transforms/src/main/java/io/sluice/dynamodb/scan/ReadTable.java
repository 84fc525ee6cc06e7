/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.scan;

import io.sluice.dynamodb.table.TableInfo;
import io.sluice.item.SourcedItem;
import io.sluice.item.page.ItemPage;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * Reads a table or an index as items, one element each: the items of the pages of a {@link
 * ScanTable}, with the same guarantees.
 *
 * <pre>{@code
 * TableInfo table = DescribeTable.named("trips", client).orElseThrow();
 * PCollection<SourcedItem> items =
 *     pipeline.apply(ReadTable.by(ScanTable.of(table).withBudget(Budget.ofRatio(0.5))));
 * }</pre>
 */
public final class ReadTable extends PTransform<PBegin, PCollection<SourcedItem>> {
  private static final long serialVersionUID = 1L;

  private final ScanTable scan;

  private ReadTable(ScanTable scan) {
    this.scan = scan;
  }

  /** Returns a read of this table with a quarter of its read capacity. */
  public static ReadTable from(TableInfo table) {
    return by(ScanTable.of(table));
  }

  /** Returns a read of the items that this scan yields. */
  public static ReadTable by(ScanTable scan) {
    return new ReadTable(scan);
  }

  @Override
  public PCollection<SourcedItem> expand(PBegin begin) {
    return begin.apply("Scan table", scan).apply("Items", items());
  }

  /** Returns the step that makes single items of pages. */
  public static ParDo.SingleOutput<ItemPage, SourcedItem> items() {
    return ParDo.of(new ItemsFn());
  }

  private static final class ItemsFn extends DoFn<ItemPage, SourcedItem> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void processElement(@Element ItemPage page, OutputReceiver<SourcedItem> out) {
      page.forEach(out::output);
    }
  }
}
