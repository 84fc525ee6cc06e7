/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.checkpoint;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.item.page.BucketPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of the buckets that are written. */
class WrittenBucketsTest {
  private static final String TABLE = "arn:aws:dynamodb:us-east-1:1:table/t one";

  @TempDir Path folder;

  private BucketMarks marks(int buckets) {
    return new BucketMarks(folder.resolve("marks") + "/", buckets);
  }

  private WrittenBuckets read() throws IOException {
    return WrittenBuckets.read(marks(1).folder(), TABLE);
  }

  private long files() throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve("marks"))) {
      return all.count();
    }
  }

  @Test
  void aBucketIsWrittenWhenAllPagesOfOneChoiceAre() throws Exception {
    try (BucketMarker marker = new BucketMarker(marks(64), () -> TABLE)) {
      // Chosen twice, in other pages, because a worker was repeated: parts of both are not a whole.
      marker.written(3, new BucketPart(1, 0, 2, 500));
      marker.written(3, new BucketPart(2, 1, 2, 500));
      marker.written(3, new BucketPart(1, 0, 2, 500));
      marker.written(4, new BucketPart(9, 0, 1, 20));
      marker.flush();
      assertThat(read().has(3, 500), is(false));
      assertThat(read().has(4, 20), is(true));
      assertThat(read().has(4, 21), is(false));
      marker.written(3, new BucketPart(2, 0, 2, 500));
      marker.flush();
    }
    assertThat(read().has(3, 500), is(true));
    assertThat(read().items(), is(520L));
    assertThat(read().buckets(), is(OptionalInt.of(64)));
    assertThat("the last file has all", files(), is(1L));
  }

  @Test
  void filesOfSeveralJvmsAddUp() throws Exception {
    marks(8).add("a", TABLE, Map.of(1, 10L, 2, 20L));
    marks(8).add("b", TABLE, Map.of(2, 20L, 5, 50L));
    assertThat(read().items(), is(80L));
    assertThat(read().has(5, 50), is(true));
  }

  @Test
  void whatDiffersIsWrittenAgain() throws Exception {
    marks(8).add("a", TABLE, Map.of(1, 10L, 2, 20L));
    marks(8).add("b", TABLE, Map.of(2, 21L));
    assertThat(read().has(2, 20), is(false));
    assertThat(read().has(2, 21), is(false));
    assertThat(read().items(), is(10L));
  }

  @Test
  void anotherTableOfTheNameHasNothing() throws Exception {
    marks(8).add("a", "arn:aws:dynamodb:us-east-1:1:table/t before", Map.of(1, 10L));
    assertThat(read().buckets(), is(OptionalInt.empty()));
    assertThat(read().has(1, 10), is(false));
  }

  @Test
  void ofTwoWaysToSpreadTheKeysTheOneWithMoreItemsCounts() throws Exception {
    marks(8).add("a", TABLE, Map.of(1, 10L));
    marks(16).add("b", TABLE, Map.of(1, 5L, 2, 6L));
    assertThat(read().buckets(), is(OptionalInt.of(16)));
    assertThat(read().has(1, 10), is(false));
    assertThat(read().has(2, 6), is(true));
  }

  @Test
  void aDamagedFileIsNamed() throws Exception {
    marks(8).add("a", TABLE, Map.of(1, 10L));
    Path file = folder.resolve("marks/a.json");
    String whole = Files.readString(file);
    for (String damaged :
        new String[] {"", whole.substring(0, whole.length() / 2), "{}", "[]", "null"}) {
      Files.writeString(file, damaged);
      String message = assertThrows(IOException.class, this::read).getMessage();
      assertThat(message, containsString("a.json should have what an earlier start has written"));
    }
  }

  @Test
  void nothingIsKeptOfATableThatIsGone() throws Exception {
    try (BucketMarker marker =
        new BucketMarker(
            marks(8),
            () -> {
              throw new IllegalStateException("the table t is gone");
            })) {
      marker.written(1, new BucketPart(1, 0, 1, 5));
      marker.flush();
    }
    assertThat(read().items(), is(0L));
    assertThat(WrittenBuckets.lastKept(marks(8).folder()), is(Instant.EPOCH));
  }

  @Test
  void whatCouldNotBeKeptIsKeptWithTheNext() throws Exception {
    try (BucketMarker marker = new BucketMarker(marks(8), () -> TABLE)) {
      // In place of the folder there is a file.
      Files.writeString(folder.resolve("marks"), "x");
      marker.written(1, new BucketPart(1, 0, 1, 5));
      marker.flush();
      Files.delete(folder.resolve("marks"));
      marker.written(2, new BucketPart(2, 0, 1, 6));
      marker.flush();
    }
    assertThat(read().items(), is(11L));
  }

  @Test
  void allIsDeleted() throws Exception {
    marks(8).add("a", TABLE, Map.of(1, 10L));
    Instant last = WrittenBuckets.lastKept(marks(8).folder());
    assertThat(Duration.between(last, Instant.now()).toHours(), is(0L));
    BucketMarks.delete(marks(8).folder());
    assertThat(read().items(), is(0L));
    BucketMarks.delete(marks(8).folder());
  }
}
