/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;

/** What goes wrong when it is told to. */
class SimulatedFaultsTest extends SimulatedEndpointTest {
  @ParameterizedTest
  @CsvSource({
    "THROTTLED,400,ProvisionedThroughputExceededException",
    "THROTTLING,400,ThrottlingException",
    "REQUEST_LIMIT,400,RequestLimitExceeded",
    "INTERNAL_ERROR,500,InternalServerError",
    "UNAVAILABLE,503,ServiceUnavailable",
    "EXPIRED_TOKEN,400,ExpiredTokenException"
  })
  void answersWithAnError(Fault fault, int status, String code) {
    start(SETTINGS);
    db.failNext(1, fault);
    AwsServiceException e = assertThrows(AwsServiceException.class, () -> write(items(0, 2)));
    assertEquals(status, e.statusCode());
    assertEquals(code, e.awsErrorDetails().errorCode());
    assertTrue(e.requestId() != null);
    write(items(0, 2));
    Books books = db.books();
    assertEquals(1, books.requests("BatchWriteItem", code));
    assertEquals(1, books.requests("BatchWriteItem", "OK"));
    assertEquals(1, books.faults(fault));
    assertEquals(2, books.itemsAccepted());
  }

  @ParameterizedTest
  @CsvSource({"RESET_BEFORE,0", "RESET_AFTER,2", "HANG_BEFORE,0", "HANG_AFTER,2"})
  void doesNotAnswer(Fault fault, int accepted) {
    start(SETTINGS);
    db.failNext(1, fault);
    client = client(db.endpoint(), Duration.ofMillis(300));
    assertThrows(SdkClientException.class, () -> write(items(0, 2)));
    Books books = db.books();
    assertEquals(accepted, books.itemsAccepted());
    assertEquals(accepted, books.itemsAcceptedUnheard());
    assertEquals(accepted, db.items().size());
    assertEquals(1, books.requests("BatchWriteItem", accepted == 0 ? fault.name() : "OK"));
  }

  @Test
  void trickles() {
    start(SETTINGS.withTrickleMillis(100));
    db.failNext(1, Fault.TRICKLE);
    assertTrue(write(items(0, 2)).unprocessedItems().isEmpty());
    write(items(2, 4));
    assertEquals(4, db.books().itemsAccepted());
    assertEquals(0, db.books().itemsAcceptedUnheard());
  }

  @Test
  void givesARandomPartBack() {
    start(SETTINGS.withFaults(Faults.none().with(Fault.UNPROCESSED, 1)));
    BatchWriteItemResponse response = write(items(0, 25));
    int back = response.unprocessedItems().get("t").size();
    assertTrue(back > 0 && back < 25);
    assertEquals(25 - back, db.items().size());
    assertEquals(back, db.books().itemsUnprocessed());
    assertTrue(write(items(0, 1)).unprocessedItems().isEmpty());
  }

  @Test
  void faultsComeAtTheirShareAndAreRepeatable() {
    start(SETTINGS.withFaults(Faults.none().with(Fault.INTERNAL_ERROR, 0.3)));
    List<Integer> first = failures();
    assertEquals(30, first.size(), 15);
    db.reset();
    assertEquals(first, failures());
    client.describeTable(r -> r.tableName("t"));
    db.setFaults(Faults.none());
    assertEquals(List.of(), failures());
  }

  private List<Integer> failures() {
    List<Integer> failures = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      try {
        write(items(i, i + 1));
      } catch (InternalServerErrorException e) {
        failures.add(i);
      }
    }
    return failures;
  }

  @Test
  void waitsForItsLatency() {
    start(SETTINGS);
    write(items(0, 1));
    db.setLatencyMillis(80);
    long start = System.nanoTime();
    write(items(0, 1));
    assertThat(System.nanoTime() - start, greaterThan(79_000_000L));
  }
}
