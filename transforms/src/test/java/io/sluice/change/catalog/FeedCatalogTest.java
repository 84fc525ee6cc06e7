/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.change.feed.FeedCommit;
import io.sluice.change.feed.FeedCommits;
import io.sluice.change.feed.FeedFolder;
import io.sluice.snapshot.Folder;
import io.sluice.snapshot.Place;
import io.sluice.snapshot.PublishException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What readers of catalogs find of a feed: lists of the files of its commits, and of no others. */
class FeedCatalogTest {
  @TempDir Path folder;

  /** The lists of committed files, with the names of the files within the feed. */
  private static Map<String, List<String>> lists(FeedFolder feed) throws IOException {
    Folder lists = Folder.of(feed.output() + "/committed_" + FeedFiles.TABLE);
    String place = Folder.of(feed.path()).path();
    Map<String, List<String>> all = new TreeMap<>();
    for (String name : lists.list().keySet()) {
      all.put(
          name,
          new String(lists.read(name).orElseThrow(), UTF_8)
              .lines()
              .map(line -> line.replace(place, ""))
              .toList());
    }
    return all;
  }

  @ParameterizedTest
  @EnumSource
  void eachCommitHasAListOfItsOwnForEachHour(Place place) throws IOException {
    FeedFolder feed = new FeedFolder(place.newOutput(folder), FeedFiles.TABLE);
    FeedFiles.commit(
        feed,
        1,
        "r1",
        FeedFiles.file(feed, 5, "a"),
        FeedFiles.file(feed, 6, "b"),
        FeedFiles.file(feed, 90, "c"));
    FeedFiles.update(feed);
    Map<String, List<String>> first =
        Map.of(
            "change_hour=2026-01-31T22/000000000001.txt",
            List.of("change_hour=2026-01-31T22/a.json.gz", "change_hour=2026-01-31T22/b.json.gz"),
            "change_hour=2026-01-31T23/000000000001.txt",
            List.of("change_hour=2026-01-31T23/c.json.gz"));
    assertThat(lists(feed), is(first));
    // The run that made the second was killed behind its commit.
    FeedFiles.commit(feed, 2, "r2", FeedFiles.file(feed, 99, "d"));
    FeedFiles.commit(feed, 3, "r3");
    FeedFiles.update(feed);
    Map<String, List<String>> all = new TreeMap<>(first);
    all.put(
        "change_hour=2026-01-31T23/000000000002.txt",
        List.of("change_hour=2026-01-31T23/d.json.gz"));
    assertThat(lists(feed), is(all));
    FeedFiles.update(feed);
    assertThat(lists(feed), is(all));
  }

  @ParameterizedTest
  @EnumSource
  void aFeedThatTookThePlaceOfAnother(Place place) throws IOException {
    FeedFolder feed = new FeedFolder(place.newOutput(folder), FeedFiles.TABLE);
    FeedFiles.commit(feed, 1, "r1", FeedFiles.file(feed, 5, "old"));
    FeedFiles.commit(feed, 2, "r2", FeedFiles.file(feed, 6, "older"));
    FeedFiles.update(feed);
    Folder changes = Folder.of(feed.path());
    changes.delete(changes.list().keySet());
    FeedFiles.commit(feed, 1, "other", FeedFiles.file(feed, 90, "new"));
    FeedFiles.update(feed);
    Map<String, List<String>> lists =
        Map.of(
            "change_hour=2026-01-31T23/000000000001.txt",
            List.of("change_hour=2026-01-31T23/new.json.gz"));
    assertThat(lists(feed), is(lists));
    changes.delete(changes.list().keySet());
    FeedFiles.commit(feed, 1, "a third", FeedFiles.file(feed, 5, "newer"));
    FeedFiles.update(feed);
    assertThat(
        List.copyOf(lists(feed).values()),
        is(List.of(List.of("change_hour=2026-01-31T22/newer.json.gz"))));
  }

  /** One run has made the first commit, and is slow; the next has made another meanwhile. */
  @ParameterizedTest
  @EnumSource
  void aSlowRunLeavesTheListsOfAFasterOne(Place place) throws IOException {
    FeedFolder feed = new FeedFolder(place.newOutput(folder), FeedFiles.TABLE);
    FeedCommits commits = FeedCommits.of(feed);
    FeedFiles.commit(feed, 1, "r1", FeedFiles.file(feed, 5, "a"));
    FeedCommit first = commits.latest().orElseThrow();
    FeedFiles.commit(feed, 2, "r2", FeedFiles.file(feed, 90, "b"));
    FeedFiles.update(feed);
    Map<String, List<String>> both = lists(feed);
    assertThat(both.size(), is(2));
    new FeedCatalog(feed, null, FeedFiles.OPTIONS).update(commits, first);
    assertThat(lists(feed), is(both));

    // It is about to remove what is of no commit that it knows.
    Folder.of(feed.output() + "/committed_" + FeedFiles.TABLE)
        .write("change_hour=2025-12-31T23/000000000009.txt", new byte[] {'a'}, "text/plain");
    CommittedFiles lists = new CommittedFiles(feed);
    Set<String> found = lists.found();
    List<FeedCommit> known = commits.all();
    FeedFiles.commit(feed, 3, "r3", FeedFiles.file(feed, 99, "c"));
    lists.write(commits.read(3));
    lists.clear(found, known);
    assertThat(lists(feed).size(), is(3));
    assertThat(lists(feed).keySet().containsAll(both.keySet()), is(true));
  }

  @Test
  void damagedPositionsAreRefused() throws IOException {
    FeedFolder feed = new FeedFolder(Place.LOCAL.newOutput(folder), FeedFiles.TABLE);
    FeedFiles.commit(feed, 1, "r1", FeedFiles.file(feed, 5, "a"));
    Folder.of(feed.output() + "/_catalog").write("feeds/My-Table.json", new byte[] {'{'}, "x/y");
    assertThat(
        assertThrows(PublishException.class, () -> FeedFiles.update(feed)).getMessage(),
        containsString("feeds/My-Table.json is damaged: delete it, and it is made anew"));
  }
}
