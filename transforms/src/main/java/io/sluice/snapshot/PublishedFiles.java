/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * The data files in the folder of a snapshot, against what a manifest lists.
 *
 * @param target the snapshot
 * @param manifest of this run, whether it is published or not
 */
record PublishedFiles(SnapshotTarget target, Manifest manifest) {

  /** A file of the manifest that is not there with its length; empty when all are. */
  Optional<String> missing() throws IOException {
    Folder snapshot = Folder.of(target.snapshot());
    Map<String, Long> there = snapshot.list();
    for (Manifest.File file : manifest.files()) {
      Long bytes = file.bytes();
      // A listing may be empty where files are deleted meanwhile, so what it lacks is asked for.
      if (!bytes.equals(there.get(file.name()))
          && !bytes.equals(snapshot.list(file.name()).get(file.name()))) {
        return Optional.of(file.name());
      }
    }
    return Optional.empty();
  }
}
