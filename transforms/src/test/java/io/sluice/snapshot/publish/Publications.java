/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.publish;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import io.sluice.sink.WrittenFiles;
import io.sluice.snapshot.Folder;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.Place;
import io.sluice.snapshot.PublishedSnapshot;
import io.sluice.snapshot.Scans;
import io.sluice.snapshot.SnapshotTarget;
import io.sluice.snapshot.SnapshotTime;
import io.sluice.snapshot.Snapshots;
import io.sluice.snapshot.TableFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.beam.sdk.options.PipelineOptions;

/** Publishes snapshots of small scans, and looks at what is published. */
final class Publications {
  private static final PipelineOptions OPTIONS = Place.options();

  private Publications() {}

  static SnapshotTarget target(String output, int day) {
    return SnapshotTarget.of(output, "my-table.v2", Scans.START.plus(Duration.ofDays(day)));
  }

  static PublishedSnapshot publish(PublishSpec spec) throws IOException {
    return publish(spec, Scans.twoFiles(spec.target()));
  }

  static PublishedSnapshot publish(PublishSpec spec, WrittenFiles written) throws IOException {
    return PublishSnapshot.publish(spec, written, Scans.SCHEMA, OPTIONS);
  }

  static List<Instant> published(String output) throws IOException {
    return Snapshots.under(output).of("my-table.v2").stream()
        .map(snapshot -> snapshot.time().instant())
        .toList();
  }

  static Instant day(int day) {
    return SnapshotTime.of(Scans.START.plus(Duration.ofDays(day))).instant();
  }

  static String text(Folder folder, String name) throws IOException {
    return new String(folder.read(name).orElseThrow(), StandardCharsets.UTF_8);
  }

  /** Asserts that there are only published, complete snapshots, the latest from this run. */
  static void assertClean(String output, SnapshotTarget latest) throws IOException {
    TableFolder table = latest.folder();
    TreeMap<String, Long> all = Folder.of(table.path()).list();
    for (Snapshots.Snapshot snapshot : Snapshots.under(output).of(table.table())) {
      String name = Folder.of(table.path()).folderName(Folder.of(snapshot.place()).path());
      for (Manifest.File file : snapshot.manifest().files()) {
        assertThat(all.remove(name + file.name()), is(file.bytes()));
      }
      for (String own : List.of("_started", "_manifest.json", "_SUCCESS")) {
        assertThat(name + own, all.remove(name + own) != null);
      }
    }
    assertThat(all.keySet(), is(empty()));
    Snapshots.Snapshot found = Snapshots.under(output).latest(table.table()).orElseThrow();
    assertThat(found.manifest().run(), is(latest.run().id()));
  }

  /** Runs this many actions and returns the name of the last one; empty when there are fewer. */
  static Optional<String> killBehind(int actions, PublishSpec spec) throws IOException {
    List<PublishAction> all =
        new Publication(spec, Scans.twoFiles(spec.target()), Scans.SCHEMA).actions();
    if (actions >= all.size()) {
      return Optional.empty();
    }
    for (PublishAction action : all.subList(0, actions + 1)) {
      action.body().run();
    }
    return Optional.of(all.get(actions).name());
  }

  /** Stages one file with the same items, as when the scan was repeated. */
  static WrittenFiles oneFile(SnapshotTarget target) throws IOException {
    return new WrittenFiles(
        List.of(Scans.stage(target, "c.json", "all in one\n", 3)), Scans.page(0, true, 3));
  }
}
