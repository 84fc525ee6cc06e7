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
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.sink.WrittenFiles;
import io.sluice.snapshot.Folder;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.ManifestJson;
import io.sluice.snapshot.Place;
import io.sluice.snapshot.PublishException;
import io.sluice.snapshot.PublishedSnapshot;
import io.sluice.snapshot.Scans;
import io.sluice.snapshot.SnapshotTarget;
import io.sluice.snapshot.Snapshots;
import io.sluice.snapshot.publish.PublishSpec.Existing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The publishing step, on a local folder and on S3. */
class PublicationTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void exactlyTheListedFiles(Place place) throws IOException {
    String output = place.newOutput(folder);
    SnapshotTarget target = target(output, 0);
    WrittenFiles written = Scans.twoFiles(target);
    Scans.stage(target, "orphan.json", "of a bundle that was tried again\n", 1);
    PublishedSnapshot published = publish(Scans.spec(target), written);

    assertThat(published.notes(), is(empty()));
    assertThat(published.place(), is(target.snapshot()));
    Folder snapshot = Folder.of(target.snapshot());
    assertThat(
        snapshot.list().keySet(),
        equalTo(Set.of("_SUCCESS", "_manifest.json", "_started", "part-a.json", "part-b.json")));
    assertThat(
        text(snapshot, "part-a.json"), is("two of " + target.run().id() + "\nand another\n"));
    assertThat(text(snapshot, "part-b.json"), is("one of " + target.run().id() + "\n"));
    assertThat(text(snapshot, "_manifest.json"), is(ManifestJson.write(published.manifest())));
    Manifest manifest = published.manifest();
    assertThat(manifest.run(), is(target.run().id()));
    assertThat(manifest.table(), is("my-table.v2"));
    assertThat(manifest.items(), is(3L));
    assertThat(manifest.evaluated(), is(3L));
    assertThat(manifest.readUnits(), is(1.5));
    assertThat(manifest.scan().start(), is(Instant.parse("2026-01-31T23:26:01Z")));
    assertThat(manifest.scan().end(), is(Instant.parse("2026-01-31T23:26:02Z")));
    assertThat(
        manifest.files().get(1).md5(), is(Scans.md5(snapshot.read("part-b.json").orElseThrow())));
    assertClean(output, target);
  }

  @ParameterizedTest
  @EnumSource
  void anEmptyTable(Place place) throws IOException {
    String output = place.newOutput(folder);
    SnapshotTarget target = target(output, 0);
    PublishedSnapshot published =
        publish(Scans.spec(target), new WrittenFiles(List.of(), Scans.page(0, true, 0)));
    assertThat(published.manifest().files().size(), is(1));
    assertThat(published.manifest().items(), is(0L));
    assertThat(
        Folder.of(target.snapshot()).list().keySet(),
        equalTo(
            Set.of(
                "_SUCCESS",
                "_manifest.json",
                "_started",
                published.manifest().files().get(0).name())));
    assertClean(output, target);
  }

  /** A runner may repeat the step after its end, with files that were written again. */
  @ParameterizedTest
  @EnumSource
  void doneAgain(Place place) throws IOException {
    String output = place.newOutput(folder);
    SnapshotTarget target = target(output, 0);
    PublishedSnapshot first = publish(Scans.spec(target));
    TreeMap<String, Long> files = Folder.of(target.snapshot()).list();
    assertThat(publish(Scans.spec(target), oneFile(target)), equalTo(first));
    assertThat(Folder.of(target.snapshot()).list(), equalTo(files));
    assertClean(output, target);
  }

  /** An attempt may be killed when it has copied its files next to those of another. */
  @ParameterizedTest
  @EnumSource
  void filesOfAnAttemptThatWasKilledAreRemoved(Place place) throws IOException {
    SnapshotTarget target = target(place.newOutput(folder), 0);
    publish(Scans.spec(target(target.folder().output(), -1)));
    PublishedSnapshot first = publish(Scans.spec(target));
    Folder snapshot = Folder.of(target.snapshot());
    List<String> others = List.of("_part-c.json", "apart.json", "more/part-c.json", "Part-c.json");
    for (String name : others) {
      snapshot.write(name, new byte[1], "text/plain");
    }
    Set<String> files = snapshot.list().keySet();
    snapshot.write("part-c.json", new byte[1], "text/plain");
    assertThat(publish(Scans.spec(target), oneFile(target)), equalTo(first));
    assertThat(snapshot.list().keySet(), equalTo(files));
    snapshot.delete(others);
    assertClean(target.folder().output(), target);
  }

  @ParameterizedTest
  @EnumSource
  void aDamagedSnapshotCanBeOverwritten(Place place) throws IOException {
    String output = place.newOutput(folder);
    SnapshotTarget target = target(output, 0);
    publish(Scans.spec(target(output, 0)));
    Folder.of(target.snapshot()).write("_manifest.json", new byte[] {'{'}, "text/plain");
    Exception e =
        assertThrows(
            PublishException.class,
            () -> Snapshots.under(output).latest("my-table.v2").orElseThrow().manifest());
    assertThat(e.getMessage(), containsString("_manifest.json is damaged"));
    publish(Scans.spec(target).with(Existing.REPLACE));
    assertClean(output, target);
  }

  @ParameterizedTest
  @EnumSource
  void theOldestAreRetired(Place place) throws IOException {
    String output = place.newOutput(folder);
    for (int day : List.of(0, 1, 2, 3)) {
      publish(Scans.spec(target(output, day)));
    }
    // A run that was killed earlier, and one that is named for a later time.
    killBehind(7, Scans.spec(target(output, -1)));
    killBehind(7, Scans.spec(target(output, 9)));
    publish(Scans.spec(target(output, 4)).withKeep(3));
    assertThat(published(output), contains(day(2), day(3), day(4)));
    assertThat(Folder.of(target(output, 0).snapshot()).list().keySet(), is(empty()));
    assertThat(Folder.of(target(output, -1).snapshot()).list().keySet(), is(empty()));
    assertThat(Folder.of(target(output, 9).snapshot()).list().containsKey("_started"), is(true));
    // A snapshot named for an old time retires neither itself nor a later one.
    publish(Scans.spec(target(output, -5)).withKeep(1));
    assertThat(published(output), contains(day(-5), day(2), day(3), day(4)));
  }

  @ParameterizedTest
  @EnumSource
  void theLatestOfEachTable(Place place) throws IOException {
    String output = place.newOutput(folder);
    for (String table : List.of("b.b", "a-a", "c")) {
      for (int day : List.of(1, 0)) {
        publish(
            Scans.spec(SnapshotTarget.of(output, table, Scans.START.plus(Duration.ofDays(day)))));
      }
    }
    List<Snapshots.Snapshot> latest = Snapshots.under(output).latest();
    assertThat(latest.stream().map(s -> s.folder().table()).toList(), contains("a-a", "b.b", "c"));
    for (Snapshots.Snapshot snapshot : latest) {
      assertThat(snapshot.time().instant(), is(day(1)));
      assertThat(snapshot.manifest().table(), is(snapshot.folder().table()));
    }
    assertThat(Snapshots.under(output).latest("d").isEmpty(), is(true));
  }

  @ParameterizedTest
  @EnumSource
  void checkLeavesNothing(Place place) throws IOException {
    String output = place.newOutput(folder);
    SnapshotTarget target = target(output, 0);
    SnapshotCheck.of(target).check();
    assertThat(Folder.of(output).list().keySet(), is(empty()));
    killBehind(7, Scans.spec(target));
    SnapshotCheck.of(target(output, 0)).check();
  }
}
