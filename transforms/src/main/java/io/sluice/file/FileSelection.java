/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.file;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Which files are read: those that match patterns when the job begins, or just these.
 *
 * @param patterns the patterns; empty when the files are named
 * @param files the files; null when patterns tell
 * @param checks what manifests say of files, by the name of each
 */
record FileSelection(
    List<String> patterns,
    @Nullable List<MatchResult.Metadata> files,
    Map<String, ContentCheck> checks)
    implements Serializable {

  static FileSelection matching(List<String> patterns) {
    return new FileSelection(List.copyOf(patterns), null, Map.of());
  }

  static FileSelection of(List<MatchResult.Metadata> files) {
    return new FileSelection(List.of(), List.copyOf(files), Map.of());
  }

  FileSelection withChecks(Map<String, ContentCheck> more) {
    return new FileSelection(patterns, files, Map.copyOf(more));
  }

  /** A file as a slice, with what a manifest says of it. */
  FileSlice whole(MatchResult.Metadata file) {
    ContentCheck check = checks.get(file.resourceId().toString());
    return new FileSlice(file.resourceId(), 0, Long.MAX_VALUE, file.sizeBytes(), check);
  }

  /** The files, each once, sorted by name. */
  List<MatchResult.Metadata> list(Format format) throws IOException {
    return files == null ? InputFiles.match(patterns, format) : files;
  }
}
