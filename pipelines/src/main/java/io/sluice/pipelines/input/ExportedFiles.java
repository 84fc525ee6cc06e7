/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.input;

import io.sluice.format.ContentCheck;
import io.sluice.pipelines.cli.JobException;
import io.sluice.source.ExportManifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * The files of the exports that an input names, which are read by their manifests.
 *
 * @param exports the exports
 * @param otherPatterns what the input names besides
 */
public record ExportedFiles(List<ExportManifest> exports, List<String> otherPatterns) {
  public static final ExportedFiles NONE = new ExportedFiles(List.of(), List.of());

  /**
   * Looks for exports among patterns, and for the files of each.
   *
   * @throws IOException when an export cannot be read as a whole
   */
  static ExportedFiles of(List<String> patterns) throws IOException {
    Map<String, ExportManifest> exports = new TreeMap<>();
    List<String> others = new ArrayList<>();
    for (String pattern : patterns) {
      String folder = ExportManifest.folderOf(pattern);
      if (folder == null) {
        others.add(pattern);
      } else if (!exports.containsKey(folder)) {
        exports.put(folder, ExportManifest.read(folder));
      }
    }
    return new ExportedFiles(List.copyOf(exports.values()), others);
  }

  /** The format of the input as a whole, of which all but the exports is of another kind. */
  SourceOptions.InputFormat kindWith(SourceOptions.InputFormat others) {
    if (exports.isEmpty()) {
      return others;
    }
    if (!otherPatterns.isEmpty() && others != SourceOptions.InputFormat.DYNAMODB_JSON) {
      throw new JobException(
          "%s is an export in DYNAMODB_JSON and %s is %s: import them one after the other"
              .formatted(exports.get(0).folder(), String.join(",", otherPatterns), others));
    }
    return SourceOptions.InputFormat.DYNAMODB_JSON;
  }

  /** All files, each once and sorted by name. */
  List<MatchResult.Metadata> filesWith(List<MatchResult.Metadata> others) {
    TreeMap<String, MatchResult.Metadata> files = new TreeMap<>();
    others.forEach(file -> files.put(file.resourceId().toString(), file));
    exports.forEach(
        export -> export.files().forEach(file -> files.put(file.resourceId().toString(), file)));
    return new ArrayList<>(files.values());
  }

  /** What the manifests say of files, by the names of those. */
  Map<String, ContentCheck> checks() {
    Map<String, ContentCheck> checks = new HashMap<>();
    exports.forEach(export -> checks.putAll(export.checks()));
    return checks;
  }
}
