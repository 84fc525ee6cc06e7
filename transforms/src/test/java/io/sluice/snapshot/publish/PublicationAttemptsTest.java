/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.publish;

import static io.sluice.snapshot.publish.Publications.assertClean;
import static io.sluice.snapshot.publish.Publications.day;
import static io.sluice.snapshot.publish.Publications.killBehind;
import static io.sluice.snapshot.publish.Publications.oneFile;
import static io.sluice.snapshot.publish.Publications.publish;
import static io.sluice.snapshot.publish.Publications.published;
import static io.sluice.snapshot.publish.Publications.target;
import static io.sluice.snapshot.publish.Publications.text;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import io.sluice.sink.WrittenFiles;
import io.sluice.snapshot.Folder;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.Place;
import io.sluice.snapshot.PublishException;
import io.sluice.snapshot.PublishedSnapshot;
import io.sluice.snapshot.Scans;
import io.sluice.snapshot.SnapshotTarget;
import io.sluice.snapshot.Snapshots;
import io.sluice.snapshot.publish.PublishSpec.Existing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The publishing step when it is killed, repeated, or performed by attempts A and B at once. */
class PublicationAttemptsTest {
  @TempDir Path folder;

  private int actions;

  @BeforeAll
  static void reachFileSystems() {
    Place.options();
  }

  /** How many actions a publication has, each of which may be the last that is done. */
  private int actions(Place place) throws IOException {
    if (actions == 0) {
      PublishSpec spec = Scans.spec(target(place.newOutput(folder), 0));
      actions = new Publication(spec, Scans.twoFiles(spec.target()), Scans.SCHEMA).actions().size();
    }
    return actions;
  }

  /**
   * Killed after each action: the latest snapshot is the previous one, and the next run cleans up.
   */
  @ParameterizedTest
  @EnumSource
  void killedAnywhere(Place place) throws IOException {
    int kills = 0;
    for (int done = 0; done <= 20; done++) {
      String output = place.newOutput(folder) + done;
      publish(Scans.spec(target(output, 0)));
      SnapshotTarget killed = target(output, 1);
      Optional<String> last = killBehind(done, Scans.spec(killed));
      if (last.isEmpty()) {
        break;
      }
      kills++;
      boolean success = last.get().equals("success");
      assertThat(last.get(), published(output).size(), is(success ? 2 : 1));
      assertThat(
          Snapshots.under(output).latest().get(0).time().instant(), is(day(success ? 1 : 0)));

      SnapshotTarget next = target(output, 2);
      publish(Scans.spec(next));
      assertClean(output, next);
      assertThat(published(output).size(), is(success ? 3 : 2));
    }
    assertThat(kills, is(actions(place)));
  }

  /** Attempt B of the same run publishes, whatever is left of attempt A. */
  @ParameterizedTest
  @EnumSource
  void triedAgainAfterAKill(Place place) throws IOException {
    for (int done = 0; done < actions(place); done++) {
      String output = place.newOutput(folder) + done;
      SnapshotTarget target = target(output, 0);
      killBehind(done, Scans.spec(target));
      publish(Scans.spec(target));
      assertClean(output, target);
    }
  }

  /** Attempt A, taken for dead, goes on when B has published and cleaned up. */
  @ParameterizedTest
  @EnumSource
  void twoAttemptsAtOnce(Place place) throws IOException {
    for (int done = 0; done < actions(place); done++) {
      for (Existing existing : Existing.values()) {
        for (boolean same : List.of(true, false)) {
          String output = place.newOutput(folder) + done + existing + same;
          PublishSpec spec = anotherThere(output, existing);
          WrittenFiles written = Scans.twoFiles(spec.target());
          Publication slow = new Publication(spec, written, Scans.SCHEMA);
          List<PublishAction> actions = slow.actions();
          for (PublishAction action : actions.subList(0, done)) {
            action.body().run();
          }
          PublishedSnapshot published = publish(spec, same ? written : oneFile(spec.target()));
          assertThat(
              slow.run(actions.subList(done, actions.size())), equalTo(published.manifest()));
          assertClean(output, spec.target());
        }
      }
    }
  }

  /** Publishes a snapshot of another run first, if one is to be replaced. */
  private static PublishSpec anotherThere(String output, Existing existing) throws IOException {
    if (existing == Existing.REPLACE) {
      publish(Scans.spec(target(output, 0)));
    }
    return Scans.spec(target(output, 0)).with(existing);
  }

  /** B publishes between A's look and its next action. */
  @ParameterizedTest
  @EnumSource
  void anotherAttemptBetweenLookAndAction(Place place) throws IOException {
    for (int at = 0; at < actions(place); at++) {
      for (Existing existing : Existing.values()) {
        String output = place.newOutput(folder) + at + existing;
        PublishSpec spec = anotherThere(output, existing);
        WrittenFiles written = Scans.twoFiles(spec.target());
        Publication other = new Publication(spec, oneFile(spec.target()), Scans.SCHEMA);
        Publication slow = new Publication(spec, written, Scans.SCHEMA);
        List<PublishAction> actions = new ArrayList<>(slow.actions());
        List<Manifest> published = new ArrayList<>();
        PublishAction action = actions.get(at);
        if (Set.of("retract", "manifest").contains(action.name())) {
          // One of the cases that cannot be excluded.
          continue;
        }
        actions.set(
            at,
            new PublishAction(
                action.name(),
                () -> {
                  published.add(other.run(other.actions()));
                  action.body().run();
                }));
        published.add(slow.run(actions));
        published.add(publish(spec, written).manifest());
        assertThat(action.name(), new HashSet<>(published).size(), is(1));
        assertThat(published.get(0).files().get(0).name(), is("part-c.json"));
        assertClean(output, spec.target());
      }
    }
  }

