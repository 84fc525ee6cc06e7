/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.merge;

import io.sluice.change.read.ExportRecords;
import io.sluice.format.ContentCheck;
import io.sluice.format.FileSlice;
import io.sluice.format.ManifestElsewhere;
import io.sluice.format.nativeexport.ExportManifest;
import io.sluice.format.nativeexport.ManifestChecks;
import io.sluice.item.KeyAttribute;
import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * The incremental exports that have the changes between two times.
 *
 * @param windows their times; none when the base is of the point in time itself
 * @param asOf the point in time: all changes before it are applied, and none later
 * @param isExact whether the first of them begins at the time of the base. If not, an item that was
 *     put after its beginning and deleted before its end has no record, although the base may have
 *     seen it
 */
public record WindowRange(
    List<ExportWindow> windows, List<WindowFile> files, Instant asOf, boolean isExact)
    implements Serializable {

  public WindowRange {
    windows = List.copyOf(windows);
    files = List.copyOf(files);
  }

  /**
   * Finds the exports, and their files by their manifests.
   *
   * @param found the times of all exports that there are
   * @param base the time from which on the base may lack changes
   * @param isMoment whether it is as of this very time, by the clock of the exports; else changes
   *     of a minute before are needed, too
   * @param asOf the end of one of them, or the time of the base for none
   * @throws IllegalArgumentException when they do not have all changes between the times
   * @throws IOException when a manifest cannot be read or used, or a file is missing; the message
   *     names it
   */
  public static WindowRange of(
      List<ExportWindow> found, Instant base, boolean isMoment, Instant asOf) throws IOException {
    Instant from = isMoment ? base : base.minus(FeedRange.MARGIN);
    List<ExportWindow> useful =
        found.stream()
            .filter(window -> window.to().isAfter(from) && !window.to().isAfter(asOf))
            .sorted(
                Comparator.comparing(ExportWindow::from)
                    .thenComparing(ExportWindow::to)
                    .thenComparing(ExportWindow::folder))
            .toList();
    List<ExportWindow> since =
        useful.stream().filter(window -> !window.from().isBefore(from)).toList();
    boolean isExact = isMoment && hole(since, from, asOf).isEmpty();
    Optional<String> hole = isExact ? Optional.empty() : hole(useful, from, asOf);
    if (hole.isPresent()) {
      throw new IllegalArgumentException(hole.get());
    }
    List<ExportWindow> windows = isExact ? since : useful;
    List<WindowFile> files = new ArrayList<>();
    for (ExportWindow window : windows) {
      files.addAll(files(window));
    }
    return new WindowRange(windows, files, asOf, isExact);
  }

  /** Says which time is in none of the windows, which are in the order of their beginnings. */
  private static Optional<String> hole(List<ExportWindow> windows, Instant from, Instant asOf) {
    Instant until = from;
    for (ExportWindow window : windows) {
      if (window.from().isAfter(until)) {
        return Optional.of(missing(until, window.from()) + ": the next one is " + window.folder());
      }
      until = window.to().isAfter(until) ? window.to() : until;
    }
    return until.isBefore(asOf) ? Optional.of(missing(until, asOf)) : Optional.empty();
  }

  private static String missing(Instant from, Instant to) {
    return "no incremental export has the changes from %s to %s".formatted(from, to);
  }

  private static List<WindowFile> files(ExportWindow window) throws IOException {
    ExportManifest export =
        ExportManifest.readIncremental(
            window.folder(), ManifestChecks.COMPARED, ManifestElsewhere.BESIDE);
    boolean isIon = export.summary().dataFormat().equals("ION");
    Map<String, ContentCheck> checks = export.checks();
    List<WindowFile> files = new ArrayList<>();
    for (MatchResult.Metadata file : export.files()) {
      FileSlice slice =
          FileSlice.whole(file.resourceId(), file.sizeBytes())
              .checkedBy(checks.get(file.resourceId().toString()));
      files.add(new WindowFile(slice, isIon, window));
    }
    return files;
  }

  /** Returns how many records the manifests say that the files have; -1 if one does not say it. */
  public long changes() {
    long changes = 0;
    for (WindowFile file : files) {
      ContentCheck check = file.slice().check();
      if (check == null) {
        return -1;
      }
      changes += check.items();
    }
    return changes;
  }

  /** Returns how many bytes the files have as they are stored. */
  public long bytes() {
    return files.stream().mapToLong(file -> file.slice().bytes()).sum();
  }

  /**
   * Returns the key attributes of the table in the order of a record, by which the partition key is
   * not known if there are two; empty if there is no record.
   *
   * @throws IOException when a file cannot be read, or is not as the manifest says
   */
  public List<KeyAttribute> keyAttributes() throws IOException {
    List<WindowFile> smallestFirst = new ArrayList<>(files);
    smallestFirst.sort(Comparator.comparing(file -> file.slice().bytes()));
    for (WindowFile file : smallestFirst) {
      ContentCheck check = file.slice().check();
      if (check == null || check.items() > 0) {
        return ExportRecords.firstKeyAttributes(file.slice(), file.isIon());
      }
    }
    return List.of();
  }

  WindowOrder order() {
    return WindowOrder.of(windows);
  }
}
