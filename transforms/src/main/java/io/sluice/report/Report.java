/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.metrics.StringSet;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Wait;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Sums the tallies of all steps when all of them are done, and reports the result: as a JSON file
 * in any Beam file system, and to the program that submitted the job.
 *
 * <p>The submitting program receives it as a Beam string metric, {@link #METRIC}. The counts in it
 * come from data: a retry can only add the same text again. After a detached submission, only the
 * file is available.
 */
public final class Report extends PTransform<PCollection<Tally>, PCollection<Tally>> {
  private static final long serialVersionUID = 1L;

  /** The namespace of the metric that holds the report as JSON. */
  public static final String NAMESPACE = "sluice";

  public static final String METRIC = "report";

  private final TreeMap<String, Object> job;
  private final @Nullable String file;
  private final TreeMap<String, PCollectionView<String>> sections;

  private final Known known;

  private final transient @Nullable PCollection<?> after;

  /**
   * What is known of a job before it begins.
   *
   * @param cost how what it consumes becomes a bill; null for no bill
   * @param planned the plan that it is a run of, in JSON; null for none
   */
  private record Known(@Nullable JobCost cost, @Nullable String planned) implements Serializable {}

  private Report(
      Map<String, Object> job,
      @Nullable String file,
      Map<String, PCollectionView<String>> sections,
      Known known,
      @Nullable PCollection<?> after) {
    this.job = new TreeMap<>(job);
    this.file = file;
    this.sections = new TreeMap<>(sections);
    this.known = known;
    this.after = after;
  }

  /**
   * Creates the report of a job with these properties, texts and numbers, which the report repeats.
   */
  public static Report of(Map<String, Object> job) {
    return new Report(job, null, Map.of(), new Known(null, null), null);
  }

  /** Also writes the report to this file, replacing an existing one; null for none. */
  public Report to(@Nullable String file) {
    return new Report(job, file, sections, known, after);
  }

  /** Adds a bill of what the job consumes, if it consumes any units. */
  public Report withCost(JobCost cost) {
    return new Report(job, file, sections, new Known(cost, known.planned), after);
  }

  /** Adds the plan that the job is a run of, in JSON; null for none. */
  public Report withPlan(@Nullable String planned) {
    return new Report(job, file, sections, new Known(known.cost, planned), after);
  }

  /** Adds a section with this name: one JSON text. */
  public Report withSection(String name, PCollectionView<String> json) {
    return withSections(Map.of(name, json));
  }

  /** Adds sections by name: one JSON text each. */
  public Report withSections(Map<String, PCollectionView<String>> some) {
    TreeMap<String, PCollectionView<String>> more = new TreeMap<>(sections);
    more.putAll(some);
    return new Report(job, file, more, known, after);
  }

  /**
   * Waits for this collection before the file is written, but not before reporting to the
   * submitting program, which thus learns what was done even if the rest fails.
   */
  public Report writtenAfter(PCollection<?> other) {
    return new Report(job, file, sections, known, other);
  }

  /** Returns the sum of the tallies, once the report is written. */
  @Override
  public PCollection<Tally> expand(PCollection<Tally> tallies) {
    PCollection<Tally> told =
        tallies
            .apply("Sum", Combine.globally(Tally.sum()))
            .apply(
                "Tell",
                ParDo.of(new ReportFn(job, null, sections, known))
                    .withSideInputs(sections.values()));
    if (after != null) {
      told = told.apply("Wait", Wait.on(after));
    }
    return file == null
        ? told
        : told.apply(
            "Write report",
            ParDo.of(new ReportFn(job, file, sections, known)).withSideInputs(sections.values()));
  }

  /** Reports to the submitting program, or writes to a file. */
  private static final class ReportFn extends DoFn<Tally, Tally> {
    private static final long serialVersionUID = 1L;
    private final StringSet metric = Metrics.stringSet(NAMESPACE, METRIC);
    private final Map<String, Object> job;
    private final @Nullable String file;
    private final Map<String, PCollectionView<String>> sections;
    private final Known known;

    ReportFn(
        Map<String, Object> job,
        @Nullable String file,
        Map<String, PCollectionView<String>> sections,
        Known known) {
      this.job = job;
      this.file = file;
      this.sections = sections;
      this.known = known;
    }

    @ProcessElement
    public void processElement(ProcessContext context) throws IOException {
      Map<String, String> texts = new TreeMap<>();
      sections.forEach((name, view) -> texts.put(name, context.sideInput(view)));
      if (known.planned != null) {
        texts.put(JobCost.PLANNED, known.planned);
      }
      if (known.cost != null && !context.element().consumption().isNone()) {
        texts.put(JobCost.NAME, known.cost.toJson(context.element().consumption()));
      }
      String json = new JobReport(job, context.element(), texts).toJson();
      if (file == null) {
        metric.add(json);
      } else {
        try (OutputStream out =
            Channels.newOutputStream(
                FileSystems.create(
                    FileSystems.matchNewResource(file, false), "application/json"))) {
          out.write(json.getBytes(StandardCharsets.UTF_8));
        }
      }
      context.output(context.element());
    }
  }
}
