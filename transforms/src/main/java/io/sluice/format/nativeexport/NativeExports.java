/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.nativeexport;

import io.sluice.format.ContentCheck;
import io.sluice.format.ManifestElsewhere;
import io.sluice.format.ManifestedInput;
import io.sluice.format.ReaderSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.beam.sdk.io.fs.MatchResult;

/** Reads the manifests of the exports that an input names. */
public final class NativeExports {
  private NativeExports() {}

  /**
   * Replaces exports by their files. {@link ManifestChecks} and {@link ManifestElsewhere} are the
   * settings that count.
   *
   * @param patterns the input
   * @return for each format of data the files in it, with the other patterns; empty when the input
   *     names no export
   * @throws IOException when a manifest cannot be read or used, or a file is missing; the message
   *     names it
   */
  public static Map<String, ManifestedInput> in(List<String> patterns, ReaderSettings settings)
      throws IOException {
    ManifestChecks checks = settings.get(ManifestChecks.class, ManifestChecks.COMPARED);
    ManifestElsewhere elsewhere = settings.get(ManifestElsewhere.class, ManifestElsewhere.BESIDE);
    TreeSet<String> folders = new TreeSet<>();
    List<String> others = new ArrayList<>();
    for (String pattern : patterns) {
      String folder = ExportManifest.folderOf(pattern);
      if (folder == null) {
        others.add(pattern);
      } else {
        folders.add(folder);
      }
    }
    Map<String, List<ExportManifest>> byFormat = new TreeMap<>();
    for (String folder : folders) {
      ExportManifest export = ExportManifest.read(folder, checks, elsewhere);
      byFormat.computeIfAbsent(export.summary().dataFormat(), f -> new ArrayList<>()).add(export);
    }
    Map<String, ManifestedInput> inputs = new TreeMap<>();
    byFormat.forEach((format, exports) -> inputs.put(format, input(others, exports, checks)));
    return inputs;
  }

  private static ManifestedInput input(
      List<String> others, List<ExportManifest> exports, ManifestChecks checks) {
    List<MatchResult.Metadata> files = new ArrayList<>();
    Map<String, ContentCheck> listed = new HashMap<>();
    List<String> notes = new ArrayList<>();
    for (ExportManifest export : exports) {
      files.addAll(export.files());
      listed.putAll(export.checks());
      if (checks == ManifestChecks.SKIPPED) {
        notes.add("--skipChecks: the files of " + export.folder() + " are read unchecked");
      }
    }
    return new ManifestedInput(
        others, files, listed, exports.stream().map(ExportManifest::folder).toList(), notes);
  }
}
