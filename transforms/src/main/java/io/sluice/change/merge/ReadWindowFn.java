/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.merge;

import io.sluice.change.read.ExportRecords;
import io.sluice.item.KeySchema;
import io.sluice.item.Origin;
import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/**
 * Reads a file of an incremental export, and passes on its changes, one for each key, in the bucket
 * of the key. A file that is not as its manifest says fails the job.
 */
final class ReadWindowFn extends DoFn<WindowFile, KV<Integer, BucketEntry>> {
  private static final long serialVersionUID = 1L;

  private final WindowOrder order;
  private final KeySchema schema;
  private final int buckets;

  ReadWindowFn(WindowOrder order, KeySchema schema, int buckets) {
    this.order = order;
    this.schema = schema;
    this.buckets = buckets;
  }

  @ProcessElement
  public void processElement(@Element WindowFile file, OutputReceiver<KV<Integer, BucketEntry>> out)
      throws IOException {
    int rank = order.rank(file.window());
    BucketChanges changes =
        new BucketChanges(buckets, (bucket, entry) -> out.output(KV.of(bucket, entry)));
    ExportRecords.read(
        file.slice(),
        file.isIon(),
        schema,
        change -> changes.add(WindowOrder.place(change.from(Origin.UNKNOWN), rank)));
    changes.flush();
  }
}
