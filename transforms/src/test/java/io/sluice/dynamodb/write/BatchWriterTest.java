/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.write;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.dynamodb.TestTable;
import io.sluice.dynamodb.wire.RequestFailure;
import io.sluice.item.SourcedItem;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.Fault;
import io.sluice.testing.dynamodb.Faults;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The outcome of items and the results that are reported, whatever happens to requests. */
@Timeout(60)
class BatchWriterTest {
  private static final int ITEMS = 110;
  private static final int FAULTS = 3;

  private static List<SourcedItem> items(int count) {
    return IntStream.range(0, count).mapToObj(i -> TestTable.item("item-" + i)).toList();
  }

  private static EndpointSettings settings() {
    return TestTable.settings().withTrickleMillis(200);
  }

  /** Asserts that all items are in the table, and that each was reported as written once. */
  private static void assertAllWritten(TestWriter writer, List<SourcedItem> items) {
    Map<String, Integer> once =
        items.stream().collect(Collectors.toMap(TestTable::idOf, item -> 1));
    assertThat(writer.written, is(once));
    assertThat(writer.refused, is(anEmptyMap()));
    assertThat(TestTable.ids(writer.db), is(once.keySet()));
  }

  @Test
  void eachItemIsWrittenAndReportedOnce() throws Exception {
    try (TestWriter writer = TestWriter.of(settings())) {
      writer.write(items(ITEMS));
      assertAllWritten(writer, items(ITEMS));
      assertThat(writer.failures, is(anEmptyMap()));
      assertThat(writer.db.books().requests("BatchWriteItem"), is(5L));
    }
  }

  @Test
  void nothingIsReportedBeforeDynamoDbHasIt() throws Exception {
    try (TestWriter writer = TestWriter.of(settings())) {
      writer.db.failNext(2, Fault.UNPROCESSED);
      writer.db.failNext(1, Fault.RESET_AFTER);
      writer.db.failNext(1, Fault.THROTTLED);
      writer.whenWritten =
          () -> assertThat(TestTable.ids(writer.db).containsAll(writer.written.keySet()), is(true));
      writer.write(items(ITEMS));
      assertAllWritten(writer, items(ITEMS));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"HANG_BEFORE", "HANG_AFTER"})
  void aFaultIsSurvived(Fault fault) throws Exception {
    try (TestWriter writer = TestWriter.of(settings())) {
      writer.db.failNext(FAULTS, fault);
      writer.write(items(ITEMS));
      assertThat(writer.db.books().faults(fault), is((long) FAULTS));
      assertAllWritten(writer, items(ITEMS));
    }
  }

  @Test
  void anAnswerThatNeverComesIsSurvived() throws Exception {
    try (TestWriter writer = TestWriter.of(settings())) {
      writer.db.failNext(1, Fault.HANG_BEFORE);
      writer.db.failNext(1, Fault.HANG_AFTER);
      writer.write(items(ITEMS));
      assertThat(writer.failures, is(Map.of(RequestFailure.TRANSIENT, 2)));
      assertAllWritten(writer, items(ITEMS));
      // The batch whose answer was lost was written twice.
      assertThat(
          writer.db.books().itemsAccepted(), is(ITEMS + writer.db.books().itemsAcceptedUnheard()));
    }
  }

  @Test
  void oneBatchIsSentAgainUntilItIsTaken() throws Exception {
    try (TestWriter writer = TestWriter.of(settings())) {
      writer.db.failNext(1, Fault.THROTTLED);
      writer.db.failNext(1, Fault.UNAVAILABLE);
      writer.db.failNext(1, Fault.EXPIRED_TOKEN);
      writer.db.failNext(1, Fault.RESET_AFTER);
      writer.db.failNext(1, Fault.THROTTLING);
      writer.write(items(25));
      assertThat(
          writer.failures,
          is(
              Map.of(
                  RequestFailure.THROTTLED, 2,
                  RequestFailure.TRANSIENT, 2,
                  RequestFailure.EXPIRED, 1)));
      assertAllWritten(writer, items(25));
    }
  }

  @Test
  void whatIsNeverTakenIsGivenUp() throws Exception {
    try (TestWriter writer = TestWriter.of(settings(), Duration.ofSeconds(1))) {
      writer.db.setFaults(Faults.none().of("BatchWriteItem"));
      writer.db.failNext(1000, Fault.INTERNAL_ERROR);
      assertThat(
          assertThrows(IOException.class, () -> writer.write(items(1))).getMessage(),
          is("DynamoDB has not taken an item for 1 s: InternalServerError (HTTP 500)"));
    }
  }

  @Test
  void whatIsLeftUnprocessedIsSentAgainAndNothingElse() throws Exception {
    try (TestWriter writer = TestWriter.of(settings())) {
      writer.db.failNext(FAULTS, Fault.UNPROCESSED);
      writer.write(items(25));
      assertThat(writer.unprocessed, greaterThan(0));
      assertThat(writer.db.books().itemsUnprocessed(), is((long) writer.unprocessed));
      assertThat(writer.db.books().itemsAccepted(), is(25L));
      assertAllWritten(writer, items(25));
    }
  }

  @Test
  void aThrottledRequestTellsTheThrottle() throws Exception {
    try (TestWriter writer = TestWriter.of(settings())) {
      writer.db.failNext(1, Fault.THROTTLED);
      writer.db.failNext(1, Fault.UNPROCESSED);
      writer.write(items(50));
      assertThat(writer.failures, hasKey(RequestFailure.THROTTLED));
      assertThat(writer.session.throttle().usage().throttled(), is(2L));
    }
  }

  @Test
  void theUnitsThatItTookAreThoseOfTheTable() throws Exception {
    try (TestWriter writer = TestWriter.of(settings())) {
      writer.write(items(ITEMS));
      assertThat(
          writer.session.throttle().usage().consumedTable(), is(writer.db.books().writeUnits()));
    }
  }

  @Test
  void manyRequestsAreInFlight() throws Exception {
    try (TestWriter writer = TestWriter.of(settings().withLatencyMillis(50))) {
      writer.write(items(6000));
      assertThat(writer.db.books().itemsStored(), is(6000L));
      assertThat(
          writer.db.books().requestsAtOnce(),
          allOf(greaterThanOrEqualTo(12), lessThanOrEqualTo(64)));
    }
  }

  @Test
  void permitsAreFreeAfterwards() throws Exception {
    try (TestWriter writer = TestWriter.of(settings())) {
      writer.db.failNext(1, Fault.THROTTLED);
      writer.db.failNext(1, Fault.UNAVAILABLE);
      writer.db.failNext(1, Fault.UNPROCESSED);
      writer.write(items(ITEMS));
      assertThat(writer.session.permits().inFlight(), is(0));
    }
  }

  @Test
  void aWorkerWithNothingInFlightDoesNotWaitForThePermitsOfOthers() throws Exception {
    try (TestWriter writer = TestWriter.of(settings())) {
      while (writer.session.permits().tryAcquire()) {
        // Others take all permits, and keep them.
      }
      writer.write(items(25));
      assertAllWritten(writer, items(25));
    }
  }
}
