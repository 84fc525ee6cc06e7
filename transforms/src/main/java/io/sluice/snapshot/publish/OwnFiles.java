/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.publish;

import io.sluice.sink.WriteFiles;
import io.sluice.snapshot.Folder;
import io.sluice.snapshot.Run;
import io.sluice.snapshot.SnapshotState;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Recognises the names of files that an export writes; files with other names are never deleted
 * from our folders.
 */
final class OwnFiles {
  private static final String PART = WriteFiles.PART + "[^/]+";
  private static final Pattern SNAPSHOT =
      Pattern.compile(
          String.join(
              "|",
              SnapshotState.STARTED,
              SnapshotState.MANIFEST,
              SnapshotState.SUCCESS,
              SnapshotState.HELD_MARK,
              PART,
              "AWSDynamoDB/[0-9]{14}-[0-9a-f]{8}/(_started|manifest-(files|summary)\\.(json|md5)|data/"
                  + PART
                  + ")"));

  /** A file that is written and deleted to test whether that is possible. */
  static final String PROBE = "_probe";

  private static final Pattern STAGED =
      Pattern.compile(PART + "|" + PROBE + "|scan/[0-9]{6}/([0-9]{12}\\.pages|\\.[0-9]+\\.new)");

  /** What is left of a file that was to be created only if there was none, or a test of that. */
  private static final Pattern BEFORE_RUN =
      Pattern.compile("\\.[0-9]+\\.new|\\.probe-[-0-9a-f]{36}");

  private OwnFiles() {}

  /** Whether an export may have written a file of this name into the folder of a snapshot. */
  static boolean isOfSnapshot(String name) {
    return SNAPSHOT.matcher(name).matches();
  }

  /** Whether a run may have written a file of this name into the folder of staged files. */
  static boolean isStaged(String name) {
    int slash = name.indexOf('/');
    if (slash < 0) {
      return BEFORE_RUN.matcher(name).matches();
    }
    return isRun(name.substring(0, slash)) && STAGED.matcher(name.substring(slash + 1)).matches();
  }

  private static boolean isRun(String id) {
    try {
      return Run.parse(id).id().equals(id);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Returns the first file that no export wrote; a link counts as ours, since only the link is
   * removed.
   */
  static Optional<String> foreign(Folder folder, Collection<String> names, Predicate<String> own) {
    return names.stream().filter(name -> !own.test(name) && !folder.isLink(name)).findFirst();
  }
}
