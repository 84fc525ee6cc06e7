/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import io.sluice.dedupe.DuplicatePolicy;
import io.sluice.dynamodb.checkpoint.BucketMarks;
import io.sluice.dynamodb.checkpoint.WrittenBuckets;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.OptionErrors;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.pipelines.input.FormatOptions;
import io.sluice.pipelines.input.InputJob;
import io.sluice.pipelines.input.JdbcSettings;
import io.sluice.pipelines.job.EmbeddedEngine;
import io.sluice.pipelines.job.OutputProbe;
import io.sluice.pipelines.planning.JobState;
import io.sluice.pipelines.table.TableLookup;
import io.sluice.pipelines.table.TableNames;
import io.sluice.storage.Storage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Where an import keeps which buckets of keys are written, so that it goes on when it is started
 * again.
 *
 * @param folder of the folders of jobs, ending in a slash
 * @param items what decides which items the input becomes, and the table: texts that differ when
 *     something of it does
 */
record CheckpointPlan(String folder, String items) {
  /** As for exports: what was written yesterday may have been changed by others since. */
  private static final Duration GOES_ON = Duration.ofHours(12);

  /**
   * A worker has two buckets at work, and the mark of another is being written: with three times as
   * many, these are what one was.
   */
  private static final int AT_WORK = 3;

  private static final int MOST_BUCKETS = 1 << 20;

  /**
   * A start of an import.
   *
   * @param marks where it keeps what it writes
   * @param before what earlier starts have written
   */
  record Start(BucketMarks marks, WrittenBuckets before) {}

  /** Parses the options; null when nothing is kept. */
  static @Nullable CheckpointPlan of(
      ImportOptions options, @Nullable JdbcSettings jdbc, OptionErrors problems) {
    String folder = options.getCheckpoints();
    if (folder == null) {
      return null;
    }
    refusals(options, jdbc != null)
        .forEach(
            (option, why) ->
                problems.add("--checkpoints does not go with --%s: %s".formatted(option, why)));
    if (!EmbeddedEngine.isHere(options) && !Storage.isS3(folder)) {
      problems.add(
          "--checkpoints=%s must be in S3, where all workers of the cluster can write"
              .formatted(folder));
    }
    return new CheckpointPlan(
        folder.endsWith("/") ? folder : folder + "/",
        String.join(
            " ", String.valueOf(options.getTable()), FormatOptions.valuesOf(options).toString()));
  }

  private static Map<String, String> refusals(ImportOptions options, boolean isDatabase) {
    Map<String, String> refused = new TreeMap<>();
    if (!options.getWriteEngine().equalsIgnoreCase("async")) {
      refused.put("writeEngine=" + options.getWriteEngine(), "only async knows what is written");
    }
    if (isDatabase) {
      refused.put("source=JDBC", "nobody knows whether a database has the same rows again");
    }
    if (options.getDedupe() == DuplicatePolicy.NONE) {
      refused.put("dedupe=NONE", "items are not spread by their keys");
    }
    if (options.getWrite() != CompareOptions.Write.ALL) {
      refused.put("write=CHANGED", "it writes only what the table lacks anyway");
    }
    if (options.isPrune()) {
      refused.put("prune", "it compares all of the input with the table");
    }
    if (options.getChanges() != ChangeOptions.Changes.NONE) {
      refused.put("changes=APPLY", "what was applied is not kept");
    }
    return refused;
  }

  /**
   * Finds what earlier starts of the same import have written: of the same files, read in the same
   * way, to the same table.
   *
   * @throws JobException when that cannot be read, or nothing can be kept there
   */
  Start begin(InputJob job, List<MatchResult.Metadata> files, Console console) {
    OutputProbe.checkCheckpoints(folder, console);
    String own =
        "%s%s-%s/"
            .formatted(
                folder,
                TableNames.plain(job.table().name()),
                JobState.empty().and("items", items).ofFiles(files).fingerprint());
    try {
      WrittenBuckets before = written(own, job, console);
      if (before.items() > 0) {
        console.tell(
            "going on with an import that has written %,d items: they are not written again"
                .formatted(before.items()));
      }
      int buckets = before.buckets().orElse(Math.min(MOST_BUCKETS, AT_WORK * job.buckets()));
      return new Start(new BucketMarks(own, buckets), before);
    } catch (IOException e) {
      throw new JobException("--checkpoints: " + UserMessages.oneLine(e), e);
    }
  }

  private static WrittenBuckets written(String own, InputJob job, Console console)
      throws IOException {
    Instant last = WrittenBuckets.lastKept(own);
    if (last.equals(Instant.EPOCH)) {
      return WrittenBuckets.none();
    }
    if (last.isBefore(Instant.now().minus(GOES_ON))) {
      console.tell(
          "what an earlier start has written was last kept at %s, over %d hours ago: all is written"
              .formatted(last, GOES_ON.toHours()));
      BucketMarks.delete(own);
      return WrittenBuckets.none();
    }
    Optional<String> table = TableLookup.identity(job.options(), job.table().name());
    return table.isPresent() ? WrittenBuckets.read(own, table.get()) : WrittenBuckets.none();
  }
}
