/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot;

import static io.sluice.snapshot.SnapshotState.MANIFEST;
import static io.sluice.snapshot.SnapshotState.STARTED;
import static io.sluice.snapshot.SnapshotState.SUCCESS;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.sink.OutputFormat;
import io.sluice.sink.WrittenFiles;
import io.sluice.snapshot.PublishSpec.Existing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The publishing of a snapshot, action by action. It may be killed behind or within any of them and
 * done again from the beginning, also by two at once: names and contents are the same each time.
 */
final class Publication {
  private static final String JSON = "application/json";
  private static final String TEXT = "text/plain";

  private final PublishSpec spec;
  private final WrittenFiles written;
  private final Folder staging;
  private final Folder snapshot;
  private final Plan plan;

  /** What was in the snapshot's folder at first. */
  private TreeMap<String, Long> found = new TreeMap<>();

  /** Something to be done. */
  record Action(String name, Body body) {
    interface Body {
      void run() throws IOException;
    }
  }

  /**
   * @throws PublishException when the scan is not whole, so that nothing is known of its time
   */
  Publication(PublishSpec spec, WrittenFiles written, String schemaJson) throws PublishException {
    this.spec = spec;
    this.written = written;
    this.staging = Folder.of(spec.target().staging());
    this.snapshot = Folder.of(spec.target().snapshot());
    Optional<String> problem = written.scan().problem(spec.totalSegments());
    if (problem.isPresent()) {
      throw new PublishException("Nothing is published: " + problem.get());
    }
    this.plan = Plan.of(spec, written, schemaJson, staging::nameOf);
  }

  Manifest manifest() {
    return plan.manifest();
  }

  /** The manifest of the snapshot, if this very run has published it. */
  static Optional<Manifest> publishedBy(SnapshotTarget target) throws IOException {
    try {
      return Snapshots.manifestIn(Folder.of(target.snapshot()))
          .filter(manifest -> manifest.run().equals(target.run().id()));
    } catch (PublishException e) {
      // A manifest that is damaged is not this run's; the snapshot may have to be replaced.
      return Optional.empty();
    }
  }

  /** All that it takes, in order; with the last of them the snapshot is published. */
  List<Action> actions() {
    List<Action> actions = new ArrayList<>();
    actions.add(new Action("check counts", this::checkCounts));
    actions.add(new Action("check staged files", this::checkStaged));
    actions.add(new Action("check place", this::checkPlace));
    actions.add(new Action("start", () -> write(STARTED, spec.target().run().id() + "\n", TEXT)));
    actions.add(new Action("retract", this::retract));
    actions.add(new Action("clear", this::clear));
    actions.add(new Action("copy", () -> snapshot.copyFrom(staging, plan.names())));
    nativeFiles()
        .forEach((name, text) -> actions.add(new Action(name, () -> write(name, text, JSON))));
    actions.add(new Action("manifest", () -> write(MANIFEST, plan.manifest().toJson(), JSON)));
    actions.add(new Action("verify", this::verify));
    actions.add(new Action("success", () -> write(SUCCESS, "", TEXT)));
    return actions;
  }

  private void write(String name, String text, String mimeType) throws IOException {
    snapshot.write(name, text.getBytes(UTF_8), mimeType);
  }

  private TreeMap<String, String> nativeFiles() {
    return spec.format() == OutputFormat.DYNAMODB_JSON
        ? NativeExport.files(spec.target(), snapshot, plan.manifest(), spec.tableArn())
        : new TreeMap<>();
  }

  private void checkCounts() throws PublishException {
    if (plan.manifest().items() != written.scan().items()) {
      throw new PublishException(
          "Nothing is published: the files have %d items, the scan had %d"
              .formatted(plan.manifest().items(), written.scan().items()));
    }
  }

  private void checkStaged() throws IOException {
    TreeMap<String, Long> there = staging.list();
    for (WrittenFiles.File file : written.files()) {
      Long bytes = there.get(staging.nameOf(file.place()));
      if (bytes == null || bytes != file.bytes()) {
        throw new PublishException(
            "Nothing is published: %s should have %d bytes, %s"
                .formatted(
                    file.place(),
                    file.bytes(),
                    bytes == null ? "and is not there" : "and has " + bytes));
      }
    }
  }

  private void checkPlace() throws IOException {
    found = snapshot.list();
    Optional<String> problem = problemOf(snapshot, SnapshotState.of(found.keySet()));
    if (problem.isPresent() && spec.existing() == Existing.REFUSE) {
      throw new PublishException("Nothing is published: " + problem.get());
    }
  }

  /** Why a snapshot cannot go where this is; empty when it can. */
  static Optional<String> problemOf(Folder snapshot, SnapshotState state) {
    return switch (state) {
      case FREE, LEFTOVER -> Optional.empty();
      case PUBLISHED -> Optional.of(snapshot + " is published already, and is not to be replaced");
      case FOREIGN ->
          Optional.of(snapshot + " has files that no export left, and they are not to be replaced");
    };
  }

  private void retract() throws IOException {
    if (!found.containsKey(SUCCESS)) {
      return;
    }
    if (publishedBy(spec.target()).isPresent()) {
      throw new PublishException(
          snapshot + " was published meanwhile, by another attempt of this run; it stays");
    }
    Cleaning.retract(snapshot);
  }

  /**
   * Deletes what is not to be replaced. Only what was there at first: what appears meanwhile is
   * from this very run, tried again by another worker.
   */
  private void clear() throws IOException {
    TreeSet<String> others = new TreeSet<>(found.keySet());
    others.removeAll(expected().keySet());
    others.remove(SUCCESS);
    snapshot.delete(others);
  }

  /** The files of the snapshot that its readers may come upon, and the lengths of them. */
  private TreeMap<String, Long> expected() {
    TreeMap<String, Long> files = new TreeMap<>();
    plan.manifest().files().forEach(file -> files.put(file.name(), file.bytes()));
    nativeFiles().forEach((name, text) -> files.put(name, length(text)));
    files.put(STARTED, length(spec.target().run().id() + "\n"));
    files.put(MANIFEST, length(plan.manifest().toJson()));
    return files;
  }

  private static long length(String text) {
    return text.getBytes(UTF_8).length;
  }

  /** Readers take every file of a folder: it must have these and no others. */
  private void verify() throws IOException {
    TreeMap<String, Long> there = snapshot.list();
    there.remove(SUCCESS);
    TreeMap<String, Long> expected = expected();
    if (there.equals(expected)) {
      return;
    }
    for (Map.Entry<String, Long> file : expected.entrySet()) {
      if (!file.getValue().equals(there.get(file.getKey()))) {
        throw new PublishException(
            "Nothing is published: %s%s did not come whole".formatted(snapshot, file.getKey()));
      }
    }
    there.keySet().removeAll(expected.keySet());
    throw new PublishException(
        "Nothing is published: %s has %s besides, which cannot be deleted or is of another job"
            .formatted(snapshot, there.firstKey()));
  }
}
