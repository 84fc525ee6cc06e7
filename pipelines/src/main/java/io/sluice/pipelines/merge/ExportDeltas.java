/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.merge;

import io.sluice.change.feed.FeedFolder;
import io.sluice.change.merge.ExportWindow;
import io.sluice.change.merge.MergeChanges;
import io.sluice.change.merge.WindowRange;
import io.sluice.format.UnreadableFileException;
import io.sluice.format.nativeexport.ExportManifest;
import io.sluice.format.nativeexport.ExportSummary;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.pipelines.table.NativeExportTable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Incremental exports of DynamoDB.
 *
 * @param arn of their table
 * @param windows their times, one or more
 */
record ExportDeltas(String arn, List<ExportWindow> windows) implements Deltas {

  /** By how much the clock of a scan may differ from that of the writes. */
  private static final Duration CLOCKS = Duration.ofSeconds(10);

  private static final int MOST_TOLD = 10;

  /**
   * Finds the exports that are named, and in other folders those of the table.
   *
   * @throws JobException when one is of another table, or no incremental one, or there is none
   */
  static ExportDeltas of(MergePlan plan) throws IOException {
    TreeMap<String, ExportSummary> exports = new TreeMap<>();
    for (String place : plan.deltas()) {
      String folder = ExportManifest.folderOf(place);
      if (folder == null) {
        exports.putAll(under(place, plan));
      } else {
        ExportSummary summary = ExportManifest.summaryIn(folder);
        NativeExportTable.check(folder, summary, plan.tableOrArn());
        if (summary.window() == null) {
          throw new JobException(
              "--deltas: %s is a full export: its records are items, and no changes"
                  .formatted(folder));
        }
        exports.put(folder, summary);
      }
    }
    List<ExportWindow> windows = new ArrayList<>();
    TreeSet<String> arns = new TreeSet<>();
    for (var export : exports.entrySet()) {
      ExportSummary.Window window = export.getValue().window();
      if (window.from() == null || window.to() == null) {
        throw new UnreadableFileException(
            export.getKey(), "does not say from when to when the export is");
      }
      windows.add(new ExportWindow(export.getKey(), window.from(), window.to()));
      arns.add(export.getValue().tableArn());
    }
    checkOne(arns);
    return new ExportDeltas(arns.first(), windows);
  }

  /** Returns the incremental exports of the table in a folder of exports. */
  private static TreeMap<String, ExportSummary> under(String place, MergePlan plan)
      throws IOException {
    TreeMap<String, ExportSummary> exports = new TreeMap<>();
    for (String folder : ExportManifest.foldersUnder(place)) {
      ExportSummary summary = ExportManifest.summaryIn(folder);
      if (summary.window() != null && NativeExportTable.isOf(summary, plan.tableOrArn())) {
        exports.put(folder, summary);
      }
    }
    if (exports.isEmpty()) {
      throw new JobException(
          "--deltas: "
              + (ExportManifest.foldersUnder(place).isEmpty()
                  ? new FeedFolder(place, plan.table()).path() + " has no commit"
                  : place + " has no incremental export of " + plan.tableOrArn()));
    }
    return exports;
  }

  private static void checkOne(TreeSet<String> arns) {
    if (arns.size() > 1) {
      throw new JobException(
          "--deltas: the exports are of the tables %s: give the ARN of one as --table"
              .formatted(String.join(" and ", arns)));
    }
  }

  /** A whole second stands for the export that ends within it. */
  @Override
  public Instant asOf(@Nullable Instant asked) {
    return windows.stream()
        .map(ExportWindow::to)
        .filter(
            end ->
                asked == null
                    || end.equals(asked)
                    || end.truncatedTo(ChronoUnit.SECONDS).equals(asked))
        .max(Instant::compareTo)
        .orElse(asked);
  }

  @Override
  public Range since(Base base, Instant asOf) {
    base.tableArn().ifPresent(ofBase -> checkOne(new TreeSet<>(List.of(ofBase, arn))));
    Instant end = base.scan().changesUntil();
    TreeSet<Instant> ends =
        windows.stream()
            .map(ExportWindow::to)
            .filter(to -> !to.isBefore(end))
            .collect(Collectors.toCollection(TreeSet::new));
    boolean isBase = base.isMoment() && asOf.equals(base.scan().end());
    if (!ends.contains(asOf) && !isBase) {
      throw new JobException(
          "--asOf=%s is not the end of an incremental export: it may be %s"
              .formatted(asOf, told(ends)));
    }
    try {
      WindowRange range =
          WindowRange.of(windows, base.scan().changesSince(), base.isMoment(), asOf);
      return new Files(range, warnings(base, range));
    } catch (IllegalArgumentException | IOException e) {
      throw new JobException("--deltas: " + UserMessages.oneLine(e), e);
    }
  }

  private static String told(TreeSet<Instant> ends) {
    if (ends.isEmpty()) {
      return "none, since all of them end before the base";
    }
    String first =
        ends.stream().limit(MOST_TOLD).map(Instant::toString).collect(Collectors.joining(", "));
    return ends.size() <= MOST_TOLD
        ? first
        : "%s, or one of %d later".formatted(first, ends.size() - MOST_TOLD);
  }

  private static List<String> warnings(Base base, WindowRange range) {
    List<String> warnings = new ArrayList<>();
    if (!range.isExact()) {
      Instant end = base.scan().changesUntil();
      List<ExportWindow> astride =
          range.windows().stream().filter(window -> window.from().isBefore(end)).toList();
      warnings.add(
          ("the base is not as of the beginning of an export: an item that it has seen, and that was put"
                  + " after %s and deleted before %s, has no record there and stays in the result")
              .formatted(
                  astride.get(0).from(),
                  astride.stream().map(ExportWindow::to).max(Instant::compareTo).orElseThrow()));
    }
    if (!base.isMoment() && range.asOf().isBefore(base.scan().changesUntil().plus(CLOCKS))) {
      warnings.add(
          "the scan of the base ended within %d s of the point in time: if the clocks differ, a change of about then may be in the result although it is later"
              .formatted(CLOCKS.toSeconds()));
    }
    return warnings;
  }

  private record Files(WindowRange range, List<String> warnings) implements Range {

    @Override
    public String kind() {
      return MergedOptions.INCREMENTAL_EXPORTS;
    }

    @Override
    public boolean isExact() {
      return range.isExact();
    }

    @Override
    public long bytes() {
      return range.bytes();
    }

    @Override
    public long changes() {
      return range.changes();
    }

    @Override
    public List<KeyAttribute> keyAttributes() {
      try {
        return range.keyAttributes();
      } catch (IOException e) {
        throw new JobException("--deltas: " + UserMessages.oneLine(e), e);
      }
    }

    @Override
    public MergeChanges onto(Base base, KeySchema schema, int buckets) {
      return MergeChanges.of(range, schema, buckets);
    }
  }
}
