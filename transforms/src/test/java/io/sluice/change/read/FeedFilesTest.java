/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.change.feed.DeltaFile;
import io.sluice.change.feed.FeedCommit;
import io.sluice.change.feed.FeedCommits;
import io.sluice.change.feed.FeedFolder;
import io.sluice.failure.Rejection;
import io.sluice.format.UnreadableFileException;
import io.sluice.format.stream.RecordSplitter;
import io.sluice.item.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Feeds are read by their commits. */
class FeedFilesTest {
  private static final Instant TIME = Instant.parse("2026-01-31T23:26:00Z");
  private static final List<History.Step> STEPS = History.of(new Random(3), 20);

  @TempDir Path root;
  private FeedFolder feed;

  @BeforeEach
  void write() throws IOException {
    feed = new FeedFolder(root.toString(), "trips");
    commit(1, "gone before", STEPS.subList(0, 7), STEPS.subList(7, 8));
    commit(2, null, STEPS.subList(8, 20));
    // Of a run that has failed.
    file("failed", lines(STEPS.subList(0, 3)));
  }

  private DeltaFile file(String name, List<String> records) throws IOException {
    String path = FeedFolder.hourFolder(TIME) + name + ".json.gz";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      for (String record : records) {
        gzip.write((record + "\n").getBytes(UTF_8));
      }
    }
    Path file = Path.of(feed.path() + path);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes.toByteArray());
    return new DeltaFile(
        path, records.size(), bytes.size(), md5(bytes.toByteArray()), "shard-1", TIME, TIME);
  }

  private static List<String> lines(List<History.Step> steps) {
    return steps.stream().map(History.Step::ofStream).toList();
  }

  private static String md5(byte[] bytes) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static DeltaFile listed(DeltaFile file, long records) {
    return new DeltaFile(
        file.name(), records, file.bytes(), file.md5(), file.shard(), file.first(), file.last());
  }

  @SafeVarargs
  private void commit(long number, @Nullable String gap, List<History.Step>... steps)
      throws IOException {
    List<DeltaFile> files = new ArrayList<>();
    for (List<History.Step> some : steps) {
      files.add(file(number + "-" + files.size(), lines(some)));
    }
    commit(number, gap, files);
  }

  private void commit(long number, @Nullable String gap, List<DeltaFile> files) throws IOException {
    FeedCommits.of(feed)
        .add(
            new FeedCommit(
                number,
                "run",
                "trips",
                "arn",
                "NEW_IMAGE",
                TIME,
                TIME,
                TIME,
                0,
                gap,
                files,
                List.of()));
  }

  private String refusal() {
    return assertThrows(UnreadableFileException.class, () -> ReadNow.find(null, feed.path()))
        .getMessage();
  }

  @Test
  void theFilesOfAllCommitsAreRead() throws IOException {
    ChangeInput input = ReadNow.find(null, root + "/changes_trips");
    assertThat(input.format(), is(ChangeFormat.FEED));
    ReadNow read = ReadNow.of(input);
    assertThat(read.rejections, is(empty()));
    assertThat(read.changes.size(), is(STEPS.size()));
    assertThat(read.table(), is(History.table(STEPS)));
    assertThat(ReadNow.find(ChangeFormat.FEED, feed.path()).files().size(), is(3));
  }

  @Test
  void aBlankRecordIsSkippedUnlessItIsNotSeenToItsEnd() throws IOException {
    String record = STEPS.get(0).ofStream();
    String blank = " ".repeat(RecordSplitter.MAX_RECORD_BYTES);
    DeltaFile file = file("3", List.of(blank, record, blank + record));
    commit(3, null, List.of(listed(file, 2)));
    ReadNow read = ReadNow.of(ReadNow.find(null, feed.path()));
    assertThat(read.skipped, is(1));
    assertThat(
        read.rejections.stream().map(Rejection::reason).toList(),
        is(List.of(Reason.RECORD_TOO_LONG)));
  }

  @Test
  void aFileThatIsNotThatOfTheCommitIsSaidToBeOne() throws IOException {
    DeltaFile file = file("3", List.of(STEPS.get(0).ofStream()));
    commit(3, null, List.of(listed(file, 2)));
    ChangeInput input = ReadNow.find(null, feed.path());
    assertThat(
        assertThrows(IOException.class, () -> ReadNow.of(input)).getMessage(),
        is("it is not the file of the feed: it has 1 records, and the commit lists 2"));
  }

  @Test
  void aMissingCommitIsRefused() throws IOException {
    Files.delete(Path.of(feed.commits() + "000000000001.json"));
    assertThat(
        refusal(),
        is(
            "%s is not whole: there is no commit %s000000000001.json, and there is a later one"
                .formatted(feed.path(), feed.commits())));
  }

  @Test
  void aGapIsRefused() throws IOException {
    commit(3, "a shard is gone", STEPS.subList(0, 1));
    assertThat(
        refusal(),
        is(
            feed.path()
                + " has a gap before 2026-01-31T23:26:00Z: a shard is gone; take a snapshot of the"
                + " table instead"));
  }

  @Test
  void twoStreamsAreRefused() throws IOException {
    FeedCommits.of(feed)
        .add(
            new FeedCommit(
                3,
                "run",
                "trips",
                "other",
                "NEW_IMAGE",
                TIME,
                TIME,
                TIME,
                0,
                null,
                List.of(),
                List.of()));
    assertThat(
        refusal(),
        is(feed.path() + " has changes of two streams, whose order is not known: arn and other"));
  }

  /** As a comparison of snapshots makes them, which knows no stream. */
  @Test
  void aNameMayBeInThePlaceOfTheStream() throws IOException {
    feed = new FeedFolder(root.toString(), "cars");
    History.Step step = STEPS.get(0);
    String record =
        step.ofStream().replaceAll("\"eventSourceARN\":\"[^\"]*\"", "\"eventSourceARN\":\"diff\"");
    DeltaFile file = file("1", List.of(record));
    FeedCommits.of(feed)
        .add(
            new FeedCommit(
                1,
                "run",
                "cars",
                "diff",
                "NEW_IMAGE",
                TIME,
                TIME,
                TIME,
                0,
                null,
                List.of(file),
                List.of()));
    ReadNow read = ReadNow.of(ReadNow.find(null, feed.path()));
    assertThat(read.rejections, is(empty()));
    assertThat(read.table(), is(History.table(List.of(step))));
  }

  @Test
  void aMissingOrAnotherFileIsRefused() throws IOException {
    Path file = Path.of(feed.path() + FeedFolder.hourFolder(TIME) + "2-0.json.gz");
    ChangeInput input = ReadNow.find(null, feed.path());
    byte[] bytes = Files.readAllBytes(file);
    bytes[4] ^= 1;
    Files.write(file, bytes);
    assertThat(
        assertThrows(IOException.class, () -> ReadNow.of(input)).getMessage(),
        containsString("its MD5 is"));
    Files.delete(file);
    assertThat(refusal(), is(file + " is missing: a commit of the feed lists it"));
  }

  @Test
  void nothingElseIsReadWithIt() throws IOException {
    Path other = Files.writeString(root.resolve("a"), STEPS.get(0).ofStream());
    assertThat(
        assertThrows(
                UnreadableFileException.class,
                () -> ReadNow.find(null, feed.path(), other.toString()))
            .getMessage(),
        containsString("give nothing else"));
  }
}
