/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.read;

/** The contenders that read the same table from the same endpoint. */
enum Contender {
  /** Sluice's export on the DirectRunner: one scan, the schema inferred, a published snapshot. */
  EXPORT("Sluice, to Parquet") {
    @Override
    Reader reader(ReadTask task) {
      return new PipelineReader(task, new ExportPath());
    }
  },
  /** Sluice's scan by itself on the DirectRunner, which counts the items of pages. */
  SCAN("Sluice, scan alone") {
    @Override
    Reader reader(ReadTask task) {
      return new PipelineReader(task, new ScanPath());
    }
  },
  /** Beam's DynamoDBIO on the DirectRunner, which counts the items of pages. */
  BEAM("DynamoDBIO.read") {
    @Override
    Reader reader(ReadTask task) {
      return new PipelineReader(task, new BeamPath());
    }
  },
  /** The SDK's synchronous client and a thread for each segment, which count. */
  BARE("bare parallel scan") {
    @Override
    Reader reader(ReadTask task) {
      return new BareScan(task.target());
    }
  };

  /** The number of segments for contenders that do not choose it themselves. */
  static final int SEGMENTS = 8;

  private final String label;

  Contender(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  abstract Reader reader(ReadTask task);

  /** Reads a table. */
  interface Reader {
    /** Reads the whole table; returns how many items it had. */
    long read() throws Exception;
  }
}
