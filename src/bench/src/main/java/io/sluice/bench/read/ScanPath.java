/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.read;

import io.sluice.bench.harness.Target;
import io.sluice.capacity.Budget;
import io.sluice.dynamodb.scan.ScanTable;
import io.sluice.dynamodb.table.DescribeTable;
import io.sluice.dynamodb.table.TableInfo;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The scan of an export; the items in its pages are counted. */
record ScanPath() implements PipelineReader.Path {
  @Override
  public PCollection<Long> read(Pipeline pipeline, ReadTask task) {
    return pipeline
        .apply("Scan table", scan(describe(task), task))
        .apply(
            "Items of pages",
            MapElements.into(TypeDescriptors.longs()).via(page -> (long) page.count()));
  }

  static TableInfo describe(ReadTask task) {
    try (DynamoDbClient client = task.target().client(1)) {
      return DescribeTable.named(Target.TABLE, client).orElseThrow();
    }
  }

  /** As in an export by default on the DirectRunner, but with the whole capacity of the table. */
  static ScanTable scan(TableInfo table, ReadTask task) {
    return ScanTable.of(table)
        .withClient(task.target().configuration())
        .withBudget(Budget.ofRatio(1))
        .withBuckets(1);
  }
}
