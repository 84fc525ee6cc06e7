/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.write;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.dynamodb.TestTable;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.TableSettings;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The memory that a writer holds, and that it gives back, also when it is cancelled. */
@Timeout(60)
class BatchWriterHeapTest {
  private static final int LARGE = 390_000;
  private static final long BOUND = Math.min(256 << 20, Runtime.getRuntime().maxMemory() / 8);

  private long before;

  private static long held() {
    return BatchMemory.OF_JVM.held();
  }

  private static EndpointSettings settings() {
    return TestTable.settings();
  }

  /** A writer whose requests are answered late. */
  private static TestWriter slow() {
    TestWriter writer = TestWriter.of(settings());
    writer.db.setLatencyMillis(2000);
    return writer;
  }

  private static void putSmall(TestWriter writer, int items) throws Exception {
    for (int i = 0; i < items; i++) {
      writer.put(TestTable.item("item-" + i));
    }
  }

  @BeforeEach
  void whatOthersHold() {
    before = held();
  }

  @Test
  void nothingIsHeldAfterItEnded() throws Exception {
    try (TestWriter writer = TestWriter.of(settings())) {
      putSmall(writer, 60);
      writer.put(TestTable.item("bad", "poison"));
      assertThat(held(), greaterThan(before));
      writer.writer.finish();
      assertThat(held(), is(before));
    }
  }

  @Test
  void cancelGivesBackWhatWaitsAtOnceAndWhatIsOnItsWayWhenThatHasEnded() throws Exception {
    try (TestWriter writer = slow()) {
      putSmall(writer, 110);
      assertThat(TestWriter.soon(() -> writer.db.books().requestsNow() == 4), is(true));
      long all = held() - before;
      writer.writer.cancel();
      // Of the 110 items, 10 were in no batch yet.
      assertThat(held() - before, allOf(greaterThan(all * 85 / 100), lessThan(all * 95 / 100)));
      assertThat(TestWriter.soon(() -> held() == before), is(true));
      assertThat(TestWriter.soon(() -> writer.session.permits().inFlight() == 0), is(true));
    }
  }

  @Test
  void requestsThatAreCancelledBeforeTheyBeginGiveAllBack() throws Exception {
    try (TestWriter writer = TestWriter.of(settings())) {
      for (int i = 0; i < 2000; i++) {
        BatchWriter<String> another = new BatchWriter<>(writer.session, writer);
        for (int j = 0; j < 25; j++) {
          another.put(TestTable.item("item-" + j), "");
        }
        another.cancel();
      }
      assertThat(TestWriter.soon(() -> held() == before), is(true));
      assertThat(TestWriter.soon(() -> writer.session.permits().inFlight() == 0), is(true));
    }
  }

  @Test
  void cancelTwiceGivesBackOnce() throws Exception {
    try (TestWriter writer = slow()) {
      putSmall(writer, 30);
      writer.writer.cancel();
      writer.writer.cancel();
      assertThat(TestWriter.soon(() -> held() == before), is(true));
    }
  }

  @Test
  void aWriterThatFailedGivesAllBackWhenItIsCancelled() throws Exception {
    try (TestWriter writer = TestWriter.of(settings())) {
      EndpointSettings other =
          EndpointSettings.of(TableSettings.of("other", "id:S"))
              .withPort(writer.db.endpoint().getPort());
      writer.db.close();
      try (EmbeddedDynamoDb without = EmbeddedDynamoDb.start(other)) {
        assertThrows(
            IOException.class,
            () -> {
              putSmall(writer, 2000);
              writer.writer.finish();
            });
        writer.writer.cancel();
        assertThat(TestWriter.soon(() -> held() == before), is(true));
        assertThat(TestWriter.soon(() -> writer.session.permits().inFlight() == 0), is(true));
      }
    }
  }

  @Test
  void aWriterThatIsInterruptedGivesAllBackWhenItIsCancelled() throws Exception {
    try (TestWriter writer = slow()) {
      Thread.currentThread().interrupt();
      // There are permits for eight batches: the ninth waits.
      assertThrows(InterruptedException.class, () -> putSmall(writer, 1000));
      writer.writer.cancel();
      assertThat(TestWriter.soon(() -> held() == before), is(true));
    }
  }

  @Test
  void largeItemsAreHeldUpToTheBoundOnly() throws Exception {
    String text = "x".repeat(LARGE);
    try (TestWriter writer = TestWriter.of(settings().withLatencyMillis(500))) {
      long most = 0;
      for (int i = 0; i < 400; i++) {
        writer.put(TestTable.item("item-" + i, text));
        most = Math.max(most, held());
      }
      writer.writer.finish();
      assertThat(most, lessThanOrEqualTo(BOUND));
      // There was more to hold than that; a slow machine may hold less at a time.
      assertThat(most, greaterThanOrEqualTo(BOUND / 4));
      assertThat(held(), is(before));
      assertThat(writer.db.books().itemsStored(), is(400L));
    }
  }

  @Test
  void itemsThatAreLongAsJsonGoInSmallerBatches() throws Exception {
    // Each takes six bytes of JSON: seven items are all that fit into 16 MB.
    String text = "\1".repeat(LARGE);
    try (TestWriter writer = TestWriter.of(settings())) {
      for (int i = 0; i < 25; i++) {
        writer.put(TestTable.item("item-" + i, text));
      }
      writer.writer.finish();
      assertThat(writer.db.books().requests("BatchWriteItem", "OK"), is(4L));
      assertThat(writer.db.books().itemsStored(), is(25L));
    }
  }
}
