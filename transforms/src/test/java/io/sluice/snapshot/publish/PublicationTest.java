/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.publish;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.item.page.ScanCompleteness;
import io.sluice.sink.WrittenFiles;
import io.sluice.snapshot.Folder;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.ManifestJson;
import io.sluice.snapshot.Place;
import io.sluice.snapshot.PublishException;
import io.sluice.snapshot.PublishedSnapshot;
import io.sluice.snapshot.Scans;
import io.sluice.snapshot.SnapshotTarget;
import io.sluice.snapshot.SnapshotTime;
import io.sluice.snapshot.Snapshots;
import io.sluice.snapshot.TableFolder;
import io.sluice.snapshot.publish.PublishSpec.Existing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.beam.sdk.options.PipelineOptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The publishing step, on a local folder and on S3: successful and refused. */
class PublicationTest {
  private static final PipelineOptions OPTIONS = Place.options();

  @TempDir Path folder;

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

  @ParameterizedTest
  @EnumSource
  void aSnapshotOfThatTimeIsRefusedUnlessOverwritten(Place place) throws IOException {
    String output = place.newOutput(folder);
    SnapshotTarget first = target(output, 0);
    publish(Scans.spec(first));
    SnapshotTarget second = target(output, 0);
    Exception e = assertThrows(PublishException.class, () -> publish(Scans.spec(second)));
    assertThat(e.getMessage(), containsString("is published already"));
    assertThat(
        Snapshots.under(output).latest("my-table.v2").orElseThrow().manifest().run(),
        is(first.run().id()));
    e = assertThrows(PublishException.class, () -> SnapshotCheck.of(second).check());
    assertThat(e.getMessage(), containsString("is published already"));

    SnapshotCheck.of(second).overwriting().check();
    publish(Scans.spec(second).with(Existing.REPLACE), oneFile(second));
    assertThat(
        Folder.of(second.snapshot()).list().keySet(),
        equalTo(Set.of("_SUCCESS", "_manifest.json", "_started", "part-c.json")));
    assertClean(output, second);
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
  void filesOfOthersAreLeftAlone(Place place) throws IOException {
    String output = place.newOutput(folder);
    SnapshotTarget target = target(output, 5);
    Folder.of(target.snapshot()).write("part-0000.snappy", new byte[3], "text/plain");
    Folder.of(target.snapshot()).write("_SUCCESS", new byte[0], "text/plain");
    Folder.of(target(output, 3).snapshot()).write("part-0000.snappy", new byte[3], "text/plain");
    Exception e = assertThrows(PublishException.class, () -> publish(Scans.spec(target)));
    assertThat(e.getMessage(), containsString("has files that no export left"));
    assertThrows(PublishException.class, () -> SnapshotCheck.of(target).check());
    assertThat(published(output), is(empty()));

    publish(Scans.spec(target(output, 7)).withKeep(1));
    assertThat(Folder.of(target.snapshot()).list().size(), is(2));
    assertThat(Folder.of(target(output, 3).snapshot()).list().size(), is(1));
    publish(Scans.spec(target).with(Existing.REPLACE));
    assertThat(published(output), contains(day(5), day(7)));
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
  void whatDoesNotAddUpIsNotPublished(Place place) throws IOException {
    String output = place.newOutput(folder);
    PublishSpec spec = Scans.spec(target(output, 0));
    WrittenFiles good = Scans.twoFiles(spec.target());
    List<WrittenFiles> bad = new ArrayList<>();
    bad.add(new WrittenFiles(good.files(), Scans.page(0, false, 3)));
    bad.add(new WrittenFiles(good.files(), Scans.page(1, true, 3)));
    bad.add(new WrittenFiles(good.files(), new ScanCompleteness()));
    bad.add(new WrittenFiles(good.files(), Scans.page(0, true, 4)));
    bad.add(new WrittenFiles(good.files().subList(0, 1), good.scan()));
    WrittenFiles.File file = good.files().get(1);
    for (WrittenFiles.File other :
        List.of(
            new WrittenFiles.File(file.place(), 2, file.bytes() + 1, file.md5()),
            new WrittenFiles.File(file.place() + "x", 2, file.bytes(), file.md5()))) {
      bad.add(new WrittenFiles(List.of(good.files().get(0), other), good.scan()));
    }
    for (WrittenFiles written : bad) {
      Exception e = assertThrows(PublishException.class, () -> publish(spec, written));
      assertThat(e.getMessage(), containsString("Nothing is published: "));
    }
    WrittenFiles.File elsewhere = new WrittenFiles.File(output + "/x", 2, 3, file.md5());
    for (WrittenFiles.File other : List.of(elsewhere, good.files().get(0))) {
      WrittenFiles written =
          new WrittenFiles(List.of(good.files().get(0), other), Scans.page(0, true, 3));
      assertThrows(IllegalArgumentException.class, () -> publish(spec, written));
    }
    assertThat(Folder.of(spec.target().snapshot()).list().keySet(), is(empty()));
    assertThat(Snapshots.under(output).latest("my-table.v2").isEmpty(), is(true));
    assertThat(Snapshots.under(output).latest(), is(empty()));
    publish(spec, good);
    assertClean(output, spec.target());
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

  @ParameterizedTest
  @EnumSource
  void anOutputThatIsNotThere(Place place) throws IOException {
    Path file = java.nio.file.Files.writeString(folder.resolve("file"), "");
    String output = place == Place.LOCAL ? file + "/out" : "s3://no-such-bucket-at-all/out";
    Exception e =
        assertThrows(PublishException.class, () -> SnapshotCheck.of(target(output, 0)).check());
    assertThat(e.getMessage(), containsString("cannot be read and written"));
  }
}
