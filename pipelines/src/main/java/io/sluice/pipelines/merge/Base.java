/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.merge;

import io.sluice.change.merge.PointInTime;
import io.sluice.format.ContentCheck;
import io.sluice.format.ReaderSettings;
import io.sluice.item.page.Buckets;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.snapshot.Folder;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.Snapshots;
import io.sluice.source.KeyFrom;
import io.sluice.source.ReadItems;
import io.sluice.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.io.fs.MatchResult;
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

  private boolean endsBy(@Nullable PointInTime asOf) {
    return asOf == null || !manifest.scan().end().isAfter(asOf.instant());
  }

  private void check(MergePlan plan, @Nullable PointInTime asOf) {
    if (!manifest.table().equals(plan.table())) {
      throw new JobException(place + " is a snapshot of " + manifest.table());
    }
    if (!manifest.format().output().isLossless()) {
      throw new JobException(
          "%s is in %s, which loses types: the base must be in a format that keeps them"
              .formatted(place, manifest.format()));
    }
    if (!endsBy(asOf)) {
      throw new JobException(
          "%s was scanned until %s, after the point in time %s"
              .formatted(place, manifest.scan().end(), asOf.instant()));
    }
    for (String part : List.of("index", "filter", "projection")) {
      if (manifest.options().containsKey(part)) {
        throw new JobException(
            "%s was exported with --%s, so it is not the whole table".formatted(place, part));
      }
    }
  }

  /**
   * Reads its items, with their keys, into these buckets.
   *
   * @throws JobException when a file is missing or has another length
   */
  ReadItems read(int buckets) {
    List<Manifest.File> listed = manifest.files();
    List<List<MatchResult.Metadata>> found = find(listed);
    List<MatchResult.Metadata> files = new ArrayList<>();
    Map<String, ContentCheck> checks = new HashMap<>();
    for (int i = 0; i < listed.size(); i++) {
      Manifest.File file = listed.get(i);
      if (found.get(i).isEmpty() || found.get(i).get(0).sizeBytes() != file.bytes()) {
        throw new JobException(
            place + file.name() + " is missing, or has another length than its manifest says");
      }
      files.add(found.get(i).get(0));
      checks.put(
          found.get(i).get(0).resourceId().toString(), new ContentCheck(file.items(), file.md5()));
    }
    return ReadItems.ofFiles(files, manifest.format().reader(ReaderSettings.NONE))
        .withChecks(checks)
        .withKey(manifest.keySchema(), KeyFrom.RECORD)
        .intoBuckets(Buckets.byKey(buckets));
  }

  private List<List<MatchResult.Metadata>> find(List<Manifest.File> listed) {
    try {
      return Storage.find(listed.stream().map(file -> place + file.name()).toList());
    } catch (IOException e) {
      throw new JobException(place + ": " + UserMessages.oneLine(e), e);
    }
  }
}
