/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report;

import io.sluice.report.page.ReportPage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
 * Sums the tallies of all steps when all of them are done, and reports the result: as files in any
 * Beam file system, and to the program that submitted the job.
 *
 * <p>The submitting program receives it as a Beam string metric, {@link #METRIC}. The counts in it
 * come from data: a retry can only add the same text again. After a detached submission, only the
 * files are available. These also have the time at which they were written.
 */
public final class Report extends PTransform<PCollection<Tally>, PCollection<Tally>> {
  private static final long serialVersionUID = 1L;

  /** The namespace of the metric that holds the report as JSON. */
  public static final String NAMESPACE = "sluice";

  public static final String METRIC = "report";

  private final TreeMap<String, Object> job;
  private final ArrayList<String> files;
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
      List<String> files,
      Map<String, PCollectionView<String>> sections,
      Known known,
      @Nullable PCollection<?> after) {
    this.job = new TreeMap<>(job);
    this.files = new ArrayList<>(files);
    this.sections = new TreeMap<>(sections);
    this.known = known;
    this.after = after;
  }

  /**
   * Creates the report of a job with these properties, texts and numbers, which the report repeats.
   */
  public static Report of(Map<String, Object> job) {
    return new Report(job, List.of(), Map.of(), new Known(null, null), null);
  }

  /**
   * Also writes the report to these files, replacing existing ones: as a page for a browser if its
   * name ends in .html or .htm, in whatever case, otherwise as JSON.
   */
  public Report to(List<String> files) {
    return new Report(job, files, sections, known, after);
  }

  /** Adds a bill of what the job consumes, if it consumes any units. */
  public Report withCost(JobCost cost) {
    return new Report(job, files, sections, new Known(cost, known.planned), after);
  }

  /** Adds the plan that the job is a run of, in JSON; null for none. */
  public Report withPlan(@Nullable String planned) {
    return new Report(job, files, sections, new Known(known.cost, planned), after);
  }

  /** Adds a section with this name: one JSON text. */
  public Report withSection(String name, PCollectionView<String> json) {
    return withSections(Map.of(name, json));
  }

  /** Adds sections by name: one JSON text each. */
  public Report withSections(Map<String, PCollectionView<String>> some) {
    TreeMap<String, PCollectionView<String>> more = new TreeMap<>(sections);
    more.putAll(some);
    return new Report(job, files, more, known, after);
  }

  /**
   * Waits for this collection before the files are written, but not before reporting to the
   * submitting program, which thus learns what was done even if the rest fails.
   */
  public Report writtenAfter(PCollection<?> other) {
    return new Report(job, files, sections, known, other);
  }

  /** Returns the sum of the tallies, once the report is written. */
  @Override
  public PCollection<Tally> expand(PCollection<Tally> tallies) {
    PCollection<Tally> told =
        tallies
            .apply("Sum", Combine.globally(Tally.sum()))
            .apply(
                "Tell",
                ParDo.of(new ReportFn(job, List.of(), sections, known))
                    .withSideInputs(sections.values()));
    if (after != null) {
      told = told.apply("Wait", Wait.on(after));
    }
    return files.isEmpty()
        ? told
        : told.apply(
            "Write report",
            ParDo.of(new ReportFn(job, files, sections, known)).withSideInputs(sections.values()));
  }

  /** Reports to the submitting program, or writes to files if there are any. */
  private static final class ReportFn extends DoFn<Tally, Tally> {
    private static final long serialVersionUID = 1L;
    private final StringSet metric = Metrics.stringSet(NAMESPACE, METRIC);
    private final TreeMap<String, Object> job;
    private final ArrayList<String> files;
    private final Map<String, PCollectionView<String>> sections;
    private final Known known;

    ReportFn(
        Map<String, Object> job,
        List<String> files,
        Map<String, PCollectionView<String>> sections,
        Known known) {
      this.job = new TreeMap<>(job);
      this.files = new ArrayList<>(files);
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
      if (files.isEmpty()) {
        metric.add(new JobReport(job, context.element(), texts).toJson());
      } else {
        Map<String, Object> ended = new TreeMap<>(job);
        ended.put("ended", Instant.now().toString());
        write(new JobReport(ended, context.element(), texts));
      }
      context.output(context.element());
    }

    private void write(JobReport report) throws IOException {
      for (String file : files) {
        boolean isPage = ReportPage.isPage(file);
        String text = isPage ? report.toHtml() : report.toJson();
        try (OutputStream out =
            Channels.newOutputStream(
                FileSystems.create(
                    FileSystems.matchNewResource(file, false),
                    isPage ? "text/html" : "application/json"))) {
          out.write(text.getBytes(StandardCharsets.UTF_8));
        }
      }
    }
  }
}
