/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.merge;

import io.sluice.format.nativeexport.ExportManifest;
import io.sluice.format.nativeexport.ExportSummary;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.pipelines.table.NativeExportTable;
import io.sluice.pipelines.table.WholeSnapshot;
import io.sluice.snapshot.Folder;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.Snapshots;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Finds the base of a merge. */
final class Bases {
  private Bases() {}

  /**
   * Finds the base, which ends no later than the point in time: the snapshot or the export that is
   * named, or the latest of those in a folder.
   *
   * @param asOf null for the latest
   * @throws JobException when there is none
   */
  static Base of(MergePlan plan, @Nullable Instant asOf) {
    try {
      Base base = find(plan, asOf);
      if (!base.endsBy(asOf)) {
        throw new JobException(
            "%s may have changes until %s, after the point in time %s"
                .formatted(base.place(), base.scan().changesUntil(), asOf));
      }
      return base;
    } catch (JobException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new JobException("--base=" + plan.base() + ": " + UserMessages.oneLine(e), e);
    }
  }

  private static Base find(MergePlan plan, @Nullable Instant asOf) throws IOException {
    Optional<Manifest> itself = Snapshots.manifestIn(Folder.of(plan.base()));
    if (itself.isPresent()) {
      return snapshot(plan, Folder.of(plan.base()).path(), itself.get());
    }
    String export = ExportManifest.folderOf(plan.base());
    if (export != null) {
      ExportSummary summary = ExportManifest.summaryIn(export);
      if (summary.window() != null) {
        throw new JobException(
            "--base=%s is an incremental export, of changes: it belongs to --deltas"
                .formatted(plan.base()));
      }
      NativeExportTable.check(export, summary, plan.tableOrArn());
      return new ExportBase(ExportManifest.read(export));
    }
    return latest(plan, asOf);
  }

  private static SnapshotBase snapshot(MergePlan plan, String place, Manifest manifest) {
    if (!manifest.table().equals(plan.table())) {
      throw new JobException(place + " is a snapshot of " + manifest.table());
    }
    return new SnapshotBase(new WholeSnapshot(place, manifest));
  }

  private static Base latest(MergePlan plan, @Nullable Instant asOf) throws IOException {
    List<Snapshots.Snapshot> all = new ArrayList<>(Snapshots.under(plan.base()).of(plan.table()));
    boolean hasSnapshots = !all.isEmpty();
    while (!all.isEmpty()) {
      Snapshots.Snapshot last = all.remove(all.size() - 1);
      Manifest manifest = last.manifest();
      if (asOf == null || !manifest.scan().changesUntil().isAfter(asOf)) {
        return snapshot(plan, last.place(), manifest);
      }
    }
    Optional<String> export = hasSnapshots ? Optional.empty() : latestExport(plan, asOf);
    if (export.isPresent()) {
      return new ExportBase(ExportManifest.read(export.get()));
    }
    throw new JobException(
        "--base=%s has no snapshot of %s%s"
            .formatted(plan.base(), plan.table(), asOf == null ? "" : " that ends by " + asOf));
  }

  /** Finds the latest full export of the table in a folder of exports. */
  private static Optional<String> latestExport(MergePlan plan, @Nullable Instant asOf)
      throws IOException {
    String latest = null;
    Instant time = Instant.MIN;
    for (String folder : ExportManifest.foldersUnder(plan.base())) {
      ExportSummary summary = ExportManifest.summaryIn(folder);
      boolean isBase =
          summary.window() == null
              && summary.exportTime() != null
              && !summary.isOfScan()
              && NativeExportTable.isOf(summary, plan.tableOrArn())
              && (asOf == null || !summary.exportTime().isAfter(asOf));
      if (isBase && summary.exportTime().isAfter(time)) {
        latest = folder;
        time = summary.exportTime();
      }
    }
    return Optional.ofNullable(latest);
  }
}
