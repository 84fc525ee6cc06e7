/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.file;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Which files are read: those that match patterns when the job begins, or just these.
 *
 * @param patterns the patterns; empty when the files are named
 * @param files the files; null when patterns tell
 */
record FileSelection(List<String> patterns, @Nullable List<MatchResult.Metadata> files)
    implements Serializable {

  static FileSelection matching(List<String> patterns) {
    return new FileSelection(List.copyOf(patterns), null);
  }

  static FileSelection of(List<MatchResult.Metadata> files) {
    return new FileSelection(List.of(), List.copyOf(files));
  }

  /** The files, each once, sorted by name. */
  List<MatchResult.Metadata> list(Format format) throws IOException {
    return files == null ? InputFiles.match(patterns, format) : files;
  }
}
