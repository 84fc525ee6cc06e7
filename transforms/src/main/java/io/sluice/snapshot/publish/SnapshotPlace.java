/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.publish;

import io.sluice.snapshot.Folder;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.PublishException;
import io.sluice.snapshot.SnapshotState;
import io.sluice.snapshot.SnapshotTarget;
import io.sluice.snapshot.Snapshots;
import io.sluice.snapshot.publish.PublishSpec.Existing;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** Checks whether a snapshot can be published in its folder, or already is. */
final class SnapshotPlace {
  private SnapshotPlace() {}

  /** Reads the manifest of the snapshot, if this very run has published it, or holds it. */
  static Optional<Manifest> publishedBy(SnapshotTarget target) throws IOException {
    Folder snapshot = Folder.of(target.snapshot());
    try {
      Optional<Manifest> published = Snapshots.manifestIn(snapshot);
      return (published.isPresent() ? published : Snapshots.heldIn(snapshot))
          .filter(manifest -> manifest.run().equals(target.run().id()));
    } catch (PublishException e) {
      // A damaged manifest is not from this run; the snapshot may have to be replaced.
      return Optional.empty();
    }
  }

  /**
   * Returns the reason why a snapshot cannot be published in this folder; empty when it can.
   *
   * @param names of all files in the folder
   */
  static Optional<String> problemOf(Folder snapshot, Set<String> names, Existing existing) {
    if (snapshot.isLink("")) {
      return Optional.of(linked(snapshot));
    }
    if (existing == Existing.REPLACE) {
      return OwnFiles.foreign(snapshot, names, OwnFiles::isOfSnapshot)
          .map(name -> snapshot + name + " is no file that an export writes, and is not replaced");
    }
    return switch (SnapshotState.of(names)) {
      case FREE, LEFTOVER -> Optional.empty();
      case PUBLISHED -> Optional.of(snapshot + " is published already, and is not to be replaced");
      case HELD ->
          Optional.of(
              snapshot + " is held for a later publication already, and is not to be replaced");
      case FOREIGN ->
          Optional.of(snapshot + " has files that no export left, and they are not to be replaced");
    };
  }

  static String linked(Folder folder) {
    return folder + " is a symbolic link, and an export neither writes nor deletes behind one";
  }
}
