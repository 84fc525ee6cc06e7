/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot;

import java.io.Serializable;
import java.time.Instant;

/**
 * The snapshot that a run will make.
 *
 * @param folder the folder of the table's snapshots
 * @param time the time in the snapshot's name
 * @param run the run that makes it
 */
public record SnapshotTarget(TableFolder folder, SnapshotTime time, Run run)
    implements Serializable {

  /** Creates a new run with this start, whose snapshot is named for the same time. */
  public static SnapshotTarget of(String output, String table, Instant start) {
    return new SnapshotTarget(
        new TableFolder(output, table), SnapshotTime.of(start), Run.startingAt(start));
  }

  /** Returns the same run with a snapshot named for another time. */
  public SnapshotTarget at(SnapshotTime other) {
    return new SnapshotTarget(folder, other, run);
  }

  /**
   * Returns the folder into which files are written before publishing copies them, ending in a
   * slash.
   */
  public String staging() {
    return folder.staging(run);
  }

  /** Returns the folder of the snapshot, ending in a slash. */
  public String snapshot() {
    return folder.snapshot(time);
  }
}
