/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench;

import io.sluice.dedupe.Deduplicate;
import io.sluice.format.csv.CsvFormat;
import io.sluice.format.csv.CsvValues;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.SourcedItem;
import io.sluice.source.KeyFrom;
import io.sluice.source.ReadItems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;

/**
 * Reads rows shaped like taxi trips, each with a key of its own, and deduplicates them on the
 * DirectRunner: the part of an import that holds data in memory, without the table. Takes the
 * number of rows as its argument, and the heap as an option of the JVM.
 */
public final class ReadAndDeduplicate {
  private ReadAndDeduplicate() {}

  public static void main(String[] args) throws IOException {
    int rows = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
    Path file = Files.createTempFile("trips", ".csv");
    try {
      TripRows.write(file, rows, 0);
      run(file, rows);
    } finally {
      Files.delete(file);
    }
  }

  private static void run(Path file, int rows) throws IOException {
    KeySchema schema = KeySchema.of(KeyAttribute.parse("id:S"));
    Pipeline pipeline =
        Pipeline.create(
            PipelineOptionsFactory.fromArgs(
                    "--runner=DirectRunner",
                    "--enforceImmutability=false",
                    "--enforceEncodability=false")
                .create());
    CsvFormat csv = new CsvFormat(null, ',', CsvFormat.QuotedNewlines.NEVER, CsvValues.STRINGS);
    Deduplicate deduplicate = Deduplicate.by(schema);
    pipeline
        .apply(
            "Read items",
            ReadItems.from(List.of(file.toString()), csv)
                .withKey(schema, KeyFrom.parse("md5"))
                .intoBuckets(deduplicate.buckets()))
        .pages()
        .apply("Deduplicate", deduplicate.ofPages())
        .items()
        .apply("Count", ParDo.of(new CountFn()));
    long start = System.nanoTime();
    var result = pipeline.run();
    result.waitUntilFinish();
    double seconds = (System.nanoTime() - start) / 1e9;
    long counted =
        result
            .metrics()
            .queryMetrics(
                MetricsFilter.builder()
                    .addNameFilter(MetricNameFilter.named(ReadAndDeduplicate.class, "items"))
                    .build())
            .getCounters()
            .iterator()
            .next()
            .getCommitted();
    if (counted != rows) {
      throw new IllegalStateException(rows + " rows went in, " + counted + " items came out");
    }
    System.out.printf(
        Locale.ROOT,
        "%,d rows, %,d MB, heap of %,d MB: %.1f s, %,.0f rows/s%n",
        rows,
        Files.size(file) >> 20,
        Runtime.getRuntime().maxMemory() >> 20,
        seconds,
        rows / seconds);
  }

  private static final class CountFn extends DoFn<SourcedItem, Void> {
    private static final long serialVersionUID = 1L;
    private final Counter items = Metrics.counter(ReadAndDeduplicate.class, "items");

    @ProcessElement
    public void processElement() {
      items.inc();
    }
  }
}
