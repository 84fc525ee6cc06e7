/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot;

import io.sluice.sink.OutputFormat;
import io.sluice.sink.ScanTally;
import io.sluice.sink.WrittenFiles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Which files a snapshot will have, and its manifest: the same from the same written files, however
 * often and wherever it is made.
 *
 * @param names of the data files, staged → published
 */
record Plan(TreeMap<String, String> names, Manifest manifest) {

  /**
   * @param stagedName gives the name of a place in the folder where it is staged
   */
  static Plan of(
      PublishSpec spec, WrittenFiles written, String schemaJson, UnaryOperator<String> stagedName) {
    List<WrittenFiles.File> staged = new ArrayList<>(written.files());
    staged.sort(Comparator.comparing(WrittenFiles.File::place));
    TreeMap<String, String> names = new TreeMap<>();
    List<Manifest.File> files = new ArrayList<>();
    for (WrittenFiles.File file : staged) {
      String from = stagedName.apply(file.place());
      String to =
          folder(spec) + String.format(Locale.ROOT, "part-%05d%s", files.size(), extension(from));
      if (names.put(from, to) != null) {
        throw new IllegalArgumentException(file.place() + " was written twice");
      }
      files.add(new Manifest.File(to, file.items(), file.bytes(), file.md5()));
    }
    ScanTally scan = written.scan();
    Manifest manifest =
        new Manifest(
            spec.target().run().id(),
            spec.target().folder().table(),
            spec.keySchema(),
            spec.target().time(),
            spec.format(),
            scan.evaluated(),
            scan.units(),
            new Manifest.Scan(
                Instant.ofEpochMilli(scan.firstMillis()), Instant.ofEpochMilli(scan.lastMillis())),
            spec.options(),
            files,
            schemaJson);
    return new Plan(names, manifest);
  }

  private static String folder(PublishSpec spec) {
    return spec.format() == OutputFormat.DYNAMODB_JSON
        ? NativeExport.folder(spec.target().run()) + NativeExport.DATA
        : "";
  }

  /** All behind the first dot, as in {@code .json.gz}; the writer of the file knows it. */
  private static String extension(String name) {
    String file = name.substring(name.lastIndexOf('/') + 1);
    int dot = file.indexOf('.');
    return dot < 0 ? "" : file.substring(dot);
  }
}
