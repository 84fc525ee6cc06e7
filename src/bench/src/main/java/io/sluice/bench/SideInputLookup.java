/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.apache.beam.sdk.io.aws2.dynamodb.DynamoDBIO;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/**
 * Looks up events as a pipeline of Beam's own transforms does: the keys of the whole table are a
 * side input, of which each instance of the DoFn keeps a set, and each line is parsed with Jackson.
 */
record SideInputLookup(String table, ClientConfiguration client, PipelineOptions options) {
  private static final int SEGMENTS = 8;

  /** Writes the lines of an input whose products the table has; returns how many. */
  long run(Path input, Path output) {
    Pipeline pipeline = Pipeline.create(options);
    String name = table;
    PCollectionView<Map<String, Void>> keys =
        pipeline
            .apply(
                "Scan",
                DynamoDBIO.<List<String>>read()
                    .withClientConfiguration(client)
                    .withScanRequestFn(
                        nothing ->
                            ScanRequest.builder().tableName(name).totalSegments(SEGMENTS).build())
                    .withScanResponseMapperFn(
                        page -> page.items().stream().map(item -> item.get("id").s()).toList())
                    .withCoder(ListCoder.of(StringUtf8Coder.of())))
            .apply("Keys", Flatten.iterables())
            .apply("Set", ParDo.of(new KeyFn()))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), VoidCoder.of()))
            .apply("Side input", View.asMap());
    pipeline
        .apply("Read", TextIO.read().from(input.toString()))
        .apply("Filter", ParDo.of(new FilterFn(keys)).withSideInputs(keys))
        .apply("Write", TextIO.write().to(output.resolve("kept").toString()));
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    return result
        .metrics()
        .queryMetrics(
            MetricsFilter.builder()
                .addNameFilter(MetricNameFilter.named(SideInputLookup.class, "kept"))
                .build())
        .getCounters()
        .iterator()
        .next()
        .getCommitted();
  }

  private static final class KeyFn extends DoFn<String, KV<String, Void>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void processElement(@Element String key, OutputReceiver<KV<String, Void>> out) {
      out.output(KV.of(key, null));
    }
  }

  private static final class FilterFn extends DoFn<String, String> {
    private static final long serialVersionUID = 1L;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PCollectionView<Map<String, Void>> keys;
    private final Counter kept = Metrics.counter(SideInputLookup.class, "kept");
    private transient Set<String> known;

    FilterFn(PCollectionView<Map<String, Void>> keys) {
      this.keys = keys;
    }

    @ProcessElement
    public void processElement(ProcessContext context) throws IOException {
      if (known == null) {
        // The runner makes the map anew for each call.
        known = Set.copyOf(context.sideInput(keys).keySet());
      }
      String line = context.element();
      if (known.contains(JSON.readTree(line).at("/product/id").asText())) {
        kept.inc();
        context.output(line);
      }
    }
  }
}
