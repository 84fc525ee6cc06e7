/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.read;

import io.sluice.format.ContentCheck;
import io.sluice.format.ManifestElsewhere;
import io.sluice.format.ReaderSettings;
import io.sluice.format.UnreadableFileException;
import io.sluice.format.nativeexport.ExportManifest;
import io.sluice.format.nativeexport.ExportSummary;
import io.sluice.format.nativeexport.ManifestChecks;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The files of incremental exports, by their manifests. Exports of a table follow each other in
 * time, or overlap.
 *
 * @param isIon whether they are Ion text; else lines of JSON
 * @param files as they are stored
 * @param checks what the manifests say about them, by the same names
 * @param notes messages for people, one line each
 */
record ExportFiles(
    boolean isIon,
    List<MatchResult.Metadata> files,
    Map<String, ContentCheck> checks,
    List<String> notes) {

  /** Returns the folder of the export that an input names; null when it names none. */
  static @Nullable String named(String pattern) throws IOException {
    return ExportManifest.folderOf(pattern);
  }

  /**
   * Finds the files of exports.
   *
   * @param folders as {@link #named} returns them
   * @throws UnreadableFileException when an export is no incremental one, they are of two tables,
   *     or there is a gap between them
   */
  static ExportFiles of(List<String> folders, ReaderSettings readers) throws IOException {
    ManifestChecks checks = readers.get(ManifestChecks.class, ManifestChecks.COMPARED);
    ManifestElsewhere elsewhere = readers.get(ManifestElsewhere.class, ManifestElsewhere.BESIDE);
    List<ExportManifest> exports = new ArrayList<>();
    for (String folder : folders.stream().distinct().toList()) {
      exports.add(ExportManifest.readIncremental(folder, checks, elsewhere));
    }
    List<String> notes = new ArrayList<>(checkThatTheyFollow(exports));
    TreeMap<String, MatchResult.Metadata> files = new TreeMap<>();
    Map<String, ContentCheck> listed = new HashMap<>();
    for (ExportManifest export : exports) {
      export.files().forEach(file -> files.put(file.resourceId().toString(), file));
      listed.putAll(export.checks());
      if (checks == ManifestChecks.SKIPPED) {
        notes.add("--skipChecks: the files of " + export.folder() + " are read unchecked");
      }
    }
    boolean isIon = exports.get(0).summary().dataFormat().equals("ION");
    return new ExportFiles(isIon, List.copyOf(files.values()), listed, notes);
  }

  /** Returns what a person has to know of those that overlap, a line for each. */
  private static List<String> checkThatTheyFollow(List<ExportManifest> exports)
      throws UnreadableFileException {
    List<String> notes = new ArrayList<>();
    List<ExportManifest> ordered = new ArrayList<>(exports);
    ordered.sort(Comparator.comparing(export -> window(export).from()));
    ExportManifest first = ordered.get(0);
    ExportManifest furthest = first;
    for (ExportManifest export : ordered) {
      ExportSummary summary = export.summary();
      if (!Objects.equals(summary.tableArn(), first.summary().tableArn())) {
        throw new UnreadableFileException(
            export.folder(), "is an export of another table than " + first.folder());
      }
      if (!summary.dataFormat().equals(first.summary().dataFormat())) {
        throw new UnreadableFileException(
            export.folder(),
            "is in %s and %s in %s: import them one after the other"
                .formatted(summary.dataFormat(), first.folder(), first.summary().dataFormat()));
      }
      Instant end = window(furthest).to();
      if (window(export).from().isAfter(end)) {
        throw new UnreadableFileException(
            export.folder(),
            "begins at %s, and the export before it, %s, ends at %s: changes between them are missing"
                .formatted(window(export).from(), furthest.folder(), end));
      }
      if (export != first && window(export).from().isBefore(end)) {
        notes.add(
            "%s begins at %s, before %s ends: an item that was put and deleted again within one of them has no record there, and is put as the other has it"
                .formatted(export.folder(), window(export).from(), furthest.folder()));
      }
      furthest = window(export).to().isAfter(end) ? export : furthest;
    }
    return notes;
  }

  private record Times(Instant from, Instant to) {}

  private static Times window(ExportManifest export) {
    ExportSummary.Window window = Objects.requireNonNull(export.summary().window());
    return new Times(Objects.requireNonNull(window.from()), Objects.requireNonNull(window.to()));
  }
}
