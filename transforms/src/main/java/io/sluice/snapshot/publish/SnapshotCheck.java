/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.publish;

import io.sluice.snapshot.Folder;
import io.sluice.snapshot.PublishException;
import io.sluice.snapshot.SnapshotTarget;
import io.sluice.snapshot.publish.PublishSpec.Existing;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * Checks, before a job begins, that it will be able to publish, so that failures do not show only
 * after the scan.
 */
public final class SnapshotCheck {
  private final SnapshotTarget target;
  private final Existing existing;

  private SnapshotCheck(SnapshotTarget target, Existing existing) {
    this.target = target;
    this.existing = existing;
  }

  /** Checks for a snapshot that must not exist yet. */
  public static SnapshotCheck of(SnapshotTarget target) {
    return new SnapshotCheck(target, Existing.REFUSE);
  }

  /** Checks for a snapshot that may replace one of the same time. */
  public SnapshotCheck overwriting() {
    return new SnapshotCheck(target, Existing.REPLACE);
  }

  /**
   * Writes and deletes a file where the run will stage its own.
   *
   * @throws PublishException when a snapshot of that time exists, the one to be replaced has files
   *     that no export wrote, a folder is a symbolic link, or the output cannot be read and
   *     written; in the last case the cause says why
   */
  public void check() throws PublishException {
    try {
      Folder snapshot = Folder.of(target.snapshot());
      Set<String> there = snapshot.list().keySet();
      Optional<String> problem = SnapshotPlace.problemOf(snapshot, there, existing);
      // A run that was killed after it had published does what follows when it is started again.
      if (problem.isPresent() && SnapshotPlace.publishedBy(target).isEmpty()) {
        throw new PublishException(problem.get());
      }
      Folder allStaged = Folder.of(target.folder().staging());
      if (allStaged.isLink("")) {
        throw new PublishException(SnapshotPlace.linked(allStaged));
      }
      Folder staging = Folder.of(target.staging());
      staging.write(OwnFiles.PROBE, new byte[0], "text/plain");
      staging.delete(Set.of(OwnFiles.PROBE));
      if (staging.read(OwnFiles.PROBE).isPresent()) {
        throw new PublishException(staging + OwnFiles.PROBE + " cannot be deleted");
      }
    } catch (PublishException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new PublishException(
          target.folder().output() + " cannot be read and written: " + e.getMessage(), e);
    }
  }
}
