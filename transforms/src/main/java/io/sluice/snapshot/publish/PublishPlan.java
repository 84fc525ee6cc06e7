/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.publish;

import io.sluice.format.registry.FileFormat;
import io.sluice.item.page.ReadTime;
import io.sluice.item.page.ScanCompleteness;
import io.sluice.sink.WriteFiles;
import io.sluice.sink.WrittenFiles;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The files of a snapshot and its manifest: always the same for the same written files, however
 * often and wherever it is made. Data files keep the unique names of the staged ones: a file that
 * is written again has another name.
 *
 * @param names of the data files, from staged to published
 */
public record PublishPlan(TreeMap<String, String> names, Manifest manifest) {

  /**
   * Makes the plan for written files.
   *
   * @param stagedName gives the name of a file within the staging folder
   * @throws IllegalArgumentException when a file is not named as {@link io.sluice.sink.WriteFiles}
   *     names it, or was written twice
   */
  static PublishPlan of(
      PublishSpec spec, WrittenFiles written, String schemaJson, UnaryOperator<String> stagedName) {
    List<WrittenFiles.File> staged = new ArrayList<>(written.files());
    staged.sort(Comparator.comparing(WrittenFiles.File::place));
    TreeMap<String, String> names = new TreeMap<>();
    List<Manifest.File> files = new ArrayList<>();
    for (WrittenFiles.File file : staged) {
      String from = stagedName.apply(file.place());
      if (!from.startsWith(WriteFiles.PART) || from.contains("/")) {
        throw new IllegalArgumentException(
            file.place() + " must have a name that begins with part-");
      }
      String to = folder(spec.format(), spec.target().run()) + from;
      if (names.put(from, to) != null) {
        throw new IllegalArgumentException(file.place() + " was written twice");
      }
      files.add(new Manifest.File(to, file.items(), file.bytes(), file.md5()));
    }
    ScanCompleteness scan = written.scan();
    Manifest manifest =
        new Manifest(
            spec.target().run().id(),
            spec.target().folder().table(),
            spec.keySchema(),
            spec.target().time(),
            spec.format(),
            scan.evaluated(),
            scan.units(),
            timeOf(scan.time()),
            spec.options(),
            files,
            schemaJson,
            spec.definition());
    return new PublishPlan(names, manifest);
  }

  private static Manifest.Scan timeOf(ReadTime time) {
    return new Manifest.Scan(
        Instant.ofEpochMilli(time.firstMillis()),
        Instant.ofEpochMilli(time.lastMillis()),
        time.isOfService() ? Manifest.Clock.DYNAMODB : Manifest.Clock.WORKER);
  }

  /** Returns the folder of data files within a snapshot's folder, ending in a slash or empty. */
  static String folder(FileFormat format, Run run) {
    return format.output().layout().map(layout -> layout.dataFolder(run.exportId())).orElse("");
  }
}
