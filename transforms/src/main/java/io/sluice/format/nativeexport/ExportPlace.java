/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.nativeexport;

import io.sluice.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Finds the folder of the export that a name stands for. */
final class ExportPlace {
  static final String SUMMARY = "manifest-summary.json";
  static final String FILES = "manifest-files.json";

  /** The folder of all exports below a prefix. */
  private static final String EXPORTS = "AWSDynamoDB/";

  /** The time in milliseconds and a random number: {@code 01715685260608-c488b4e1}. */
  private static final Pattern ID = Pattern.compile("[0-9]{14}-[0-9a-f]{8}");

  private ExportPlace() {}

  /**
   * Finds the folder: named itself, by one of its two manifests, or by the bucket, the prefix and
   * the id of the export, as {@code s3://bucket/prefix/01715685260608-c488b4e1}.
   *
   * @return the folder, ending in a slash; null when the name is a glob, or stands for something
   *     else
   * @throws IOException when a file system cannot be asked
   */
  static @Nullable String find(String name) throws IOException {
    if (Storage.hasWildcard(name)) {
      return null;
    }
    int slash = name.lastIndexOf('/') + 1;
    String filename = name.substring(slash);
    if (filename.equals(SUMMARY) || filename.equals(FILES)) {
      return slash == 0 ? "./" : name.substring(0, slash);
    }
    String folder = filename.isEmpty() ? name : name + "/";
    if (isExport(folder)) {
      return folder;
    }
    int idStart = folder.lastIndexOf('/', folder.length() - 2) + 1;
    String id = folder.substring(idStart, folder.length() - 1);
    String byId = folder.substring(0, idStart) + EXPORTS + id + "/";
    return ID.matcher(id).matches() && isExport(byId) ? byId : null;
  }

  /**
   * Finds the folders of all finished exports below a prefix: those in {@code AWSDynamoDB/}, whose
   * parent or itself may be named.
   *
   * @return folders that end in a slash, in the order of their names; none when the name is a glob
   * @throws IOException when a file system cannot be asked
   */
  static List<String> under(String name) throws IOException {
    if (Storage.hasWildcard(name)) {
      return List.of();
    }
    String folder = name.endsWith("/") ? name : name + "/";
    String exports = folder.endsWith("/" + EXPORTS) ? folder : folder + EXPORTS;
    List<String> folders =
        Storage.match(exports + "*/").stream()
            .map(found -> found.resourceId().toString())
            .map(found -> found.endsWith("/") ? found : found + "/")
            .sorted()
            .toList();
    List<List<MatchResult.Metadata>> summaries =
        Storage.find(folders.stream().map(found -> found + SUMMARY).toList());
    List<String> finished = new ArrayList<>();
    for (int i = 0; i < folders.size(); i++) {
      if (!summaries.get(i).isEmpty()) {
        finished.add(folders.get(i));
      }
    }
    return finished;
  }

  private static boolean isExport(String folder) throws IOException {
    return Storage.find(List.of(folder + SUMMARY, folder + FILES)).stream()
        .anyMatch(found -> !found.isEmpty());
  }
}
