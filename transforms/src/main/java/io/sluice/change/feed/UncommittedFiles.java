/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.feed;

import io.sluice.storage.Glob;
import io.sluice.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;

/** Deletes files that were written for a commit and are not in it. */
public final class UncommittedFiles {
  private UncommittedFiles() {}

  /**
   * Deletes the files of attempts that failed, and of other runs that wanted to make this commit;
   * or, if another run made it, those of this run. The files of the commit that was made stay, also
   * where this attempt has written others. Files that come later stay, and are in no commit.
   *
   * @param wanted the commit that this run wanted to make
   * @param made the commit that has its number
   */
  public static void delete(FeedFolder feed, FeedCommit wanted, FeedCommit made)
      throws IOException {
    String path = feed.path();
    Set<String> keep =
        made.files().stream()
            .map(file -> FileSystems.matchNewResource(path + file.name(), false).toString())
            .collect(Collectors.toSet());
    boolean isOurs = made.run().equals(wanted.run());
    String prefix =
        isOurs
            ? FeedFolder.filePrefix(wanted.number())
            : FeedFolder.filePrefix(wanted.number(), wanted.run());
    Set<String> folders = new TreeSet<>();
    for (DeltaFile file : wanted.files()) {
      folders.add(file.name().substring(0, file.name().indexOf('/') + 1));
    }
    List<ResourceId> others = new ArrayList<>();
    for (String folder : folders) {
      for (MatchResult.Metadata file : Storage.match(Glob.escape(path + folder + prefix) + "*")) {
        if (!keep.contains(file.resourceId().toString())) {
          others.add(file.resourceId());
        }
      }
    }
    FileSystems.delete(others, StandardMoveOptions.IGNORE_MISSING_FILES);
  }
}
