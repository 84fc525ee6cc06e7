/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.table;

import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.snapshot.PublishedSnapshot;
import io.sluice.snapshot.SnapshotTime;
import io.sluice.snapshot.TableFolder;
import io.sluice.snapshot.publish.HeldSnapshot;
import java.io.IOException;
import org.apache.beam.sdk.options.PipelineOptions;

/** Snapshots that are put in place by one run and published by another. */
public final class HeldSnapshots {
  private HeldSnapshots() {}

  /**
   * Whether a snapshot of this time is held, so that there is nothing to be done; prints so.
   *
   * @throws JobException when this cannot be found out
   */
  public static boolean isHeld(TableFolder folder, SnapshotTime time, Console console) {
    try {
      boolean isHeld = new HeldSnapshot(folder, time).manifest().isPresent();
      if (isHeld) {
        console.out().println(folder.snapshot(time) + " is held already: nothing is read");
      }
      return isHeld;
    } catch (IOException | RuntimeException e) {
      throw new JobException("--output=" + folder.output() + ": " + UserMessages.oneLine(e), e);
    }
  }

  /**
   * Publishes a snapshot that is held, and prints so; returns the exit code.
   *
   * @param keep how many snapshots of the table are kept; 0 for all
   * @throws JobException when there is none, or it cannot be published
   */
  public static int release(
      TableFolder folder,
      SnapshotTime time,
      int keep,
      CatalogPlan catalog,
      PipelineOptions options,
      Console console) {
    try {
      PublishedSnapshot published =
          new HeldSnapshot(folder, time).release(keep, catalog.glue().orElse(null), options);
      console.out().println(published.place() + " is published");
      published.notes().forEach(note -> console.out().println("  " + note));
      return ExitCode.OK;
    } catch (IOException | RuntimeException e) {
      throw new JobException("--publish=RELEASE: " + UserMessages.oneLine(e), e);
    }
  }
}
