/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.coordination;

import io.sluice.storage.Glob;
import io.sluice.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.ResourceId;

/**
 * The folder of one job in which its JVMs coordinate: it has a folder for each step, in which
 * {@link MemberState}s are.
 */
public final class JobFolder {
  private static final String PROBE = "probe";
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final long ABANDONED_MILLIS = Duration.ofDays(1).toMillis();

  private final String base;
  private final String id = UUID.randomUUID().toString();
  private final String name;

  private JobFolder(String base) {
    this.base = base;
    this.name = base + "/" + id;
  }

  /**
   * Returns a folder for a new job.
   *
   * @param base the folder of the folders of jobs, in S3 or on a disk that all JVMs have
   */
  public static JobFolder newIn(String base) {
    return new JobFolder(base.replaceAll("(?<=[^/])/+$", ""));
  }

  /** Returns the folder's name, without a slash at its end. */
  public String name() {
    return name;
  }

  /**
   * Tests whether files can be put, listed and deleted here, and deletes what is left of jobs that
   * were killed more than a day ago, by the clock of the store.
   *
   * @throws IOException when that is not possible
   */
  public void prepare() throws IOException {
    new FolderBoard(name).put(PROBE);
    List<MatchResult.Metadata> all = filesIn(base);
    long now =
        all.stream()
            .filter(file -> file.resourceId().toString().endsWith(id + "/" + PROBE))
            .mapToLong(MatchResult.Metadata::lastModifiedMillis)
            .findFirst()
            .orElseThrow(() -> new IOException("what is written there is not listed"));
    FileSystems.delete(
        all.stream()
            .filter(file -> now - file.lastModifiedMillis() > ABANDONED_MILLIS)
            .filter(file -> isOurs(file.resourceId()))
            .map(MatchResult.Metadata::resourceId)
            .toList());
    new FolderBoard(name).delete(List.of(PROBE));
  }

  /** Whether a job made this file: a user's folder, and whatever is below it, may have others. */
  private boolean isOurs(ResourceId file) {
    String root = FileSystems.matchNewResource(base, true).toString();
    String path = file.toString();
    if (!path.startsWith(root)) {
      return false;
    }
    String[] below = path.substring(root.length()).split("/", -1);
    if (!UUID_TEXT.matcher(below[0]).matches()) {
      return false;
    }
    return below.length == 2
        ? below[1].equals(PROBE)
        : below.length == 3 && MemberState.parse(below[2]).isPresent();
  }

  /**
   * Deletes everything in the folder.
   *
   * @throws IOException when that fails
   */
  public void delete() throws IOException {
    deleteAllIn(name);
  }

  /**
   * Deletes everything in the folder of a job that has this {@link #name}.
   *
   * @throws IOException when that fails
   */
  static void deleteAllIn(String folder) throws IOException {
    FileSystems.delete(filesIn(folder).stream().map(MatchResult.Metadata::resourceId).toList());
    if (Storage.isLocal(folder)) {
      deleteFolders(Path.of(FileSystems.matchNewResource(folder, true).toString()));
    }
  }

  private static void deleteFolders(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> below = Files.walk(folder)) {
      all = below.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path empty : all) {
      Files.deleteIfExists(empty);
    }
  }

  private static List<MatchResult.Metadata> filesIn(String folder) throws IOException {
    return Storage.match(Glob.escape(folder) + "/**");
  }

  /**
   * The work of all JVMs of a job on a step.
   *
   * @param items that were read or written
   * @param units that were taken
   * @param total items to read or write, -1 if not known
   * @param members JVMs that have work now
   */
  public record Done(long items, long units, long total, int members) {}

  /**
   * Returns what has been done in the step in which most was done, as of some seconds ago; empty
   * before there is work. For the eye of a person: JVMs that died are left out, and repeated work
   * counts twice.
   *
   * @throws IOException when the folder cannot be listed
   */
  public Optional<Done> done() throws IOException {
    Map<String, List<String>> steps = new TreeMap<>();
    for (MatchResult.Metadata file : filesIn(name)) {
      String folder = file.resourceId().getCurrentDirectory().toString();
      steps
          .computeIfAbsent(folder, step -> new ArrayList<>())
          .add(String.valueOf(file.resourceId().getFilename()));
    }
    return steps.values().stream()
        .map(JobFolder::sum)
        .flatMap(Optional::stream)
        .max(Comparator.comparingLong(Done::units));
  }

  private static Optional<Done> sum(List<String> names) {
    Map<String, MemberState> latest = new TreeMap<>();
    for (String name : names) {
      MemberState.parse(name)
          .ifPresent(
              state -> latest.merge(state.member(), state, (a, b) -> a.seq() >= b.seq() ? a : b));
    }
    return latest.values().stream()
        .map(s -> new Done(s.items(), s.units(), s.total(), s.left() ? 0 : 1))
        .reduce(
            (a, b) ->
                new Done(
                    a.items + b.items,
                    a.units + b.units,
                    Math.max(a.total, b.total),
                    a.members + b.members));
  }
}
