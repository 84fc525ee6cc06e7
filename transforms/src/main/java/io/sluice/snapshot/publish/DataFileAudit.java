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
 * Compares the data files in a snapshot's folder with a manifest.
 *
 * @param target the snapshot
 * @param manifest of this run, whether it is published or not
 */
record DataFileAudit(SnapshotTarget target, Manifest manifest) {

  /**
   * Returns a file of the manifest that is missing or has another length; empty when all are there.
   */
  Optional<String> missing() throws IOException {
    Folder snapshot = Folder.of(target.snapshot());
    Map<String, Long> there = snapshot.list();
    for (Manifest.File file : manifest.files()) {
      Long bytes = file.bytes();
      // A listing may be empty when files are deleted meanwhile, so missing files are looked up
      // singly.
      if (!bytes.equals(there.get(file.name()))
          && !bytes.equals(snapshot.list(file.name()).get(file.name()))) {
        return Optional.of(file.name());
      }
    }
    return Optional.empty();
  }

  /**
   * Removes the data files that the manifest does not list: those of attempts that were killed
   * after another attempt had published, since readers take every data file of the folder. Removes
   * nothing else, and nothing at all when the manifest is not the one in place.
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
