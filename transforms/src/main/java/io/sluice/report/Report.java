/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.metrics.StringSet;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Sums up what all steps counted, when all of them are done, and reports it: as a JSON file of any
 * Beam file system, and to the program that submitted the job.
 *
 * <p>The way back is a Beam metric of text, {@link #METRIC}. The counts in it are data: a retry can
 * only add the same text again. A detached submission has no way back, but the file.
 */
public final class Report extends PTransform<PCollection<Tally>, PDone> {
  private static final long serialVersionUID = 1L;

  /** Namespace and name of the metric that holds the report as JSON. */
  public static final String NAMESPACE = "sluice";

  public static final String METRIC = "report";

  private final Map<String, Object> job;
  private final @Nullable String file;

  private Report(Map<String, Object> job, @Nullable String file) {
    this.job = job;
    this.file = file;
  }

  /** Reports of a job that has these properties, texts and numbers, which the report repeats. */
  public static Report of(Map<String, Object> job) {
    return new Report(Map.copyOf(job), null);
  }

  /** Writes the report to this file also, in place of one that is there; null for none. */
  public Report to(@Nullable String file) {
    return new Report(job, file);
  }

  @Override
  public PDone expand(PCollection<Tally> tallies) {
    tallies
        .apply("Sum", Combine.globally(Tally.sum()))
        .apply("Write report", ParDo.of(new WriteFn(new java.util.TreeMap<>(job), file)));
    return PDone.in(tallies.getPipeline());
  }

  private static final class WriteFn extends DoFn<Tally, Void> {
    private static final long serialVersionUID = 1L;
    private final StringSet metric = Metrics.stringSet(NAMESPACE, METRIC);
    private final java.util.TreeMap<String, Object> job;
    private final @Nullable String file;

    WriteFn(java.util.TreeMap<String, Object> job, @Nullable String file) {
      this.job = job;
      this.file = file;
    }

    @ProcessElement
    public void processElement(@Element Tally tally) throws IOException {
      String json = new JobReport(job, tally).toJson();
      if (file != null) {
        try (OutputStream out =
            Channels.newOutputStream(
                FileSystems.create(
                    FileSystems.matchNewResource(file, false), "application/json"))) {
          out.write(json.getBytes(StandardCharsets.UTF_8));
        }
      }
      metric.add(json);
    }
  }
}
