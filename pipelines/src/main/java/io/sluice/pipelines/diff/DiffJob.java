/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.diff;

import io.sluice.change.diff.CompareItems;
import io.sluice.change.diff.DeltaStamp;
import io.sluice.change.diff.DeltaTask;
import io.sluice.change.feed.FeedCommit;
import io.sluice.change.feed.FeedCommits;
import io.sluice.change.feed.FeedFolder;
import io.sluice.dynamodb.scan.ScanTable;
import io.sluice.dynamodb.table.TableInfo;
import io.sluice.pipelines.cli.DataSize;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.SluiceOptions;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.pipelines.input.BucketCount;
import io.sluice.pipelines.job.EmbeddedEngine;
import io.sluice.pipelines.table.PriceSettings;
import io.sluice.pipelines.table.TableLookup;
import io.sluice.pipelines.table.TableNames;
import io.sluice.pipelines.table.TableScans;
import io.sluice.report.Report;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A comparison that is about to run, for which both states are known.
 *
 * @param options of the runner and of AWS
 * @param task where the differences go; null to count them only
 */
record DiffJob(
    SluiceOptions options,
    DiffPlan plan,
    DiffSide from,
    DiffSide to,
    @Nullable DeltaTask task,
    Instant start) {

  /** The items of a file of differences, if all items differ. */
  private static final long FILE_BYTES = 512L << 20;

  private static final long MOST_FILES = 4096;

  /** Pages are compressed about as files are. */
  private static final long COMPRESSION_OF_PAGES = 5;

  /** The part of the heap that pages may take before a warning: the rest is for what is at work. */
  private static final long HEAP_FOR_PAGES = 2;

  /**
   * Finds both states.
   *
   * @throws JobException when one is not there, they cannot be compared, or the differences cannot
   *     be added to the output
   */
  static DiffJob of(SluiceOptions options, DiffPlan plan, Instant now) {
    Instant start = now.truncatedTo(ChronoUnit.MILLIS);
    DiffSide from = side(options, plan, plan.from(), start);
    DiffSide to = side(options, plan, plan.to(), start);
    if (!from.key().equals(to.key())) {
      throw new JobException(
          "--from has the key %s and --to %s: items of different keys cannot be compared"
              .formatted(from.key(), to.key()));
    }
    return new DiffJob(options, plan, from, to, task(plan, from, to, start), start);
  }

  private static DiffSide side(SluiceOptions options, DiffPlan plan, SidePlan side, Instant start) {
    if (!side.isTable()) {
      return new DiffSide.OfSnapshot(new SnapshotSearch(side, plan.table()).find());
    }
    TableInfo table =
        TableLookup.describe(
            options,
            plan.table(),
            plan.budget().onDemand(),
            client -> {
              throw new JobException("the table " + plan.table() + " does not exist");
            });
    ScanTable scan = TableScans.of(options, table, plan.budget());
    return new DiffSide.OfTable(
        table, plan.consistentRead() ? scan.withConsistentRead() : scan, start);
  }

  private static @Nullable DeltaTask task(
      DiffPlan plan, DiffSide from, DiffSide to, Instant start) {
    if (plan.output() == null) {
      return null;
    }
    String table = plan.table() == null ? to.table() : TableNames.plain(plan.table());
    try {
      FeedFolder feed = new FeedFolder(plan.output(), table);
      FeedCommits commits = FeedCommits.of(feed);
      Optional<FeedCommit> last = commits.latest();
      DeltaStamp stamp = new DeltaStamp(FeedCommit.differencesOf(table), to.key(), to.time());
      DeltaTask task =
          DeltaTask.after(
              last.orElse(null), feed, UUID.randomUUID().toString(), stamp, from.time(), start);
      commits.checkStore();
      return task;
    } catch (IOException | RuntimeException e) {
      throw new JobException("--output: " + UserMessages.oneLine(e), e);
    }
  }

  /** Returns the report, without what is found. */
  Report report() {
    return Stream.of(from, to)
        .filter(DiffSide.OfTable.class::isInstance)
        .map(side -> ((DiffSide.OfTable) side).info().capacity())
        .findFirst()
        .map(capacity -> PriceSettings.ofWrites(options).report(properties(), capacity))
        .orElseGet(() -> Report.of(properties()));
  }

  /** Whether one of the states is that of the table. */
  boolean scans() {
    return plan.from().isTable() || plan.to().isTable();
  }

  /**
   * Warns of a heap that may be too small: the DirectRunner keeps the pages of both states there.
   *
   * @param heap its maximum size in bytes
   * @return a sentence; null when there is nothing to warn of
   */
  @Nullable String heapWarning(long heap) {
    long bytes = (from.bytes() + to.bytes()) / COMPRESSION_OF_PAGES;
    return !EmbeddedEngine.isDirect(options) || bytes < heap / HEAP_FOR_PAGES
        ? null
        : String.format(
            "the DirectRunner holds both states on the heap, compressed to about %s, which may not"
                + " fit into %s: give more (SLUICE_JAVA_OPTS=-Xmx8g), or --runner=FlinkRunner",
            DataSize.text(bytes), DataSize.text(heap));
  }

  /** Returns the number of buckets, of which each worker has one at a time on the heap. */
  int buckets() {
    // The size of a table that was just loaded is not known yet.
    long bytes = 2 * Math.max(from.bytes(), to.bytes());
    int workers = plan.budget().budget().workers();
    return BucketCount.of(bytes, BucketCount.forBalance(bytes, workers));
  }

  /** Returns what compares the two. */
  CompareItems compare(DiffSide.Read earlier, DiffSide.Read later) {
    CompareItems compare = CompareItems.of(buckets(), earlier.items(), later.items());
    long files = (from.bytes() + to.bytes()) / FILE_BYTES + 1;
    return task == null
        ? compare
        : compare.withDelta(task.stamp(), (int) Math.min(MOST_FILES, files));
  }

  Map<String, Object> properties() {
    Map<String, Object> properties = new TreeMap<>();
    properties.put("pipeline", "diff");
    properties.put("runner", EmbeddedEngine.runner(options));
    properties.put("from", from.place());
    properties.put("to", to.place());
    properties.put("started", start.toString());
    if (task != null) {
      properties.put("output", task.feed().path());
    }
    return properties;
  }

  /** Returns the line that says what the job does. */
  String title() {
    return from.place() + " -> " + to.place();
  }

  /** Returns how long it has been running. */
  Duration took() {
    return Duration.between(start, Instant.now());
  }
}
