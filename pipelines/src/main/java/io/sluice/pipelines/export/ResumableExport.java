/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.export;

import io.sluice.dynamodb.checkpoint.Checkpoints;
import io.sluice.dynamodb.scan.ResumableScan;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.pipelines.table.TableLookup;
import io.sluice.snapshot.SnapshotTarget;
import io.sluice.snapshot.UnfinishedRun;
import io.sluice.snapshot.UnfinishedRuns;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Finds the unfinished run of an export that is started again, or begins one. The clock of the
 * store and that of this machine are compared, but only to the hour.
 */
final class ResumableExport {
  /** As the runs of a night by default: tomorrow's export must not be that of today. */
  private static final Duration GOES_ON = Duration.ofHours(12);

  private final ExportJob job;
  private final UnfinishedRuns all;
  private final Console console;

  private ResumableExport(ExportJob job, Console console) {
    this.job = job;
    this.all = new UnfinishedRuns(job.target().folder());
    this.console = console;
  }

  /**
   * Checks that the snapshot can be published, and returns the job that makes it: with {@code
   * --resumable} as another start of an unfinished run, or as the first of a new one.
   *
   * @throws JobException when the snapshot cannot be published, an unfinished run reads something
   *     else, or its state cannot be read or written
   */
  static ExportJob ready(ExportJob job, Console console) {
    if (job.plan().resuming() == ExportPlan.Resuming.NO) {
      job.checkTarget();
      return job;
    }
    return new ResumableExport(job, console).ready();
  }

  private ExportJob ready() {
    String table = identity();
    try {
      Optional<UnfinishedRun> before = goesOn(table);
      if (before.isPresent()) {
        ExportJob resumed = as(before.get());
        resumed.checkTarget();
        console.tell(
            "going on with the export that began at %s: what it has kept is not scanned again"
                .formatted(before.get().run().start()));
        return resumed;
      }
      job.checkTarget();
      all.checkStore();
      UnfinishedRun run =
          new UnfinishedRun(
              job.target().run(),
              job.target().time(),
              table,
              job.scan().segments(),
              ResumableScan.groups(job.scan()),
              settings(job));
      all.delete();
      if (!all.create(run)) {
        throw new JobException(
            "another export of %s to %s has just begun"
                .formatted(job.plan().table(), job.plan().output()));
      }
      return as(run);
    } catch (IOException e) {
      throw new JobException(
          "--resumable: " + UserMessages.oneLine(e) + "; --startOver scans anew", e);
    }
  }

  private String identity() {
    String table = job.plan().table();
    return TableLookup.identity(job.options(), table)
        .orElseThrow(() -> new JobException("the table " + table + " does not exist"));
  }

  /** Returns the unfinished run of which this is another start; empty for a new run. */
  private Optional<UnfinishedRun> goesOn(String table) throws IOException {
    if (job.plan().resuming() == ExportPlan.Resuming.START_OVER) {
      return Optional.empty();
    }
    Optional<UnfinishedRun> found = all.read();
    if (found.isEmpty()) {
      return found;
    }
    UnfinishedRun run = found.get();
    String dropped = whyDropped(run, table);
    if (dropped != null) {
      console.tell(
          "the unfinished export that began at %s is dropped, and the table scanned anew: %s"
              .formatted(run.run().start(), dropped));
      return Optional.empty();
    }
    checkSettings(run);
    return found;
  }

  private @Nullable String whyDropped(UnfinishedRun run, String table) throws IOException {
    if (!run.table().equals(table)) {
      return "the table is another one by now";
    }
    if (job.plan().time() != null) {
      return run.time().equals(job.plan().time()) ? null : "it is for the snapshot " + run.time();
    }
    Instant last = all.lastSign(run);
    return last.isBefore(Instant.now().minus(GOES_ON))
        ? "it has not gone on since " + last + ", for more than " + GOES_ON.toHours() + " hours"
        : null;
  }

  private void checkSettings(UnfinishedRun run) {
    Map<String, String> now = settings(job);
    TreeMap<String, String> all = new TreeMap<>(run.scan());
    all.putAll(now);
    if (job.plan().scan().segments() != null && job.plan().scan().segments() != run.segments()) {
      throw other(run, "segments");
    }
    for (String option : all.keySet()) {
      if (!String.valueOf(now.get(option)).equals(String.valueOf(run.scan().get(option)))) {
        throw other(run, option);
      }
    }
  }

  private static JobException other(UnfinishedRun run, String option) {
    return new JobException(
        "--resumable: the unfinished export that began at %s had another --%s: give it the same options, or --startOver to scan anew"
            .formatted(run.run().start(), option));
  }

  /**
   * Returns the options that decide what is read; of values only a digest, for they may be data.
   */
  private static Map<String, String> settings(ExportJob job) {
    ScanPlan scan = job.plan().scan();
    Map<String, String> settings = new TreeMap<>();
    settings.put("consistentRead", Boolean.toString(scan.consistentRead()));
    put(settings, "index", scan.index());
    put(settings, "filter", scan.filter());
    put(settings, "projection", scan.projection());
    put(settings, "expressionNames", scan.names().isEmpty() ? null : scan.namesText());
    put(settings, "expressionValues", scan.values().isEmpty() ? null : scan.valuesDigest());
    return settings;
  }

  private static void put(Map<String, String> settings, String option, @Nullable String value) {
    if (value != null) {
      settings.put(option, value);
    }
  }

  /** Returns the job as a start of this run. */
  private ExportJob as(UnfinishedRun run) {
    Checkpoints checkpoints = new Checkpoints(all.scanOf(run.run()), run.run().id(), run.groups());
    return new ExportJob(
        job.options(),
        job.plan(),
        job.table(),
        ResumableScan.of(job.scan().withSegments(run.segments()), checkpoints),
        job.export(),
        job.schema(),
        new SnapshotTarget(job.target().folder(), run.time(), run.run()),
        job.definition(),
        job.start());
  }
}
