/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.scan;

import io.sluice.dynamodb.WorkerJvm;
import io.sluice.item.page.ItemPage;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.options.PipelineOptions;

/** Scans a table again and again in a JVM of its own. */
public final class ScannerJvm implements WorkerJvm.Work {
  private final ScanSource source;
  private final PipelineOptions options;

  private ScannerJvm(ScanSource source, PipelineOptions options) {
    this.source = source;
    this.options = options;
  }

  /** Starts the JVM; see {@link WorkerJvm#start}. All that have the same source share a budget. */
  static WorkerJvm start(ScanSource source, String... arguments) {
    return WorkerJvm.start(ScannerJvm.class, source, arguments);
  }

  /** What the JVM does. */
  public static void main(String[] args) throws Exception {
    WorkerJvm.serve((source, options) -> new ScannerJvm((ScanSource) source, options), args);
  }

  @Override
  public void workWhile(BooleanSupplier wanted) throws IOException {
    while (wanted.getAsBoolean()) {
      try (BoundedSource.BoundedReader<ItemPage> reader = source.createReader(options)) {
        for (boolean more = reader.start(); more && wanted.getAsBoolean(); ) {
          more = reader.advance();
        }
      }
    }
  }
}
