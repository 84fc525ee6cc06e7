/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.lookup;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.lookup.event.EventFile;
import io.sluice.lookup.event.EventTarget;
import io.sluice.report.SectionJson;
import io.sluice.snapshot.Folder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Publishes the files of a run: copies them from where they are staged into the folder, writes a
 * manifest that lists them with their events, lengths and checksums, and {@code _SUCCESS} last.
 * Without {@code _SUCCESS} a folder is not whole. May be killed and repeated at any point; two runs
 * must not have the same folder at the same time.
 */
public final class PublishEvents {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final EventTarget target;
  private final Folder folder;
  private final List<EventFile> files = new ArrayList<>();

  /** What the manifest says. */
  private record Manifest(String run, long events, List<EventFile> files) {}

  PublishEvents(EventTarget target, Iterable<TaskResult> results) {
    this.target = target;
    this.folder = target.folder();
    results.forEach(result -> files.addAll(result.files()));
    files.sort(Comparator.comparing(EventFile::name));
  }

  /**
   * Says why a folder cannot take the files of a run; empty when it can, also with what a run has
   * left there that was never published.
   *
   * @throws IOException when the folder cannot be listed
   */
  public static Optional<String> problem(EventTarget target) throws IOException {
    return problem(target.folder().list().keySet());
  }

  private static Optional<String> problem(Set<String> there) {
    if (there.contains(EventTarget.SUCCESS)) {
      return Optional.of("it has the result of an earlier lookup: give another folder");
    }
    return there.stream()
        .filter(name -> !isOurs(name, there))
        .findFirst()
        .map(
            name -> "it has files that no lookup wrote, such as " + name + ": give another folder");
  }

  /**
   * Whether a run has written a file, or readers ignore it. Files of events may have the same names
   * as ours: those are only ours where a run has begun to publish.
   */
  private static boolean isOurs(String name, Set<String> there) {
    return name.startsWith("_")
        || name.startsWith(".")
        || (isPart(name) && there.contains(EventTarget.PUBLISHING));
  }

  private static boolean isPart(String name) {
    return name.startsWith(EventTarget.PART) && name.indexOf('/') < 0;
  }

  /** Publishes the files. */
  void publish() throws IOException {
    if (isPublished()) {
      deleteStaged();
      return;
    }
    Set<String> there = folder.list().keySet();
    Optional<String> problem = problem(there);
    if (problem.isPresent()) {
      throw new IOException("Nothing is published in " + target.output() + ": " + problem.get());
    }
    Map<String, String> names = new TreeMap<>();
    Map<String, Long> expected = new TreeMap<>();
    for (EventFile file : files) {
      names.put(file.staged(), file.name());
      expected.put(file.name(), file.bytes());
    }
    folder.write(EventTarget.PUBLISHING, new byte[0], "text/plain");
    deleteParts(there, expected.keySet());
    folder.copyFrom(Folder.of(target.staging()), names);
    checkLengths(expected);
    long events = files.stream().mapToLong(EventFile::events).sum();
    String manifest = SectionJson.write(new Manifest(target.run(), events, files));
    folder.write(EventTarget.MANIFEST, manifest.getBytes(UTF_8), "application/json");
    folder.write(EventTarget.SUCCESS, new byte[0], "text/plain");
    deleteStaged();
  }

  /** Whether an earlier attempt has published: the manifest is of this run. */
  private boolean isPublished() throws IOException {
    Optional<byte[]> manifest =
        folder.read(EventTarget.SUCCESS).isPresent()
            ? folder.read(EventTarget.MANIFEST)
            : Optional.empty();
    return manifest.isPresent()
        && JSON.readTree(manifest.get()).path("run").asText().equals(target.run());
  }

  /** Deletes the files of attempts that were killed before they had published, but for these. */
  private void deleteParts(Set<String> there, Set<String> kept) throws IOException {
    TreeSet<String> others = new TreeSet<>(there);
    others.removeIf(name -> !isPart(name) || kept.contains(name));
    folder.delete(others);
  }

  private void checkLengths(Map<String, Long> expected) throws IOException {
    TreeMap<String, Long> there = folder.list();
    for (Map.Entry<String, Long> file : expected.entrySet()) {
      if (!file.getValue().equals(there.get(file.getKey()))) {
        throw new IOException(
            "Nothing is published in %s: %s is not as it was written"
                .formatted(target.output(), file.getKey()));
      }
    }
  }

  /** Deletes what was written, of which nothing is to be published. */
  void withdraw() throws IOException {
    Set<String> there = folder.list().keySet();
    if (there.contains(EventTarget.PUBLISHING)) {
      // Without the mark, which goes with the staged files, they would be nobody's.
      deleteParts(there, Set.of());
    }
    deleteStaged();
  }

  /** Deletes all staged files, also those of attempts and runs that have failed. */
  private void deleteStaged() throws IOException {
    TreeSet<String> staged = new TreeSet<>(folder.list().keySet());
    staged.removeIf(name -> !name.startsWith(EventTarget.STAGING));
    folder.delete(staged);
  }
}
