/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.read;

import io.sluice.format.ContentCheck;
import io.sluice.format.FileCompression;
import io.sluice.format.FileSlice;
import io.sluice.format.UnreadableFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.fs.MatchResult;

/** Puts the files of an input into their order. */
final class FileOrder {
  private FileOrder() {}

  /** Orders files of which each is whole by itself. */
  static List<ChangeFile> whole(
      List<MatchResult.Metadata> files,
      Map<String, ContentCheck> checks,
      FileCompression compression) {
    List<ChangeFile> ordered = new ArrayList<>();
    for (MatchResult.Metadata file : files) {
      FileSlice slice =
          slice(file, compression).checkedBy(checks.get(file.resourceId().toString()));
      ordered.add(new ChangeFile(slice, ordered.size(), 0, true, ordered.size()));
    }
    return ordered;
  }

  /** Orders files of which those of a stream, or else those of a folder, continue each other. */
  static List<ChangeFile> continued(List<MatchResult.Metadata> files, FileCompression compression) {
    Map<String, List<MatchResult.Metadata>> streams = new LinkedHashMap<>();
    for (MatchResult.Metadata file : files) {
      String stream = FileSequence.of(file.resourceId().toString()).stream();
      streams.computeIfAbsent(stream, s -> new ArrayList<>()).add(file);
    }
    List<ChangeFile> ordered = new ArrayList<>();
    int group = 0;
    for (List<MatchResult.Metadata> stream : streams.values()) {
      stream.sort(
          Comparator.comparing(
                  (MatchResult.Metadata file) ->
                      FileSequence.of(file.resourceId().toString()).order())
              .thenComparing(file -> file.resourceId().toString()));
      for (int place = 0; place < stream.size(); place++) {
        ordered.add(
            new ChangeFile(
                slice(stream.get(place), compression),
                group,
                place,
                place == stream.size() - 1,
                ordered.size()));
      }
      group++;
    }
    return ordered;
  }

  /**
   * Orders files of AWS DMS: those of the full load first, then by their names without folders,
   * which are times.
   *
   * @throws UnreadableFileException when two have the same name, and so no order
   */
  static List<ChangeFile> ofDms(List<MatchResult.Metadata> files, FileCompression compression)
      throws UnreadableFileException {
    List<MatchResult.Metadata> sorted = new ArrayList<>(files);
    sorted.sort(
        Comparator.comparing((MatchResult.Metadata file) -> !DmsChanges.isLoaded(filename(file)))
            .thenComparing(FileOrder::filename)
            .thenComparing(file -> file.resourceId().toString()));
    for (int i = 1; i < sorted.size(); i++) {
      if (filename(sorted.get(i)).equals(filename(sorted.get(i - 1)))) {
        throw new UnreadableFileException(
            sorted.get(i).resourceId().toString(),
            "has the name of %s, and the names of the files are the order of their changes: give"
                    .formatted(sorted.get(i - 1).resourceId())
                + " one table at a time");
      }
    }
    return whole(sorted, Map.of(), compression);
  }

  private static String filename(MatchResult.Metadata file) {
    return String.valueOf(file.resourceId().getFilename());
  }

  private static FileSlice slice(MatchResult.Metadata file, FileCompression compression) {
    return FileSlice.whole(file.resourceId(), file.sizeBytes()).compressedBy(compression);
  }
}
