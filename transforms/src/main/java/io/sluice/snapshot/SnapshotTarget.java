/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot;

import java.io.Serializable;
import java.time.Instant;

/**
 * The snapshot that a run makes.
 *
 * @param folder where the table's snapshots are
 * @param time what the snapshot is named for
 * @param run the run that makes it
 */
public record SnapshotTarget(TableFolder folder, SnapshotTime time, Run run)
    implements Serializable {

  /** A new run that begins then, and whose snapshot is named for that. */
  public static SnapshotTarget of(String output, String table, Instant start) {
    return new SnapshotTarget(
        new TableFolder(output, table), SnapshotTime.of(start), Run.startingAt(start));
  }

  /** The same run with a snapshot that is named for another time. */
  public SnapshotTarget at(SnapshotTime other) {
    return new SnapshotTarget(folder, other, run);
  }

  /** Where the files are to be written, with a slash at its end; publishing copies them. */
  public String staging() {
    return folder.staging(run);
  }

  /** Where the snapshot will be, with a slash at its end. */
  public String snapshot() {
    return folder.snapshot(time);
  }
}
