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
 * An input whose manifests have been read and replaced by the files that they list.
 *
 * @param patterns what is still to be listed: the input without its manifests, and patterns from
 *     those
 * @param files files from manifests, already found
 * @param checks what manifests say about the contents of files, by file name
 * @param folders the folders of the manifests from which files come, each ending in a slash
 * @param notes messages for people, one line each
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

  /** An input that is listed as given, or as manifests expand it to patterns. */
  public static ManifestedInput ofPatterns(List<String> patterns, List<String> notes) {
    return new ManifestedInput(patterns, List.of(), Map.of(), List.of(), notes);
  }
}
