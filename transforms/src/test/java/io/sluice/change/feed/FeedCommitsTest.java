/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.feed;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.storage.Storage;
import io.sluice.testing.FlakyProxy;
import io.sluice.testing.LocalAws;
import io.sluice.testing.LocalS3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedCommitsTest {
  private static final LocalAws AWS = LocalAws.shared();
  private static final Instant TIME = Instant.parse("2026-01-31T23:26:00Z");

  @TempDir Path disk;
  private FlakyProxy proxy;

  @BeforeEach
  void connect() {
    proxy = new FlakyProxy(AWS.s3Endpoint());
    LocalS3.options(AWS, proxy.endpoint());
  }

  @AfterEach
  void close() {
    proxy.close();
  }

  private FeedFolder feed(String where) {
    String output =
        where.equals("s3") ? "s3://" + AWS.bucket() + "/feed-" + UUID.randomUUID() : disk + "/feed";
    return new FeedFolder(output, "trips");
  }

  private static FeedCommit commit(long number, String run) {
    DeltaFile file =
        new DeltaFile(
            FeedFolder.hourFolder(TIME) + "a.json.gz",
            3,
            99,
            "md5==",
            "shard-1",
            TIME,
            TIME.plusMillis(5));
    return new FeedCommit(
        number,
        run,
        "trips",
        "arn:1",
        "NEW_IMAGE",
        TIME,
        TIME.minusSeconds(9),
        TIME.minusSeconds(3),
        1,
        "some are lost",
        List.of(file),
        List.of(
            new ShardPosition("shard-1", "shard-0", "123", true, TIME),
            ShardPosition.unread("shard-2", null)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3", "disk"})
  void theLatestIsFoundAndReadAsItWasWritten(String where) throws IOException {
    FeedCommits commits = FeedCommits.of(feed(where));
    assertThat(commits.latest(), is(Optional.empty()));
    commits.checkStore();
    assertThat(commits.latest(), is(Optional.empty()));
    for (long number = 1; number <= 3; number++) {
      assertThat(commits.add(commit(number, "r")), is(commit(number, "r")));
    }
    assertThat(commits.latest(), is(Optional.of(commit(3, "r"))));
    assertThat(commits.read(2), is(commit(2, "r")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3", "disk"})
  void ofManyAtOnceOneIsTaken(String where) throws Exception {
    FeedCommits commits = FeedCommits.of(feed(where));
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Callable<String>> runs = new java.util.ArrayList<>();
      for (int i = 0; i < 8; i++) {
        FeedCommit mine = commit(1, "run-" + i);
        runs.add(
            () -> {
              LocalS3.useOurs();
              return commits.add(mine).run();
            });
      }
      Set<String> winners = new TreeSet<>();
      for (Future<String> winner : pool.invokeAll(runs)) {
        winners.add(winner.get());
      }
      assertThat(winners, is(Set.of(commits.read(1).run())));
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void anAnswerThatIsLostLeavesOneCommit() throws IOException {
    FeedFolder feed = feed("s3");
    FeedCommits commits = FeedCommits.of(feed);
    commits.checkStore();
    proxy.takeRequests();
    proxy.cutAfter(0);
    assertThat(commits.add(commit(1, "mine")).run(), is("mine"));
    long puts = proxy.takeRequests().stream().filter(r -> r.startsWith("PUT ")).count();
    assertThat("the first was done, the second found it", puts, is(2L));
    assertThat(commits.add(commit(1, "other")).run(), is("mine"));
  }

  @Test
  void whatIsNoCommitIsRefusedByName() throws IOException {
    FeedFolder feed = feed("disk");
    FeedCommits commits = FeedCommits.of(feed);
    commits.add(commit(1, "r"));
    Path file = Path.of(feed.commits()).resolve("000000000001.json");
    String text = Files.readString(file);
    for (String broken :
        List.of(
            "",
            "{}",
            text.replace("\"number\" : 1", "\"number\" : 2"),
            text.replace("\"records\" : 3,\n  \"late", "\"records\" : 4,\n  \"late"),
            text.replace("change_hour=2026-01-31T23/a", "../a"),
            text.replace("2026-01-31T23:26:00Z", "yesterday"),
            text + "{}")) {
      Files.writeString(file, broken);
      IOException e = assertThrows(IOException.class, commits::latest, broken);
      assertThat(e.getMessage(), containsString("000000000001.json"));
    }
    Files.writeString(file, text);
    assertThat(commits.latest().orElseThrow(), is(commit(1, "r")));
  }

  /** The proxy deletes an object before it is made under the condition that there is none. */
  @Test
  void aStoreThatIgnoresTheConditionIsFoundOut() throws IOException {
    FeedFolder feed = feed("s3");
    FeedCommits commits = FeedCommits.of(feed);
    commits.checkStore();
    proxy.before(
        Pattern.compile("^PUT /([^/]+)/(\\S+) (?s:.*)\r\n(?i:if-none-match): \\*"),
        request -> AWS.s3().deleteObject(d -> d.bucket(request.group(1)).key(request.group(2))));
    assertThat(
        assertThrows(IOException.class, commits::checkStore).getMessage(),
        is(
            "the store of "
                + feed.commits()
                + " replaces an object although it was asked not to (If-None-Match), so two runs"
                + " could destroy each other's commits"));
    assertThat("the probe is gone", Storage.match(feed.commits() + "**"), is(List.of()));
    assertThat(commits.latest(), is(Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3", "disk"})
  void allAreReadInTheirOrder(String where) throws IOException {
    FeedFolder feed = feed(where);
    FeedCommits commits = FeedCommits.of(feed);
    assertThat(commits.all(), is(List.of()));
    assertThat(FeedFolder.under(feed.output()), is(List.of()));
    for (long number = 1; number <= 40; number++) {
      commits.add(commit(number, "r" + number));
    }
    assertThat(
        commits.all(),
        is(LongStream.rangeClosed(1, 40).mapToObj(n -> commit(n, "r" + n)).toList()));
    assertThat(commits.from(39, commit(40, "r40")).size(), is(2));
    assertThat(commits.from(41, commit(40, "r40")), is(List.of()));
    assertThat(FeedFolder.under(feed.output() + "/"), is(List.of(feed)));
  }
}