  /** A is then killed, so that it does not remove its files. */
  @ParameterizedTest
  @EnumSource
  void theEarlierAttemptEndsBehindTheManifestOfTheLater(Place place) throws IOException {
    String output = place.newOutput(folder);
    PublishSpec spec = Scans.spec(target(output, 0));
    List<PublishAction> early =
        new Publication(spec, Scans.twoFiles(spec.target()), Scans.SCHEMA).actions();
    for (PublishAction action : early.subList(0, 11)) {
      action.body().run();
    }
    Publication late = new Publication(spec, oneFile(spec.target()), Scans.SCHEMA);
    List<PublishAction> actions = new ArrayList<>(late.actions());
    actions.add(9, early.get(11));
    assertThat(late.run(actions).files().get(0).name(), is("part-c.json"));
    publish(spec, oneFile(spec.target()));
    assertClean(output, spec.target());
  }

  /** A and B take turns: what is published is complete, and the next attempt has nothing to do. */
  @ParameterizedTest
  @EnumSource
  void twoAttemptsByTurns(Place place) throws IOException {
    for (int ahead = 0; ahead < actions(place); ahead++) {
      String output = place.newOutput(folder) + ahead;
      PublishSpec spec = Scans.spec(target(output, 0));
      Publication early = new Publication(spec, Scans.twoFiles(spec.target()), Scans.SCHEMA);
      Publication late = new Publication(spec, oneFile(spec.target()), Scans.SCHEMA);
      Iterator<PublishAction> first = early.actions().iterator();
      Iterator<PublishAction> second = late.actions().iterator();
      for (int i = 0; i < 2 * actions(place) + ahead; i++) {
        step(spec, i < ahead || (i - ahead) % 2 == 0 ? first : second);
      }
      publish(spec, oneFile(spec.target()));
      early.run(List.of());
      late.run(List.of());
      assertClean(output, spec.target());
    }
  }

  private static void step(PublishSpec spec, Iterator<PublishAction> attempt) throws IOException {
    if (attempt.hasNext() && SnapshotPlace.publishedBy(spec.target()).isEmpty()) {
      try {
        attempt.next().body().run();
      } catch (PublishException e) {
        attempt.forEachRemaining(rest -> {});
      }
    }
  }

  /** B has other files, as when the scan was repeated; copies may be cut short. */
  @ParameterizedTest
  @EnumSource
  void triedAgainWithOtherFiles(Place place) throws IOException {
    String output = place.newOutput(folder);
    SnapshotTarget target = target(output, 0);
    killBehind(8, Scans.spec(target));
    Folder.of(target.snapshot()).write("part-a.json", new byte[1], "text/plain");
    publish(Scans.spec(target), oneFile(target));
    assertThat(text(Folder.of(target.snapshot()), "part-c.json"), is("all in one\n"));
    assertClean(output, target);
  }

  /** Athena and Glue would read both, as they do not look at _SUCCESS. */
  @ParameterizedTest
  @EnumSource
  void neverBesideTheDataThatItReplaces(Place place) throws IOException {
    String output = place.newOutput(folder);
    SnapshotTarget old = target(output, 0);
    publish(Scans.spec(old), Scans.twoOthers(old));
    PublishSpec spec = Scans.spec(target(output, 0)).with(Existing.REPLACE);
    Folder snapshot = Folder.of(old.snapshot());
    List<PublishAction> actions =
        new Publication(spec, Scans.twoFiles(spec.target()), Scans.SCHEMA).actions();
    for (PublishAction action : actions.subList(0, 5)) {
      action.body().run();
    }
    assertThat(snapshot.list().keySet(), is(Set.of("_manifest.json", "_started")));
    // The files of an attempt of this run stay until there are others.
    for (PublishAction action : actions.subList(5, 9)) {
      action.body().run();
    }
    List<PublishAction> again =
        new Publication(spec, oneFile(spec.target()), Scans.SCHEMA).actions();
    for (PublishAction action : again.subList(0, 5)) {
      action.body().run();
    }
    assertThat(snapshot.list("part-*").keySet(), contains("part-a.json", "part-b.json"));
    publish(spec, oneFile(spec.target()));
    assertClean(output, spec.target());
  }

  @ParameterizedTest
  @EnumSource
  void killedWhileItOverwrites(Place place) throws IOException {
    for (int done = 0; done < actions(place); done++) {
      String output = place.newOutput(folder) + done;
      publish(Scans.spec(target(output, 0)));
      publish(Scans.spec(target(output, 1)));
      PublishSpec second = Scans.spec(target(output, 1)).with(Existing.REPLACE);
      String last = killBehind(done, second).orElseThrow();
      // The folder is free between the end of the old snapshot and the beginning of the new one.
      boolean free =
          List.of("retract", "copy", "native files", "verify files", "manifest", "clear", "verify")
              .contains(last);
      assertThat(last, published(output), free ? contains(day(0)) : contains(day(0), day(1)));
      PublishSpec third = Scans.spec(target(output, 1)).with(Existing.REPLACE);
      publish(third);
      assertClean(output, third.target());
    }
  }
}
