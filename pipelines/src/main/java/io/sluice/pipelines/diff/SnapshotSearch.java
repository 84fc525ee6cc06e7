/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.diff;

import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.pipelines.table.TableNames;
import io.sluice.pipelines.table.TableSnapshots;
import io.sluice.pipelines.table.WholeSnapshot;
import io.sluice.snapshot.Folder;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.Snapshots;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Finds the snapshot that a person named. */
final class SnapshotSearch {
  private final SidePlan side;
  private final @Nullable String table;

  /**
   * @param table the table's name or ARN; null when the folder says which
   */
  SnapshotSearch(SidePlan side, @Nullable String table) {
    this.side = side;
    this.table = table;
  }

  /**
   * Finds it.
   *
   * @throws JobException when there is none, or it is not a whole table with all types
   */
  WholeSnapshot find() {
    try {
      if (side.time() == null && !side.previous()) {
        Folder folder = Folder.of(side.folder());
        Optional<Manifest> itself = Snapshots.manifestIn(folder);
        if (itself.isPresent()) {
          return new WholeSnapshot(folder.path(), itself.get());
        }
      }
      Snapshots.Snapshot found = among(TableSnapshots.in(side.text(), side.folder(), table).all());
      return new WholeSnapshot(found.place(), found.manifest());
    } catch (JobException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new JobException(side.text() + ": " + UserMessages.oneLine(e), e);
    }
  }

  private Snapshots.Snapshot among(List<Snapshots.Snapshot> all) {
    int wanted = all.size() - (side.previous() ? 2 : 1);
    if (side.time() != null) {
      return all.stream()
          .filter(snapshot -> snapshot.time().equals(side.time()))
          .findFirst()
          .orElseThrow(() -> new JobException(side.text() + ": there is no such snapshot"));
    }
    if (wanted < 0) {
      throw new JobException(
          side.text()
              + (all.isEmpty()
                  ? " has no snapshot" + (table == null ? "" : " of " + TableNames.plain(table))
                  : " has one snapshot only, and none before it"));
    }
    return all.get(wanted);
  }
}
