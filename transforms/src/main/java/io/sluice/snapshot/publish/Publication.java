/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.publish;

import static io.sluice.snapshot.SnapshotState.HELD_MARK;
import static io.sluice.snapshot.SnapshotState.MANIFEST;
import static io.sluice.snapshot.SnapshotState.STARTED;
import static io.sluice.snapshot.SnapshotState.SUCCESS;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.sink.WrittenFiles;
import io.sluice.snapshot.Folder;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.ManifestJson;
import io.sluice.snapshot.PublishException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Publishes a snapshot, action by action. An attempt may be killed during or after any action, and
 * the next one starts from the beginning. Decision 10 in the project's documentation has the table
 * of actions and cases.
 *
 * <p>Two attempts of a run, A and B, may work at the same time, with different files if a bundle
 * was retried. No data file of A has the name of one of B's. An attempt writes its manifest when
 * all files in it are in place, and only then deletes files of earlier attempts; those of another
 * run's snapshot, which it replaces, it deletes before copying. If A finds files or the manifest of
 * B that were not there when A began, A fails. Before each action A checks whether B has published.
 * If so, and the files of B's manifest are in place, A removes its own and is done; if they are
 * not, A keeps its own, and writes its manifest over B's once its own files are all in place.
 */
public final class Publication {
  private static final String JSON = "application/json";
  private static final String TEXT = "text/plain";

  private final PublishSpec spec;
  private final WrittenFiles written;
  private final Folder staging;
  private final Folder snapshot;
  private final PublishPlan plan;
  private final FolderAudit audit;

  /** The files that were in the snapshot's folder at first, as far as they are still there. */
  private TreeMap<String, Long> found = new TreeMap<>();

  /**
   * Prepares an attempt.
   *
   * @throws PublishException when pages of the scan are missing, so that its time is unknown
   */
  public Publication(PublishSpec spec, WrittenFiles written, String schemaJson)
      throws PublishException {
    this.spec = spec;
    this.written = written;
    this.staging = Folder.of(spec.target().staging());
    this.snapshot = Folder.of(spec.target().snapshot());
    this.audit = new FolderAudit(snapshot);
    Optional<String> problem = written.scan().problem(spec.totalSegments());
    if (problem.isPresent()) {
      throw new PublishException("Nothing is published: " + problem.get());
    }
    this.plan = PublishPlan.of(spec, written, schemaJson, staging::nameOf);
  }

  /**
   * Performs these actions, or stops when another attempt of this run has published.
   *
   * @return the manifest that is then published
   */
  public Manifest run(List<PublishAction> actions) throws IOException {
    try {
      for (PublishAction action : actions) {
        if (SnapshotPlace.publishedBy(spec.target()).isPresent()) {
          break;
        }
        action.body().run();
      }
    } catch (IOException | RuntimeException e) {
      // Another attempt that has published removes the staged files.
      if (!isPublished(e)) {
        throw e;
      }
    }
    Manifest published = wholeManifest();
    if (published.equals(plan.manifest())) {
      // An earlier attempt may have written _SUCCESS next to this manifest.
      clear();
    } else {
      withdrawFrom(published);
    }
    return published;
  }

  /**
   * Checks after a failure whether the run is published; if this cannot be found out, the failure
   * is reported.
   */
  private boolean isPublished(Exception failure) {
    try {
      return SnapshotPlace.publishedBy(spec.target()).isPresent();
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
      return false;
    }
  }

  /**
   * Returns the published manifest if its files are in place. If they are not, attempt B has
   * written its manifest over that of attempt A, which had removed B's files; if this is attempt A,
   * it writes its own manifest again.
   */
  private Manifest wholeManifest() throws IOException {
    Manifest published =
        SnapshotPlace.publishedBy(spec.target())
            .orElseThrow(() -> new PublishException(snapshot + " was removed meanwhile"));
    Optional<String> missing = new DataFileAudit(spec.target(), published).missing();
    if (missing.isEmpty()) {
      return published;
    }
    if (new DataFileAudit(spec.target(), plan.manifest()).missing().isPresent()) {
      throw new PublishException(
          "%s is not whole: its manifest lists %s, which is not there; replace it by another export"
              .formatted(snapshot, missing.get()));
    }
    writeNative(plan.manifest());
    write(MANIFEST, ManifestJson.write(plan.manifest()), JSON);
    return plan.manifest();
  }

  /**
   * Removes the files of this attempt that are next to those of another one, which are all in
   * place.
   */
  private void withdrawFrom(Manifest published) throws IOException {
    TreeSet<String> own = new TreeSet<>(plan.names().values());
    published.files().forEach(file -> own.remove(file.name()));
    snapshot.delete(own);
    writeNative(published);
  }

