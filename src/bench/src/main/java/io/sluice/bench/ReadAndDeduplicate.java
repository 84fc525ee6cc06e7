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
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
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
      write(file, rows);
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
    pipeline
        .apply(
            "Read items",
            ReadItems.from(List.of(file.toString()), csv).withKey(schema, KeyFrom.parse("md5")))
        .items()
        .apply("Deduplicate", Deduplicate.by(schema))
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

  private static void write(Path file, int rows) throws IOException {
    Random random = new Random(rows);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(
          "vendor_id,pickup_datetime,dropoff_datetime,passenger_count,trip_distance,rate_code_id,"
              + "store_and_fwd_flag,pickup_location_id,dropoff_location_id,payment_type,"
              + "fare_amount,extra,mta_tax,tip_amount,tolls_amount,improvement_surcharge,"
              + "total_amount,congestion_surcharge\n");
      for (int i = 0; i < rows; i++) {
        int minute = i % 60;
        out.write(
            String.format(
                Locale.ROOT,
                "%d,2019-01-15 03:%02d:12,2019-01-15 04:%02d:19,%d,%.2f,1,N,%d,%d,1,%.1f,0.5,0.5,"
                    + "%.2f,0.0,0.3,%d.%02d,2.5%n",
                1 + i % 2,
                minute,
                minute,
                1 + i % 5,
                random.nextInt(2000) / 100.0,
                1 + random.nextInt(265),
                1 + random.nextInt(265),
                random.nextInt(100) / 2.0,
                random.nextInt(1000) / 100.0,
                i / 100,
                i % 100));
      }
    }
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
