/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format;

import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * An input once the manifests that it names are read: a manifest lists files in its own place.
 *
 * @param patterns what is still to be listed: the input without its manifests, and what those say
 *     in patterns
 * @param files files that manifests list, found already
 * @param checks what manifests say of the contents of files, by the names of those
 * @param folders where the manifests are that the files come from, each with a slash at its end
 * @param notes for people, a line each
 */
public record ManifestedInput(
    List<String> patterns,
    List<MatchResult.Metadata> files,
    Map<String, ContentCheck> checks,
    List<String> folders,
    List<String> notes) {

  public ManifestedInput {
    patterns = List.copyOf(patterns);
    files = List.copyOf(files);
    checks = Map.copyOf(checks);
    folders = List.copyOf(folders);
    notes = List.copyOf(notes);
  }

  /** An input that is to be listed as it is, or as manifests of patterns put it. */
  public static ManifestedInput ofPatterns(List<String> patterns, List<String> notes) {
    return new ManifestedInput(patterns, List.of(), Map.of(), List.of(), notes);
  }
}
