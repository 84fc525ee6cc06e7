/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.history;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.change.feed.DeltaFile;
import io.sluice.change.feed.FeedCommit;
import io.sluice.change.feed.FeedCommits;
import io.sluice.change.feed.FeedFolder;
import io.sluice.change.stream.RecordJson;
import io.sluice.format.FileStream;
import io.sluice.item.ItemKey;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.beam.sdk.io.FileSystems;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Identity;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/** The changes of a key among those of others, in files and streams. */
class KeyHistoryTest {
  private static final KeySchema KEY = KeySchema.of(KeyAttribute.parse("id:N"));
  private static final Instant START = Instant.parse("2026-01-31T23:26:00Z");

  @TempDir Path folder;

  private FeedFolder feed() {
    return new FeedFolder(folder.toString(), "trips");
  }

  private static Map<String, AttributeValue> key(String id) {
    return Map.of("id", AttributeValue.fromN(id));
  }

  private static Record record(String id, String event, long sequence, int second) {
    StreamRecord.Builder change =
        StreamRecord.builder()
            .approximateCreationDateTime(START.plusSeconds(second))
            .keys(key(id))
            .sequenceNumber(Long.toString(sequence))
            .sizeBytes(1L)
            .streamViewType("NEW_IMAGE");
    if (!event.equals("REMOVE")) {
      change.newImage(key(id));
    }
    return Record.builder()
        .eventName(event)
        .dynamodb(change.build())
        .userIdentity(
            second % 2 == 0
                ? null
                : Identity.builder().type("Service").principalId("dynamodb.amazonaws.com").build())
        .build();
  }

  private DeltaFile file(String stream, int number, List<Record> records) throws IOException {
    String name = FeedFolder.hourFolder(START) + number + ".json.gz";
    FileStream file = FileStream.create(FileSystems.matchNewResource(feed().path() + name, false));
    try (RecordJson json = new RecordJson(stream, new GZIPOutputStream(file))) {
      for (Record record : records) {
        json.write(record);
      }
    }
    List<Instant> times =
        records.stream()
            .map(record -> record.dynamodb().approximateCreationDateTime())
            .sorted()
            .toList();
    return new DeltaFile(
        name,
        records.size(),
        file.position(),
        file.md5(),
        "a",
        times.get(0),
        times.get(times.size() - 1));
  }

  private void commit(long number, String stream, DeltaFile... files) throws IOException {
    commit(number, stream, null, START, files);
  }

  private void commit(
      long number, String stream, @Nullable String gap, Instant complete, DeltaFile... files)
      throws IOException {
    FeedCommits.of(feed())
        .add(
            new FeedCommit(
                number,
                "run",
                "trips",
                stream,
                "NEW_IMAGE",
                START,
                complete,
                complete,
                0,
                gap,
                List.of(files),
                List.of()));
  }

  private KeyHistory.Found between(Instant since, Instant until) throws Exception {
    return KeyHistory.of(feed(), KEY, ItemKey.of(key("1.0"), KEY)).between(since, until, 2);
  }

  private List<String> history(Instant since, Instant until) throws Exception {
    return between(since, until).changes().stream()
        .map(
            found ->
                "%d %s %s%s"
                    .formatted(
                        found.commit(),
                        found.change().kind(),
                        found.change().sequence(),
                        found.expired() ? " expired" : ""))
        .toList();
  }

  @Test
  void theOrderIsThatOfEachStreamInItsTurn() throws Exception {
    commit(
        1,
        "arn:1",
        file("arn:1", 1, List.of(record("1", "MODIFY", 30, 10), record("2", "MODIFY", 31, 10))),
        file("arn:1", 2, List.of(record("1", "INSERT", 4, 8))));
    commit(2, "arn:1", file("arn:1", 3, List.of(record("1", "REMOVE", 200, 21))));
    commit(3, "arn:2", file("arn:2", 4, List.of(record("1", "INSERT", 7, 40))));
    assertThat(
        history(Instant.MIN, Instant.MAX),
        is(List.of("1 PUT 4", "1 PUT 30", "2 DELETE 200 expired", "3 PUT 7")));
    assertThat(
        history(START.plusSeconds(10), START.plusSeconds(21)),
        is(List.of("1 PUT 30", "2 DELETE 200 expired")));

    // A file outside of the time is not read.
    Path first = Path.of(feed().path(), FeedFolder.hourFolder(START), "1.json.gz");
    Files.copy(
        Path.of(feed().path(), FeedFolder.hourFolder(START), "2.json.gz"),
        first,
        StandardCopyOption.REPLACE_EXISTING);
    assertThat(history(START.plusSeconds(20), Instant.MAX).size(), is(2));
    assertThat(
        assertThrows(IOException.class, () -> history(Instant.MIN, Instant.MAX)).getMessage(),
        containsString("1.json.gz is not as its commit says: it has 1 records"));
  }

  @Test
  void aFeedThatBeganAnewHasEachChangeOnceAndSaysItsGap() throws Exception {
    commit(
        1,
        "arn:1",
        null,
        START.plusSeconds(20),
        file("arn:1", 1, List.of(record("1", "INSERT", 4, 8), record("1", "MODIFY", 30, 10))));
    commit(
        2,
        "arn:1",
        "a shard was forgotten",
        START.plusSeconds(40),
        file("arn:1", 2, List.of(record("1", "MODIFY", 30, 10), record("1", "MODIFY", 50, 42))));
    assertThat(history(Instant.MIN, Instant.MAX), is(List.of("1 PUT 4", "1 PUT 30", "2 PUT 50")));
    assertThat(gaps(Instant.MIN, Instant.MAX), is(List.of(2L)));
    assertThat(gaps(START.plusSeconds(39), START.plusSeconds(39)), is(List.of(2L)));
    assertThat(gaps(START.plusSeconds(40), Instant.MAX), is(List.of()));
    assertThat(gaps(Instant.MIN, START.plusSeconds(19)), is(List.of()));
  }

  private List<Long> gaps(Instant since, Instant until) throws Exception {
    return between(since, until).gaps().stream().map(FeedCommit::number).toList();
  }

  @Test
  void aFolderWithoutCommitsIsNoFeed() {
    assertThat(
        assertThrows(IOException.class, () -> history(Instant.MIN, Instant.MAX)).getMessage(),
        containsString("has no commit"));
  }
}
