/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.read;

import io.sluice.bench.harness.Target;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/** Runs a pipeline on the DirectRunner, with the arguments that Sluice gives it by default. */
final class PipelineReader implements Contender.Reader {
  private static final String ITEMS = "items";

  private final ReadTask task;
  private final Path path;

  /** The steps that read the table. */
  interface Path {
    /** Returns further arguments of the pipeline. */
    default List<String> arguments() {
      return List.of();
    }

    /** Returns counts of items; each item is counted once. */
    PCollection<Long> read(Pipeline pipeline, ReadTask task);
  }

  PipelineReader(ReadTask task, Path path) {
    this.task = task;
    this.path = path;
  }

  @Override
  public long read() {
    List<String> arguments = new ArrayList<>(path.arguments());
    arguments.addAll(
        List.of(
            "--runner=DirectRunner",
            "--enforceImmutability=false",
            "--enforceEncodability=false",
            // Otherwise S3's file system would look for a region for a second, in vain.
            "--awsRegion=" + Target.REGION));
    PipelineOptions options =
        PipelineOptionsFactory.fromArgs(arguments.toArray(String[]::new)).create();
    FileSystems.setDefaultPipelineOptions(options);
    Pipeline pipeline = Pipeline.create(options);
    path.read(pipeline, task).apply("Count", ParDo.of(new CountFn()));
    PipelineResult result = pipeline.run();
    PipelineResult.State state = result.waitUntilFinish();
    if (state != PipelineResult.State.DONE) {
      throw new IllegalStateException("the pipeline ended as " + state);
    }
    return counted(result);
  }

  private static long counted(PipelineResult result) {
    MetricsFilter filter =
        MetricsFilter.builder()
            .addNameFilter(MetricNameFilter.named(PipelineReader.class, ITEMS))
            .build();
    long items = 0;
    for (MetricResult<Long> counter : result.metrics().queryMetrics(filter).getCounters()) {
      items += counter.getCommitted();
    }
    return items;
  }

  private static final class CountFn extends DoFn<Long, Void> {
    private static final long serialVersionUID = 1L;
    private final Counter items = Metrics.counter(PipelineReader.class, ITEMS);

    @ProcessElement
    public void processElement(@Element Long count) {
      items.inc(count);
    }
  }
}
