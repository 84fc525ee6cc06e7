/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.publish;

import static io.sluice.snapshot.publish.Publications.assertClean;
import static io.sluice.snapshot.publish.Publications.day;
import static io.sluice.snapshot.publish.Publications.oneFile;
import static io.sluice.snapshot.publish.Publications.publish;
import static io.sluice.snapshot.publish.Publications.published;
import static io.sluice.snapshot.publish.Publications.target;
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
import io.sluice.snapshot.Place;
import io.sluice.snapshot.PublishException;
import io.sluice.snapshot.Scans;
import io.sluice.snapshot.SnapshotTarget;
import io.sluice.snapshot.Snapshots;
import io.sluice.snapshot.publish.PublishSpec.Existing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Publications that are refused, on a local folder and on S3, and what they leave as it was. */
class PublicationRefusalsTest {
  @TempDir Path folder;

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
  void anOutputThatIsNotThere(Place place) throws IOException {
    Path file = java.nio.file.Files.writeString(folder.resolve("file"), "");
    String output = place == Place.LOCAL ? file + "/out" : "s3://no-such-bucket-at-all/out";
    Exception e =
        assertThrows(PublishException.class, () -> SnapshotCheck.of(target(output, 0)).check());
    assertThat(e.getMessage(), containsString("cannot be read and written"));
  }
}
