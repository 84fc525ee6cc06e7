/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.publish;

import static io.sluice.snapshot.SnapshotState.HELD_MARK;
import static io.sluice.snapshot.SnapshotState.SUCCESS;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.snapshot.Folder;
import io.sluice.snapshot.PublishException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Checks that a snapshot's folder has exactly the files that were published into it. */
final class FolderAudit {
  private final Folder snapshot;

  FolderAudit(Folder snapshot) {
    this.snapshot = snapshot;
  }

  /**
   * Checks all files, and the contents of the manifests byte by byte: the manifests of two attempts
   * have the same length, because the names of their files do.
   */
  void verifyAll(TreeMap<String, Long> expected, Map<String, String> texts) throws IOException {
    verify(expected, Set.of(), Set.of());
    for (Map.Entry<String, String> file : texts.entrySet()) {
      Optional<byte[]> there = snapshot.read(file.getKey());
      if (there.isEmpty() || !file.getValue().equals(new String(there.get(), UTF_8))) {
        throw new PublishException(
            "Nothing is published: %s%s is not what was written; it is of another attempt"
                .formatted(snapshot, file.getKey()));
      }
    }
  }

  /**
   * Checks the list of files: readers take every file of the folder, so it must have those of the
   * snapshot and no others.
   *
   * @param files the files that it must have, with their lengths
   * @param notYet those of them that are still to be written
   * @param besides other files that are still to be deleted
   */
  void verify(TreeMap<String, Long> files, Set<String> notYet, Set<String> besides)
      throws IOException {
    TreeMap<String, Long> expected = new TreeMap<>(files);
    expected.keySet().removeAll(notYet);
    TreeMap<String, Long> there = snapshot.list();
    for (Map.Entry<String, Long> file : expected.entrySet()) {
      if (!file.getValue().equals(there.remove(file.getKey()))) {
        throw new PublishException(
            "Nothing is published: %s%s is missing or has another length"
                .formatted(snapshot, file.getKey()));
      }
    }
    there.keySet().removeAll(notYet);
    there.keySet().removeAll(besides);
    there.remove(SUCCESS);
    there.remove(HELD_MARK);
    if (!there.isEmpty()) {
      throw new PublishException(
          "Nothing is published: %s has %s besides, which cannot be deleted, is of another job, or"
                  .formatted(snapshot, there.firstKey())
              + " of another attempt of this one");
    }
  }
}
