/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.change.feed.DeltaFile;
import io.sluice.change.feed.FeedCommit;
import io.sluice.change.feed.FeedFolder;
import io.sluice.snapshot.Folder;
import io.sluice.snapshot.catalog.CatalogFiles;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Lists of the files of commits, for readers that know no commits: {@code
 * OUTPUT/committed_TABLE/change_hour=HOUR/NUMBER.txt} has the names of the files of changes of an
 * hour that a commit lists. They follow from the commits, and may be written any number of times.
 */
final class CommittedFiles {
  private static final Pattern LIST =
      Pattern.compile(FeedFolder.HOUR_COLUMN + "=[0-9T-]+/[0-9]{12}\\.txt");

  private final Folder changes;
  private final Folder lists;

  CommittedFiles(FeedFolder feed) {
    this.changes = Folder.of(feed.path());
    this.lists = Folder.of(feed.output() + "/" + CatalogFiles.COMMITTED + feed.table() + "/");
  }

  /** Returns the folder of the lists as the file system names it, ending in a slash. */
  String path() {
    return lists.path();
  }

  /** Returns the hours of which a commit has changes, such as {@code 2026-01-31T23}. */
  static Set<String> hours(FeedCommit commit) {
    return commit.files().stream().map(CommittedFiles::hourOf).collect(Collectors.toSet());
  }

  private static String hourOf(DeltaFile file) {
    return file.name().substring(FeedFolder.HOUR_COLUMN.length() + 1, file.name().indexOf('/'));
  }

  /** Writes the lists of a commit. */
  void write(FeedCommit commit) throws IOException {
    Map<String, StringBuilder> hours = new TreeMap<>();
    for (DeltaFile file : commit.files()) {
      hours
          .computeIfAbsent(hourOf(file), hour -> new StringBuilder())
          .append(changes.path())
          .append(file.name())
          .append('\n');
    }
    for (Map.Entry<String, StringBuilder> hour : hours.entrySet()) {
      lists.write(
          nameOf(hour.getKey(), commit), hour.getValue().toString().getBytes(UTF_8), "text/plain");
    }
  }

  private static String nameOf(String hour, FeedCommit commit) {
    return "%s=%s/%s.txt"
        .formatted(
            FeedFolder.HOUR_COLUMN, hour, String.format(Locale.ROOT, "%012d", commit.number()));
  }

  /** Returns the names of the lists that there are. */
  Set<String> found() throws IOException {
    return lists.list().keySet().stream()
        .filter(name -> LIST.matcher(name).matches())
        .collect(Collectors.toSet());
  }

  /** Removes those lists of some that are not of these commits. */
  void clear(Set<String> some, List<FeedCommit> commits) throws IOException {
    Set<String> others = new TreeSet<>(some);
    for (FeedCommit commit : commits) {
      hours(commit).forEach(hour -> others.remove(nameOf(hour, commit)));
    }
    lists.delete(others);
  }
}
