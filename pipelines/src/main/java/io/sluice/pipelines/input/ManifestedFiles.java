/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.input;

import io.sluice.format.ContentCheck;
import io.sluice.format.ManifestedInput;
import io.sluice.format.OutputDefinition;
import io.sluice.format.nativeexport.NativeExports;
import io.sluice.format.registry.FileFormat;
import io.sluice.pipelines.cli.JobException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * An input whose manifests, of whichever formats, have been read.
 *
 * @param patterns what is still to be listed
 * @param ofPatterns the format of the manifests from which patterns come; null when there are none
 * @param files the files that manifests list
 * @param ofFiles the format of those; null when there are none
 * @param checks what manifests say about the contents of files, by file name
 * @param folders the folders of the manifests that list the files
 * @param notes messages for people, one line each
 */
public record ManifestedFiles(
    List<String> patterns,
    @Nullable FileFormat ofPatterns,
    List<MatchResult.Metadata> files,
    @Nullable FileFormat ofFiles,
    Map<String, ContentCheck> checks,
    List<String> folders,
    List<String> notes) {
  /** An empty input. */
  public static final ManifestedFiles NONE = ofPatterns(List.of());

  private static ManifestedFiles ofPatterns(List<String> patterns) {
    return new ManifestedFiles(patterns, null, List.of(), null, Map.of(), List.of(), List.of());
  }

  /**
   * Reads the manifests that an input names.
   *
   * @throws IOException when one cannot be read, or lists a missing file
   */
  static ManifestedFiles of(InputSettings plan) throws IOException {
    ManifestedFiles all = ofPatterns(plan.input());
    FileFormat given = plan.format();
    if (given == null || isExported(given)) {
      Map<String, ManifestedInput> exports = NativeExports.in(plan.input(), plan.readers());
      for (Map.Entry<String, ManifestedInput> some : exports.entrySet()) {
        all = all.with(FileFormat.valueOf(some.getKey()), some.getValue());
      }
    }
    if (plan.isOfExports() && !all.patterns.isEmpty()) {
      throw new JobException(
          "--format=NATIVE_EXPORT: %s is no export: no folder with a manifest-summary.json"
              .formatted(all.patterns.get(0)));
    }
    List<FileFormat> formats = given == null ? List.of(FileFormat.values()) : List.of(given);
    for (FileFormat format : formats) {
      all = all.with(format, format.definition().manifested(all.patterns, plan.readers()));
    }
    return all;
  }

  /** Whether the data of exports may be in this format. */
  private static boolean isExported(FileFormat format) {
    return format.definition().output().flatMap(OutputDefinition::layout).isPresent();
  }

  private ManifestedFiles with(FileFormat format, ManifestedInput found) {
    boolean hasFolders = !found.folders().isEmpty();
    boolean hasPatterns = !hasFolders && !found.patterns().equals(patterns);
    if (hasFolders && ofFiles != null) {
      throw new JobException(
          "%s is an export in %s and %s is one in %s: import them one after the other"
              .formatted(folders.get(0), ofFiles, found.folders().get(0), format));
    }
    Map<String, ContentCheck> allChecks = new HashMap<>(checks);
    allChecks.putAll(found.checks());
    List<String> allNotes = new ArrayList<>(notes);
    allNotes.addAll(found.notes());
    return new ManifestedFiles(
        found.patterns(),
        hasPatterns ? format : ofPatterns,
        hasFolders ? found.files() : files,
        hasFolders ? format : ofFiles,
        allChecks,
        hasFolders ? found.folders() : folders,
        allNotes);
  }

  /**
   * Returns the format of the whole input; null when nothing determines it.
   *
   * @param ofOthers the format of what was listed by patterns; null when nothing determines it
   * @throws JobException when there are two formats
   */
  @Nullable FileFormat formatWith(@Nullable FileFormat ofOthers) {
    FileFormat others = ofPatterns == null ? ofOthers : ofPatterns;
    if (ofFiles == null) {
      return others;
    }
    // Files that are all empty go with any format.
    if (others != null && others != ofFiles) {
      throw new JobException(
          "%s is an export in %s and %s is %s: import them one after the other"
              .formatted(
                  folders.get(0),
                  ofFiles,
                  patterns.isEmpty() ? "--inputList" : String.join(",", patterns),
                  others));
    }
    return ofFiles;
  }

  /**
   * Checks that the exports in the input are in the format that was given.
   *
   * @throws JobException when they are not
   */
  void checkFormat(FileFormat given) {
    if (ofFiles != null && ofFiles != given) {
      throw new JobException(
          "%s is an export in %s: give --format=NATIVE_EXPORT, or none"
              .formatted(folders.get(0), ofFiles));
    }
  }

  /** Returns all files, each once and sorted by name. */
  List<MatchResult.Metadata> filesWith(List<MatchResult.Metadata> others) {
    TreeMap<String, MatchResult.Metadata> all = new TreeMap<>();
    others.forEach(file -> all.put(file.resourceId().toString(), file));
    files.forEach(file -> all.put(file.resourceId().toString(), file));
    return new ArrayList<>(all.values());
  }
}
