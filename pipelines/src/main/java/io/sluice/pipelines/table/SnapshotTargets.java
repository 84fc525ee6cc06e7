/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.table;

import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.snapshot.PublishException;
import io.sluice.snapshot.SnapshotTarget;
import io.sluice.snapshot.publish.SnapshotCheck;

/** Checks where a snapshot is to be, before the job that makes it begins. */
public final class SnapshotTargets {
  private SnapshotTargets() {}

  /**
   * Checks that the snapshot can be published.
   *
   * @param output its option, for messages
   * @param overwrite whether it may take the place of one of the same time
   * @throws JobException when it cannot
   */
  public static void check(SnapshotTarget target, String output, boolean overwrite) {
    SnapshotCheck check = SnapshotCheck.of(target);
    try {
      (overwrite ? check.overwriting() : check).check();
    } catch (PublishException e) {
      String why = e.getCause() == null ? e.getMessage() : UserMessages.oneLine(e.getCause());
      throw new JobException("--output=" + output + ": " + why, e);
    }
  }
}
