/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.publish;

import static io.sluice.snapshot.SnapshotState.HELD_MARK;
import static io.sluice.snapshot.SnapshotState.STARTED;
import static io.sluice.snapshot.SnapshotState.SUCCESS;

import io.sluice.snapshot.Folder;
import io.sluice.snapshot.PublishException;
import io.sluice.snapshot.SnapshotState;
import io.sluice.snapshot.SnapshotTarget;
import io.sluice.snapshot.SnapshotTime;
import io.sluice.snapshot.UnfinishedRun;
import io.sluice.snapshot.UnfinishedRuns;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Removes what is no longer needed once a snapshot is published: staged files, remains of killed
 * runs, and the oldest snapshots.
 *
 * <p>What cannot be removed causes a warning and does not fail the job: the snapshot is there for
 * readers, nothing else looks published, and the next run tries again.
 */
final class SnapshotJanitor {
  /** How long an unfinished run that does not go on is spared. */
  private static final Duration SPARED = Duration.ofDays(7);

  private final SnapshotTarget target;
  private final List<String> warnings = new ArrayList<>();

  /** Finds out which files stay. */
  private interface Spared {
    Predicate<String> find() throws IOException;
  }

  SnapshotJanitor(SnapshotTarget target) {
    this.target = target;
  }

  /** Returns warnings, for people, about files that could not be removed. */
  List<String> warnings() {
    return warnings;
  }

  /**
   * Removes the staged files of this run and of all others of the table, except those of an
   * unfinished run that has shown within a week that it goes on.
   */
  void staging() {
    attempt(
        "staged files of " + target.folder().staging(),
        () ->
            remove(
                Folder.of(target.folder().staging()), OwnFiles::isStaged, this::isOfUnfinishedRun));
  }

  /**
   * Returns which files are of an unfinished run that stays, and the one that names it, which is
   * deleted by itself: here, if that run is the one that was published, or abandoned.
   */
  private Predicate<String> isOfUnfinishedRun() throws IOException {
    UnfinishedRuns unfinished = new UnfinishedRuns(target.folder());
    Optional<UnfinishedRun> run = unfinished.read();
    if (run.isPresent() && isSpared(run.get(), unfinished)) {
      String files = run.get().run().id() + "/";
      return name -> name.startsWith(files) || name.equals(UnfinishedRuns.FILE);
    }
    if (run.isPresent()) {
      // Before its pages, so that no start goes on with a part of them.
      unfinished.delete();
    }
    return name -> name.equals(UnfinishedRuns.FILE);
  }

  private boolean isSpared(UnfinishedRun run, UnfinishedRuns all) throws IOException {
    return !run.run().equals(target.run())
        && all.lastSign(run).isAfter(Instant.now().minus(SPARED));
  }

  /** Removes what is in these states and older than this snapshot: the remains of killed runs. */
  void leftovers(Map<SnapshotTime, SnapshotState> there, Set<SnapshotState> states) {
    there.forEach(
        (time, state) -> {
          if (states.contains(state) && time.compareTo(target.time()) < 0) {
            remove(time, state);
          }
        });
  }

  /**
   * Removes the oldest snapshots, so that no more than this many remain; but only ones that are
   * older than the one just published, which may be named for a time long ago.
   *
   * @param keep 1 or more, or 0 for all
   * @return the times of the removed snapshots
   */
  List<SnapshotTime> retire(Map<SnapshotTime, SnapshotState> there, int keep) {
    List<SnapshotTime> old = excess(there, target.time(), keep);
    old.forEach(time -> remove(time, SnapshotState.PUBLISHED));
    return old;
  }

  static List<SnapshotTime> excess(
      Map<SnapshotTime, SnapshotState> there, SnapshotTime justPublished, int keep) {
    List<SnapshotTime> others =
        there.entrySet().stream()
            .filter(e -> e.getValue() == SnapshotState.PUBLISHED)
            .map(Map.Entry::getKey)
            .filter(time -> !time.equals(justPublished))
            .sorted()
            .toList();
    if (keep == 0) {
      return List.of();
    }
    return others.subList(0, Math.max(0, others.size() - (keep - 1))).stream()
        .filter(time -> time.compareTo(justPublished) < 0)
        .toList();
  }

  /** Leaves a folder whose state has changed meanwhile: the remains may have been published. */
  private void remove(SnapshotTime time, SnapshotState state) {
    Folder folder = Folder.of(target.folder().snapshot(time));
    attempt(
        folder.path(),
        () -> {
          if (SnapshotState.of(folder.list().keySet()) == state) {
            remove(folder, OwnFiles::isOfSnapshot, () -> name -> false);
          }
        });
  }

  /**
   * Removes a folder so that, whenever it is killed, the remains do not look published. Links are
   * removed as links, and files that no export wrote stay.
   *
   * @param own whether a file's name is one that an export gives
   * @param spared asked after the listing, since a run that begins meanwhile has its record first
   */
  private static void remove(Folder folder, Predicate<String> own, Spared spared)
      throws IOException {
    if (folder.isLink("")) {
      folder.unlink("");
      return;
    }
    Set<String> names = folder.list().keySet();
    Predicate<String> stays = spared.find();
    names.removeIf(stays);
    Set<String> marks = new TreeSet<>(Set.of(SUCCESS, HELD_MARK));
    marks.retainAll(names);
    for (String mark : marks) {
      retract(folder, mark);
    }
    names.removeIf(name -> marks.contains(name) || (!own.test(name) && !folder.isLink(name)));
    boolean started = names.remove(STARTED);
    folder.delete(names);
    Set<String> left = folder.list().keySet();
    left.removeIf(stays);
    Optional<String> foreign = OwnFiles.foreign(folder, left, own);
    left.removeIf(name -> !own.test(name));
    if (started && left.equals(Set.of(STARTED))) {
      // Last, since it shows that the others are ours.
      folder.delete(Set.of(STARTED));
      left = folder.list().keySet();
      left.removeIf(name -> !own.test(name));
    }
    if (!left.isEmpty()) {
      throw new PublishException(left.iterator().next() + " cannot be deleted");
    }
    if (foreign.isPresent()) {
      throw new PublishException(foreign.get() + " is no file that an export writes, and stays");
    }
  }

  /** Makes a snapshot unpublished, or held no more. */
  static void retract(Folder snapshot, String mark) throws IOException {
    snapshot.delete(Set.of(mark));
    if (snapshot.read(mark).isPresent()) {
      throw new PublishException(snapshot + mark + " cannot be deleted");
    }
  }

  /** Performs an action, whose failure is a warning. */
  void attempt(String what, PublishAction.Body body) {
    try {
      body.run();
    } catch (IOException | RuntimeException e) {
      warnings.add(what + " could not be removed: " + e.getMessage());
    }
  }
}
