/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines;

import io.sluice.dedupe.Deduplicate;
import io.sluice.dynamodb.TableInfo;
import io.sluice.failure.WriteRejections;
import io.sluice.file.InputFiles;
import io.sluice.file.ReadItems;
import io.sluice.item.SourcedItem;
import io.sluice.report.Ledger;
import io.sluice.report.Report;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.values.PCollection;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A job that reads files for a table: the beginning and the end that its pipelines share.
 *
 * @param pipeline the name of the pipeline
 * @param input the files that are read
 * @param start names the folder of rejections
 */
record SourceJob(
    String pipeline,
    SourceOptions options,
    SourcePlan plan,
    Input input,
    TableInfo table,
    Instant start) {

  /** One bucket of the deduplication is on the heap at a time. */
  private static final long BUCKET_BYTES = 16L << 20;

  private static final DateTimeFormatter FOLDER_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss-SSS'Z'").withZone(ZoneOffset.UTC);

  /**
   * Looks whether the places that are written at the very end are there at all.
   *
   * @throws JobException when one is not
   */
  static void checkOutputs(SourceOptions options) {
    check("rejects", options.getRejects());
    check("report", options.getReport());
  }

  private static void check(String option, @Nullable String place) {
    if (place != null) {
      try {
        // A glob, since S3 does not tell a missing bucket from a missing object.
        FileSystems.match(place + "*", EmptyMatchTreatment.ALLOW).metadata();
      } catch (IOException | RuntimeException e) {
        throw new JobException(
            "--" + option + "=" + place + " cannot be reached: " + Causes.oneLine(e), e);
      }
    }
  }

  /** The items of the input, one for each primary key. */
  PCollection<SourcedItem> readInto(Ledger ledger, Pipeline pipeline, List<String> patterns) {
    return pipeline
        .apply(
            "Read items",
            ReadItems.from(patterns, input.format()).withKey(table.keySchema(), plan.keyFrom()))
        .into(ledger)
        .apply(
            "Deduplicate",
            Deduplicate.by(table.keySchema())
                .keeping(options.getDedupe())
                .orderedBy(options.getOrderBy())
                .intoBuckets(buckets()))
        .into(ledger);
  }

  /** A bucket is small enough for the estimate of the bytes to be wrong by some factor. */
  private int buckets() {
    long bytes = input.files().stream().mapToLong(InputFiles::decompressedBytes).sum();
    long least = Math.max(4L * Runtime.getRuntime().availableProcessors(), options.getShards());
    return (int) Math.min(1 << 20, Math.max(least, bytes / BUCKET_BYTES));
  }

  /** Writes the rejections, if they are wanted; the report is the caller's to apply. */
  Report endWith(Ledger ledger) {
    if (rejectsFolder() != null) {
      ledger.rejections().apply("Write rejections", WriteRejections.to(rejectsFolder()));
    }
    return Report.of(properties()).to(options.getReport());
  }

  /** Where this run writes its rejections; null for nowhere. */
  @Nullable String rejectsFolder() {
    String folder = options.getRejects();
    return folder == null
        ? null
        : (folder.endsWith("/") ? folder : folder + "/") + FOLDER_TIME.format(start);
  }

  /** What the report says of the job, beside the counts. */
  private Map<String, Object> properties() {
    Map<String, Object> properties = new TreeMap<>();
    properties.put("pipeline", pipeline);
    properties.put("runner", options.getRunner().getSimpleName());
    properties.put("input", String.join(",", plan.input()));
    properties.put("format", input.format().name());
    properties.put("table", table.name());
    properties.put("started", start.toString());
    if (rejectsFolder() != null) {
      properties.put("rejects", rejectsFolder());
    }
    return properties;
  }
}
