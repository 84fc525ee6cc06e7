/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.publish;

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
 * The publishing of a snapshot, action by action. It may be killed behind or within any of them and
 * done again from the beginning.
 *
 * <p>Two attempts of a run may be at it at once, and with other files where those were written
 * again. No data file of one has the name of another's. The manifest is written when all that it
 * lists is there, and files of earlier attempts are deleted only then; those of another run's
 * snapshot, which is replaced, before the copying. An attempt that finds files or the manifest of a
 * later one fails. Before each action is looked whether another attempt has published. If the files
 * of its manifest are there, this one takes its own away and is done; if not, it keeps them, and
 * writes its manifest over that one when they are whole.
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

  /** What was in the snapshot's folder at first, and is there still. */
  private TreeMap<String, Long> found = new TreeMap<>();

  /**
   * @throws PublishException when the scan is not whole, so that nothing is known of its time
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
   * Does these actions, or leaves them when another attempt of this run has published.
   *
   * @return what is published then
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
      // Another attempt that has published removes what is staged.
      if (!isPublished(e)) {
        throw e;
      }
    }
    Manifest published = wholeManifest();
    if (published.equals(plan.manifest())) {
      // An earlier attempt may have written _SUCCESS beside this manifest.
      clear();
    } else {
      withdrawFrom(published);
    }
    return published;
  }

  /** Behind a failure, which is the one to tell of if that cannot be known either. */
  private boolean isPublished(Exception failure) {
    try {
      return SnapshotPlace.publishedBy(spec.target()).isPresent();
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
      return false;
    }
  }

  /**
   * What is published, when its files are there. If they are not, an attempt has written its
   * manifest over that of another which had removed its files; where that other is this one, it
   * puts its own in place again.
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

  /** Takes away what this attempt has put beside the files of another, which are all there. */
  private void withdrawFrom(Manifest published) throws IOException {
    TreeSet<String> own = new TreeSet<>(plan.names().values());
    published.files().forEach(file -> own.remove(file.name()));
    snapshot.delete(own);
    writeNative(published);
  }

  /** All that it takes, in order; with the last of them the snapshot is published. */
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
    actions.add(new PublishAction("success", () -> write(SUCCESS, "", TEXT)));
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
    if (found.containsKey(SUCCESS)) {
      SnapshotJanitor.retract(snapshot);
    }
    // Before others come: there are readers that do not look at _SUCCESS.
    snapshot.delete(replaced);
  }

  /** The data files of what is to be replaced, where its manifest tells them from this run's. */
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
        // It is damaged. All that it does not tell goes when the new files are there.
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
   * What is to be replaced. Only of what was there at first: what appears meanwhile is from this
   * very run, tried again by another worker.
   */
  private Set<String> outdated() {
    TreeSet<String> others = new TreeSet<>(found.keySet());
    others.removeAll(expected().keySet());
    others.remove(SUCCESS);
    // What no export wrote stays, and is then refused.
    others.removeIf(name -> !OwnFiles.isOfSnapshot(name) && !snapshot.isLink(name));
    return others;
  }

  /** The files of the snapshot that its readers may come upon, and the lengths of them. */
  private TreeMap<String, Long> expected() {
    TreeMap<String, Long> files = new TreeMap<>();
    plan.manifest().files().forEach(file -> files.put(file.name(), file.bytes()));
    texts().forEach((name, text) -> files.put(name, (long) text.getBytes(UTF_8).length));
    return files;
  }

  /** The files besides the data, which other attempts of this run write under the same names. */
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