  /** Returns all actions in order; after the last one the snapshot is published. */
  public List<PublishAction> actions() {
    List<PublishAction> actions = new ArrayList<>();
    actions.add(new PublishAction("check counts", this::checkCounts));
    actions.add(new PublishAction("check staged files", this::checkStaged));
    actions.add(new PublishAction("check place", this::checkPlace));
    actions.add(new PublishAction("start", () -> write(STARTED, started(), TEXT)));
    actions.add(new PublishAction("retract", this::retract));
    actions.add(new PublishAction("copy", () -> snapshot.copyFrom(staging, plan.names())));
    actions.add(new PublishAction("native files", () -> writeNative(plan.manifest())));
    actions.add(
        new PublishAction(
            "verify files", () -> audit.verify(expected(), Set.of(MANIFEST), outdated())));
    actions.add(
        new PublishAction(
            "manifest", () -> write(MANIFEST, ManifestJson.write(plan.manifest()), JSON)));
    actions.add(new PublishAction("clear", this::clear));
    actions.add(new PublishAction("verify", () -> audit.verifyAll(expected(), texts())));
    actions.add(new PublishAction("success", () -> write(spec.ending().mark(), "", TEXT)));
    return actions;
  }

  private void write(String name, String text, String mimeType) throws IOException {
    snapshot.write(name, text.getBytes(UTF_8), mimeType);
  }

  private TreeMap<String, String> nativeFiles(Manifest manifest) {
    return spec.format()
        .output()
        .layout()
        .map(layout -> layout.files(ExportOutlines.of(spec, snapshot, manifest)))
        .orElseGet(TreeMap::new);
  }

  private void writeNative(Manifest manifest) throws IOException {
    for (Map.Entry<String, String> file : nativeFiles(manifest).entrySet()) {
      write(file.getKey(), file.getValue(), JSON);
    }
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
    Optional<String> problem = SnapshotPlace.problemOf(snapshot, found.keySet(), spec.existing());
    if (problem.isPresent()) {
      throw new PublishException("Nothing is published: " + problem.get());
    }
  }

  private void retract() throws IOException {
    Set<String> replaced = filesOfAnotherRun();
    for (String mark : List.of(SUCCESS, HELD_MARK)) {
      if (found.containsKey(mark)) {
        SnapshotJanitor.retract(snapshot, mark);
      }
    }
    // Before any copying, because some readers do not look at _SUCCESS.
    snapshot.delete(replaced);
  }

  /**
   * Returns the data files of the snapshot to be replaced, if its manifest shows that it is from
   * another run.
   */
  private Set<String> filesOfAnotherRun() throws IOException {
    TreeSet<String> files = new TreeSet<>();
    if (found.containsKey(MANIFEST)) {
      try {
        snapshot
            .read(MANIFEST)
            .map(bytes -> ManifestJson.read(new String(bytes, UTF_8)))
            .filter(manifest -> !manifest.run().equals(spec.target().run().id()))
            .ifPresent(manifest -> manifest.files().forEach(file -> files.add(file.name())));
      } catch (IllegalArgumentException e) {
        // It is damaged. Files that are not known from it are deleted when the new files are in
        // place.
        return Set.of();
      }
    }
    files.retainAll(found.keySet());
    files.removeAll(plan.names().values());
    return files;
  }

  private void clear() throws IOException {
    snapshot.delete(outdated());
    found.clear();
  }

  /**
   * Returns the files to be deleted. They are among those found at first: files that appear later
   * are from another attempt of this run.
   */
  private Set<String> outdated() {
    TreeSet<String> others = new TreeSet<>(found.keySet());
    others.removeAll(expected().keySet());
    others.removeAll(Set.of(SUCCESS, HELD_MARK));
    // Files that no export wrote stay, and are then refused.
    others.removeIf(name -> !OwnFiles.isOfSnapshot(name) && !snapshot.isLink(name));
    return others;
  }

  /** Returns the files of the snapshot that readers may see, with their lengths. */
  private TreeMap<String, Long> expected() {
    TreeMap<String, Long> files = new TreeMap<>();
    plan.manifest().files().forEach(file -> files.put(file.name(), file.bytes()));
    texts().forEach((name, text) -> files.put(name, (long) text.getBytes(UTF_8).length));
    return files;
  }

  /**
   * Returns the files besides the data, which other attempts of this run write under the same
   * names.
   */
  private TreeMap<String, String> texts() {
    TreeMap<String, String> texts = nativeFiles(plan.manifest());
    texts.put(STARTED, started());
    texts.put(MANIFEST, ManifestJson.write(plan.manifest()));
    return texts;
  }

  private String started() {
    return spec.target().run().id() + "\n";
  }
}
