/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.publish;

import io.sluice.snapshot.Folder;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.PublishException;
import io.sluice.snapshot.SnapshotState;
import io.sluice.snapshot.SnapshotTime;
import io.sluice.snapshot.Snapshots;
import io.sluice.snapshot.TableFolder;
import io.sluice.snapshot.catalog.AthenaSql;
import io.sluice.snapshot.catalog.CatalogFiles;
import io.sluice.snapshot.catalog.CatalogTable;
import io.sluice.snapshot.catalog.GlueCatalog;
import io.sluice.snapshot.publish.PublishSpec.Ending;
import io.sluice.snapshot.publish.PublishSpec.Existing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.options.PipelineOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what follows publishing: removes data files that the manifest does not list, updates the
 * catalogs, removes staged files, and retires old snapshots. In this order, since a catalog's view
 * may point to a snapshot that is about to be removed; if a catalog cannot be updated, the job
 * fails and no old snapshot is removed.
 */
public final class PostPublish {
  private static final Logger LOG = LoggerFactory.getLogger(PostPublish.class);

  private final PublishSpec spec;
  private final Manifest manifest;
  private final PipelineOptions options;

  public PostPublish(PublishSpec spec, Manifest manifest, PipelineOptions options) {
    this.spec = spec;
    this.manifest = manifest;
    this.options = options;
  }

  /** Runs the steps and returns notes for people. */
  public List<String> run() throws IOException {
    SnapshotJanitor cleaning = new SnapshotJanitor(spec.target());
    cleaning.attempt(
        "files of other attempts in " + spec.target().snapshot(),
        () -> new DataFileAudit(spec.target(), manifest).removeOthers());
    TreeMap<SnapshotTime, SnapshotState> there = states();
    List<String> notes = new ArrayList<>();
    if (spec.ending() == Ending.HOLD) {
      cleaning.staging();
      // Nobody will publish an earlier one any more.
      cleaning.leftovers(there, EnumSet.of(SnapshotState.LEFTOVER, SnapshotState.HELD));
      notes.add("it is held: readers do not see it until it is released");
      return told(cleaning, notes);
    }
    CatalogTable table = tellCatalogs(there, notes);
    cleaning.staging();
    cleaning.leftovers(there, EnumSet.of(SnapshotState.LEFTOVER));
    List<SnapshotTime> retired = cleaning.retire(there, spec.keep());
    GlueCatalog glue = spec.glue();
    if (glue != null && !retired.isEmpty()) {
      cleaning.attempt(
          "partitions of old snapshots in Glue", () -> glue.retire(table, retired, options));
    }
    return told(cleaning, notes);
  }

  private static List<String> told(SnapshotJanitor cleaning, List<String> notes) {
    // The other notes are for readers of the summary or the report, and shown there once.
    cleaning.warnings().forEach(LOG::warn);
    notes.addAll(cleaning.warnings());
    return notes;
  }

  /**
   * Returns the states of the table's snapshots, including this one. A listing without it is not
   * trusted, because Beam lists nothing on S3 while files are deleted, and later snapshots may be
   * missing as well.
   */
  private TreeMap<SnapshotTime, SnapshotState> states() throws IOException {
    TreeMap<SnapshotTime, SnapshotState> there = Snapshots.states(spec.target().folder());
    if (there.get(manifest.time()) != spec.ending().state()) {
      throw new PublishException(
          "The snapshot %s is published, but a listing does not have it: catalogs are not updated"
              .formatted(spec.target().snapshot()));
    }
    return there;
  }

  private CatalogTable tellCatalogs(Map<SnapshotTime, SnapshotState> there, List<String> notes)
      throws IOException {
    TableFolder folder = spec.target().folder();
    CatalogFiles files = new CatalogFiles(folder);
    CatalogTable table =
        CatalogTable.of(
            files.takeName(),
            manifest,
            Folder.of(folder.path()),
            Folder.of(spec.target().snapshot()));
    notes.addAll(table.notes());
    GlueCatalog glue = spec.glue();
    if (isLatest(there)) {
      files.write(table);
      if (glue != null) {
        glue.register(table, options);
      }
    } else {
      notes.add("a later snapshot is published: the views of the latest stay with that");
      if (spec.existing() == Existing.REPLACE && table.isInS3()) {
        notes.add(
            "if Athena has a partition of that time, replace it: "
                + AthenaSql.partition(table).replaceAll("\\s+", " ").strip());
      }
      if (glue != null) {
        glue.registerOld(table, options);
      }
    }
    return table;
  }

  private boolean isLatest(Map<SnapshotTime, SnapshotState> there) {
    return there.entrySet().stream()
        .filter(e -> e.getValue() == SnapshotState.PUBLISHED)
        .noneMatch(e -> e.getKey().compareTo(manifest.time()) > 0);
  }
}
