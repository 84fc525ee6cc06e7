/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.lookup;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.lookup.event.EventFile;
import io.sluice.lookup.event.EventLedger;
import io.sluice.lookup.event.EventTarget;
import io.sluice.lookup.event.LedgerEntry;
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
 *
 * <p>With a claim ({@link EventTarget.Claim}), the entry of the ledger comes before: from then on
 * the files of the input are taken, and what the entry lists is published, if not by this run then
 * by the next. Any number of runs may do that at the same time, since all copy the same files.
 */
public final class PublishEvents {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final EventTarget target;
  private final Folder folder;
  private List<EventFile> files = new ArrayList<>();

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

  /** Publishes what an entry of a ledger lists, if a run has been killed before it did. */
  private PublishEvents(EventTarget target, LedgerEntry entry) {
    this(target, List.of());
    files = entry.files();
  }

  /**
   * Publishes what entries list whose runs were killed before they did, or are about to.
   *
   * @param output of all runs
   * @param ledger of which the entries are read
   * @throws IOException when one cannot be published
   */
  public static void finish(String output, EventLedger ledger) throws IOException {
    Folder all = Folder.of(output);
    for (long number : EventTarget.stagedNumbers(all.list(EventTarget.ALL_STAGED).keySet())) {
      if (number < ledger.next()) {
        LedgerEntry entry = ledger.entry(number);
        EventTarget target = EventTarget.of(output, entry);
        if (all.list(EventTarget.ALL_STAGED).keySet().stream().anyMatch(target::hasStaged)) {
          new PublishEvents(target, entry).publishEntry();
        }
      }
    }
  }

  /**
   * Publishes the files.
   *
   * @return whether it did; not if another run has taken files of the input, perhaps the same ones
   */
  boolean publish() throws IOException {
    EventTarget.Claim claim = target.claim();
    if (claim == null) {
      copy();
      return true;
    }
    Folder.of(target.staging()).write(EventTarget.COMPLETE, new byte[0], "text/plain");
    LedgerEntry entry = EventLedger.of(claim.output()).add(claim.entry().with(files));
    if (!entry.run().equals(target.run())) {
      withdraw();
      return false;
    }
    // Those of the attempt that has added the entry, which may be another one.
    files = entry.files();
    publishEntry();
    return true;
  }

  private void publishEntry() throws IOException {
    try {
      copy();
    } catch (IOException e) {
      // Whoever has published it at the same time has deleted the staged files.
      if (!isPublished()) {
        throw e;
      }
      deleteStaged();
    }
  }

  private void copy() throws IOException {
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
    if (target.claim() != null) {
      // The folder of the number is another run's by now, or is empty.
      Folder staging = Folder.of(target.staging());
      staging.delete(staging.list().keySet());
      return;
    }
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
    EventTarget.Claim claim = target.claim();
    if (claim != null) {
      Folder all = Folder.of(claim.output());
      TreeSet<String> inVain = new TreeSet<>(all.list(EventTarget.ALL_STAGED).keySet());
      inVain.removeIf(name -> !target.isStagedInVain(name, claim.entry().number()));
      all.delete(inVain);
    }
  }
}
