/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.history;

import io.sluice.change.feed.FeedCommit;
import io.sluice.change.history.KeyChange;
import io.sluice.change.history.KeyHistory;
import io.sluice.change.record.Change;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemCoder;
import io.sluice.item.ItemKey;
import io.sluice.item.SourcedItem;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.job.EmbeddedEngine;
import io.sluice.pipelines.table.TableSnapshots;
import io.sluice.pipelines.table.WholeSnapshot;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.Snapshots;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;

/** Collects the versions of an item. */
final class Versions {
  private final HistoryPlan plan;
  private final Console console;

  Versions(HistoryPlan plan, Console console) {
    this.plan = plan;
    this.console = console;
  }

  /**
   * A version in its place among all others.
   *
   * @param time of its place: that of a change is no earlier than those of the changes before it,
   *     whose clocks may be ahead
   */
  private record Placed(Instant time, Version version) {}

  /** Returns all of them, by time; changes keep the order of their feed. */
  List<Version> collect() throws IOException, InvalidItemException {
    List<Placed> all = new ArrayList<>();
    if (plan.feed() != null) {
      addChanges(all);
    }
    if (plan.snapshots() != null) {
      addSnapshots(all);
    }
    // Stable: a snapshot of the same time comes after a change.
    all.sort(Comparator.comparing(Placed::time));
    return all.stream().map(Placed::version).toList();
  }

  private void addChanges(List<Placed> all) throws IOException, InvalidItemException {
    ItemKey key = ItemKey.of(plan.key(), plan.schema());
    KeyHistory.Found changes =
        KeyHistory.of(plan.feed(), plan.schema(), key)
            .between(plan.since(), plan.until(), EmbeddedEngine.processors());
    for (FeedCommit gap : changes.gaps()) {
      console.tell(
          "changes before %s may be missing, says commit %d: %s"
              .formatted(gap.completeFrom(), gap.number(), gap.gap()));
    }
    Instant latest = Instant.MIN;
    for (KeyChange found : changes.changes()) {
      Change change = found.change();
      Instant time = Instant.ofEpochMilli(change.millis());
      latest = time.isAfter(latest) ? time : latest;
      boolean put = change.kind() == Change.Kind.PUT;
      all.add(
          new Placed(
              latest,
              new Version(
                  time,
                  "commit %d, sequence %s".formatted(found.commit(), change.sequence()),
                  put
                      ? Version.Event.PUT
                      : found.expired() ? Version.Event.EXPIRED : Version.Event.DELETE,
                  put ? ItemCoder.fromBytes(change.item()) : null)));
    }
  }

  private void addSnapshots(List<Placed> all) throws IOException, InvalidItemException {
    String option = "--snapshots=" + plan.snapshots();
    for (Snapshots.Snapshot each :
        TableSnapshots.in(option, plan.snapshots(), plan.table()).all()) {
      Manifest manifest = each.manifest();
      Instant time = manifest.scan().start();
      if (time.isBefore(plan.since()) || time.isAfter(plan.until())) {
        continue;
      }
      WholeSnapshot snapshot;
      try {
        snapshot = new WholeSnapshot(each.place(), manifest);
      } catch (JobException e) {
        console.tell(e.getMessage() + ": it is left out");
        continue;
      }
      checkKey(snapshot);
      SourcedItem item =
          snapshot
              .search()
              .find(ItemKey.of(plan.key(), manifest.keySchema()), EmbeddedEngine.processors())
              .orElse(null);
      all.add(
          new Placed(
              time,
              new Version(
                  time,
                  "snapshot " + each.time(),
                  Version.Event.SNAPSHOT,
                  item == null ? null : item.item())));
    }
  }

  private void checkKey(WholeSnapshot snapshot) {
    if (!new HashSet<>(snapshot.manifest().keySchema().attributes())
        .equals(new HashSet<>(plan.schema().attributes()))) {
      throw new JobException(
          "--key has the attributes %s, and the key of %s is %s"
              .formatted(plan.schema(), snapshot.place(), snapshot.manifest().keySchema()));
    }
  }
}
