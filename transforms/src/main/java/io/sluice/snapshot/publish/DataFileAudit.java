/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.publish;

import io.sluice.sink.WriteFiles;
import io.sluice.snapshot.Folder;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.PublishException;
import io.sluice.snapshot.SnapshotTarget;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The data files in the folder of a snapshot, against what a manifest lists.
 *
 * @param target the snapshot
 * @param manifest of this run, whether it is published or not
 */
record DataFileAudit(SnapshotTarget target, Manifest manifest) {

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

  /**
   * Removes what attempts of this run left that were killed behind the publishing by another:
   * readers take every data file of the folder, whatever the manifest lists. Nothing else goes, and
   * nothing at all when the manifest is not the one that is published.
   */
  void removeOthers() throws IOException {
    Folder snapshot = Folder.of(target.snapshot());
    Set<String> others = others(snapshot);
    if (!others.isEmpty()
        && SnapshotPlace.publishedBy(target).filter(manifest::equals).isPresent()) {
      snapshot.delete(others);
      others = others(snapshot);
      if (!others.isEmpty()) {
        throw new PublishException(others.iterator().next() + " is there still");
      }
    }
  }

  private Set<String> others(Folder snapshot) throws IOException {
    String data = PublishPlan.folder(manifest.format(), target.run()) + WriteFiles.PART;
    Set<String> names = snapshot.list().keySet();
    names.removeIf(name -> !name.startsWith(data) || name.indexOf('/', data.length()) >= 0);
    manifest.files().forEach(file -> names.remove(file.name()));
    return names;
  }
}
