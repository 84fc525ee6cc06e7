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
 * Reads a table, or an index of it, as items: a {@link ScanTable}, of which the guarantees are, and
 * an element for each item.
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

  /** Reads this table with a quarter of what it can do. */
  public static ReadTable from(TableInfo table) {
    return by(ScanTable.of(table));
  }

  /** Reads what this scan gives. */
  public static ReadTable by(ScanTable scan) {
    return new ReadTable(scan);
  }

  @Override
  public PCollection<SourcedItem> expand(PBegin begin) {
    return begin.apply("Scan table", scan).apply("Items", ParDo.of(new ItemsFn()));
  }

  private static final class ItemsFn extends DoFn<ItemPage, SourcedItem> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void processElement(@Element ItemPage page, OutputReceiver<SourcedItem> out) {
      page.forEach(out::output);
    }
  }
}
