/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.merge;

import io.sluice.change.merge.PointInTime;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.pipelines.table.WholeSnapshot;
import io.sluice.snapshot.Folder;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.Snapshots;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The snapshot to which changes are applied.
 *
 * @param place its folder, ending in a slash
 * @param manifest its manifest
 */
record Base(String place, Manifest manifest) {

  /**
   * Finds the base, which ends no later than the point in time.
   *
   * @param asOf null for the latest
   * @throws JobException when there is none
   */
  static Base of(MergePlan plan, @Nullable PointInTime asOf) {
    try {
      Optional<Manifest> itself = Snapshots.manifestIn(Folder.of(plan.base()));
      Base base =
          itself.isPresent()
              ? new Base(Folder.of(plan.base()).path(), itself.get())
              : latest(plan, asOf);
      base.check(plan, asOf);
      return base;
    } catch (JobException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new JobException("--base=" + plan.base() + ": " + UserMessages.oneLine(e), e);
    }
  }

  private static Base latest(MergePlan plan, @Nullable PointInTime asOf) throws IOException {
    List<Snapshots.Snapshot> all = new ArrayList<>(Snapshots.under(plan.base()).of(plan.table()));
    while (!all.isEmpty()) {
      Snapshots.Snapshot last = all.remove(all.size() - 1);
      Base base = new Base(last.place(), last.manifest());
      if (base.endsBy(asOf)) {
        return base;
      }
    }
    throw new JobException(
        "--base=%s has no snapshot of %s%s"
            .formatted(
                plan.base(), plan.table(), asOf == null ? "" : " that ends by " + asOf.instant()));
  }

  /** Says what a person has to know of it; empty if there is nothing. */
  Optional<String> warning() {
    return manifest.scan().clock() == Manifest.Clock.WORKER
        ? Optional.of(
            "the base was timed by the clocks of the machines that read it: if one of them differed"
                + " from DynamoDB's by more than a minute, changes may be missing")
        : Optional.empty();
  }

  private boolean endsBy(@Nullable PointInTime asOf) {
    return asOf == null || !manifest.scan().changesUntil().isAfter(asOf.instant());
  }

  private void check(MergePlan plan, @Nullable PointInTime asOf) {
    if (!manifest.table().equals(plan.table())) {
      throw new JobException(place + " is a snapshot of " + manifest.table());
    }
    whole();
    if (!endsBy(asOf)) {
      throw new JobException(
          "%s may have changes until %s, after the point in time %s"
              .formatted(place, manifest.scan().changesUntil(), asOf.instant()));
    }
  }

  /**
   * Returns the snapshot to be read.
   *
   * @throws JobException when it is not the whole table, or has lost types
   */
  WholeSnapshot whole() {
    return new WholeSnapshot(place, manifest);
  }
}
