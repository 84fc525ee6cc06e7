/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.read;

import io.sluice.change.feed.DeltaFile;
import io.sluice.change.feed.FeedCommit;
import io.sluice.change.feed.FeedCommits;
import io.sluice.change.feed.FeedFolder;
import io.sluice.format.ContentCheck;
import io.sluice.format.UnreadableFileException;
import io.sluice.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The files of a feed that captures have made, by its commits.
 *
 * @param feed the folder of the feed
 * @param files those of all commits, as they are stored
 * @param checks what the commits say about them, by the same names
 */
record FeedFiles(
    FeedFolder feed, List<MatchResult.Metadata> files, Map<String, ContentCheck> checks) {
  private static final Pattern FOLDER = Pattern.compile("(.+)/changes_([a-zA-Z0-9_.-]{1,255})/?");
  private static final Pattern WITHIN =
      Pattern.compile("(.+/changes_[^/]+/)" + FeedFolder.HOUR_COLUMN + "=[^/]*/[^/]*");

  /** Returns the feed that an input names; null when it names none. */
  static @Nullable FeedFolder named(String pattern) throws IOException {
    Matcher folder = FOLDER.matcher(pattern);
    if (Storage.hasWildcard(pattern) || !folder.matches()) {
      return null;
    }
    FeedFolder feed = new FeedFolder(folder.group(1), folder.group(2));
    return FeedCommits.of(feed).latest().isPresent() ? feed : null;
  }

  /** Refuses files of a feed that are given by their names. */
  static void refuseWithin(List<MatchResult.Metadata> files) throws UnreadableFileException {
    for (MatchResult.Metadata file : files) {
      Matcher within = WITHIN.matcher(file.resourceId().toString());
      if (within.matches()) {
        throw new UnreadableFileException(
            file.resourceId().toString(),
            "is a file of a feed, whose commits say which files count: give its folder, "
                + within.group(1));
      }
    }
  }

  /**
   * Finds the files of a feed.
   *
   * @throws UnreadableFileException when a commit or a file is missing, or the feed has a gap
   */
  static FeedFiles of(FeedFolder feed) throws IOException {
    FeedCommits commits = FeedCommits.of(feed);
    Optional<FeedCommit> latest = commits.latest();
    if (latest.isEmpty()) {
      throw new UnreadableFileException(feed.path(), "has no commit, so it is no feed of changes");
    }
    List<DeltaFile> deltas = new ArrayList<>();
    List<FeedCommit> all = all(feed, commits, latest.get());
    Collections.reverse(all);
    for (FeedCommit commit : all) {
      if (!commit.stream().equals(latest.get().stream())) {
        throw new UnreadableFileException(
            feed.path(),
            "has changes of two streams, whose order is not known: %s and %s"
                .formatted(commit.stream(), latest.get().stream()));
      }
      deltas.addAll(commit.files());
      if (commit.number() > 1 && commit.gap() != null) {
        throw new UnreadableFileException(
            feed.path(),
            "has a gap before %s: %s; take a snapshot of the table instead"
                .formatted(commit.completeFrom(), commit.gap()));
      }
    }
    return found(feed, deltas);
  }

  private static List<FeedCommit> all(FeedFolder feed, FeedCommits commits, FeedCommit latest)
      throws IOException {
    try {
      return commits.from(1, latest);
    } catch (FileNotFoundException e) {
      throw new UnreadableFileException(
          feed.path(), "is not whole: " + e.getMessage() + ", and there is a later one");
    }
  }

  private static FeedFiles found(FeedFolder feed, List<DeltaFile> deltas) throws IOException {
    List<String> names = deltas.stream().map(delta -> feed.path() + delta.name()).toList();
    List<List<MatchResult.Metadata>> matches = Storage.find(names);
    List<MatchResult.Metadata> files = new ArrayList<>();
    Map<String, ContentCheck> checks = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      if (matches.get(i).isEmpty()) {
        throw new UnreadableFileException(
            names.get(i), "is missing: a commit of the feed lists it");
      }
      MatchResult.Metadata file = matches.get(i).get(0);
      files.add(file);
      checks.put(
          file.resourceId().toString(),
          new ContentCheck(ContentCheck.Lister.FEED, deltas.get(i).records(), deltas.get(i).md5()));
    }
    return new FeedFiles(feed, files, checks);
  }
}
