/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.publish;

import static io.sluice.snapshot.publish.Publications.assertClean;
import static io.sluice.snapshot.publish.Publications.day;
import static io.sluice.snapshot.publish.Publications.killBehind;
import static io.sluice.snapshot.publish.Publications.publish;
import static io.sluice.snapshot.publish.Publications.published;
import static io.sluice.snapshot.publish.Publications.target;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.snapshot.Folder;
import io.sluice.snapshot.LocalTree;
import io.sluice.snapshot.Place;
import io.sluice.snapshot.PublishException;
import io.sluice.snapshot.Scans;
import io.sluice.snapshot.SnapshotTarget;
import io.sluice.snapshot.publish.PublishSpec.Existing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which files an export removes, and which it leaves: files behind links, and files of others. */
class LinksTest {
  @TempDir Path folder;

  private String output;
  private Path elsewhere;
  private TreeMap<String, Long> before;

  /** Files elsewhere, with names that an export gives. */
  @BeforeEach
  void filesElsewhere() throws IOException {
    Place.options();
    output = Place.LOCAL.newOutput(folder);
    elsewhere = folder.resolve("elsewhere");
    for (String name :
        List.of("_started", "part-a.json", "mine.txt", target(output, 0).run().id() + "/part-1")) {
      Path file = elsewhere.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, name);
    }
    before = new LocalTree(elsewhere).list();
    assertThat(before.size(), is(4));
  }

  @AfterEach
  void filesElsewhereAreThere() throws IOException {
    assertThat(new LocalTree(elsewhere).list(), is(before));
  }

  private static Path link(String place, Path to) throws IOException {
    Path link = Path.of(place);
    Files.createDirectories(link.getParent());
    return Files.createSymbolicLink(link, to);
  }

  private static boolean isThere(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  @Test
  void amongTheStagedFiles() throws IOException {
    SnapshotTarget target = target(output, 1);
    List<Path> links =
        List.of(
            link(target.folder().staging() + "any", elsewhere),
            link(target(output, 0).staging(), elsewhere),
            link(target(output, 0).staging() + "2/part-b.json", elsewhere.resolve("mine.txt")),
            link(target.staging() + "deep", elsewhere),
            link(target.folder().staging() + "nowhere", folder.resolve("no such file")),
            link(target.folder().staging() + "up", folder));
    assertThat(publish(Scans.spec(target)).notes(), is(empty()));
    links.forEach(link -> assertThat(link.toString(), isThere(link), is(false)));
    assertClean(output, target);
  }

  @Test
  void inWhatAKilledRunLeft() throws IOException {
    SnapshotTarget killed = target(output, 0);
    killBehind(7, Scans.spec(killed));
    Path inside = link(killed.snapshot() + "part-z.json", elsewhere);
    Path whole = link(target(output, -1).snapshot().replaceFirst("/$", ""), elsewhere);
    SnapshotTarget next = target(output, 1);
    assertThat(publish(Scans.spec(next)).notes(), is(empty()));
    assertThat(isThere(inside), is(false));
    assertThat(isThere(whole), is(false));
    assertClean(output, next);
  }

  @Test
  void inARetiredSnapshot() throws IOException {
    SnapshotTarget old = target(output, 0);
    publish(Scans.spec(old));
    Path inside = link(old.snapshot() + "more/of it", elsewhere);
    SnapshotTarget next = target(output, 1);
    assertThat(publish(Scans.spec(next).withKeep(1)).notes(), is(empty()));
    assertThat(isThere(inside), is(false));
    assertThat(published(output), contains(day(1)));
  }

  /**
   * A snapshot that was moved to another disk: the link is removed, and the files stay for whoever
   * moved them.
   */
  @Test
  void aRetiredSnapshotThatIsALink() throws IOException {
    SnapshotTarget old = target(output, 0);
    publish(Scans.spec(old));
    Path place = Path.of(old.snapshot());
    Path moved = Files.move(place, folder.resolve("moved"));
    Files.createSymbolicLink(place, moved);
    assertThat(published(output), contains(day(0)));
    assertThat(publish(Scans.spec(target(output, 1)).withKeep(1)).notes(), is(empty()));
    assertThat(isThere(place), is(false));
    assertThat(new LocalTree(moved).list().size(), is(5));
  }

  @Test
  void inASnapshotThatIsOverwritten() throws IOException {
    SnapshotTarget old = target(output, 0);
    publish(Scans.spec(old));
    Path inside = link(old.snapshot() + "part-z.json", elsewhere.resolve("mine.txt"));
    Path started = Path.of(old.snapshot() + "_started");
    Files.delete(started);
    Files.createSymbolicLink(started, elsewhere.resolve("_started"));
    SnapshotTarget again = target(output, 0);
    publish(Scans.spec(again).with(Existing.REPLACE));
    assertThat(isThere(inside), is(false));
    assertThat(Files.isSymbolicLink(started), is(false));
    assertClean(output, again);
  }

  @Test
  void nothingIsWrittenBehindALink() throws IOException {
    SnapshotTarget target = target(output, 0);
    link(target.snapshot().replaceFirst("/$", ""), elsewhere);
    for (Existing existing : Existing.values()) {
      Exception e =
          assertThrows(PublishException.class, () -> publish(Scans.spec(target).with(existing)));
      assertThat(e.getMessage(), containsString("is a symbolic link"));
    }
    SnapshotTarget other = target(folder.resolve("other").toString(), 0);
    link(other.folder().staging().replaceFirst("/$", ""), elsewhere);
    Exception e = assertThrows(PublishException.class, () -> SnapshotCheck.of(other).check());
    assertThat(
        e.getMessage(),
        is(
            other.folder().staging()
                + " is a symbolic link, and an export neither writes nor deletes behind one"));
  }

  @ParameterizedTest
  @EnumSource
  void filesOfOthersStay(Place place) throws IOException {
    String at = place.newOutput(folder);
    SnapshotTarget old = target(at, 0);
    SnapshotTarget killed = target(at, 1);
    publish(Scans.spec(old));
    killBehind(7, Scans.spec(killed));
    SnapshotTarget next = target(at, 2);
    Folder staged = Folder.of(next.folder().staging());
    for (String name : List.of("notes.txt", "mine/part-1.json", next.run().id() + "/a/part-1")) {
      staged.write(name, new byte[1], "text/plain");
    }
    Folder.of(old.snapshot()).write("notes.txt", new byte[1], "text/plain");
    Folder.of(killed.snapshot()).write("data/part-1.json", new byte[1], "text/plain");

    SnapshotTarget overwriting = target(at, 0);
    Exception refused =
        assertThrows(
            PublishException.class, () -> SnapshotCheck.of(overwriting).overwriting().check());
    assertThat(
        refused.getMessage(),
        endsWith("/notes.txt is no file that an export writes, and is not replaced"));
    assertThrows(
        PublishException.class, () -> publish(Scans.spec(overwriting).with(Existing.REPLACE)));
    assertThat(published(at), contains(day(0)));

    List<String> notes = publish(Scans.spec(next).withKeep(1)).notes();
    String stays = " could not be removed: %s is no file that an export writes, and stays";
    assertThat(
        notes,
        contains(
            endsWith("/_staging/" + stays.formatted(next.run().id() + "/a/part-1")),
            endsWith(stays.formatted("data/part-1.json")),
            endsWith(stays.formatted("notes.txt"))));
    assertThat(
        staged.list().keySet(),
        contains(next.run().id() + "/a/part-1", "mine/part-1.json", "notes.txt"));
    assertThat(Folder.of(old.snapshot()).list().keySet(), contains("notes.txt"));
    assertThat(Folder.of(killed.snapshot()).list().keySet(), contains("data/part-1.json"));
    assertThat(published(at), contains(day(2)));
  }

  @Test
  void deletingBehindALinkIsRefused() throws IOException {
    Path link = link(folder + "/tree/link", elsewhere);
    LocalTree tree = new LocalTree(folder.resolve("tree"));
    Exception e = assertThrows(IOException.class, () -> tree.delete("link/mine.txt"));
    assertThat(e.getMessage(), containsString("is behind the symbolic link " + link));
    for (String outside : List.of("../elsewhere/mine.txt", "", ".")) {
      assertThrows(IOException.class, () -> tree.delete(outside));
    }
    tree.delete("link");
    tree.delete("no such file");
    assertThat(isThere(link), is(false));
  }
}
