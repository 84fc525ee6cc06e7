/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** The endpoint as a whole: many clients, a process of its own, the command line. */
class SimulatedDynamoDbTest extends SimulatedEndpointTest {
  @Test
  void refusesWhatItDoesNotKnow() {
    start(SETTINGS);
    assertThrows(
        ResourceNotFoundException.class, () -> client.describeTable(r -> r.tableName("other")));
    assertThrows(
        ResourceNotFoundException.class,
        () -> client.putItem(r -> r.tableName("other").item(item(1))));
    DynamoDbException e =
        assertThrows(DynamoDbException.class, () -> client.listTables(r -> r.limit(1)));
    assertEquals("UnknownOperationException", e.awsErrorDetails().errorCode());
    assertThrows(
        DynamoDbException.class, () -> client.scan(r -> r.tableName("t").filterExpression("a")));
  }

  @ParameterizedTest
  @EnumSource(Storage.class)
  void manyClientsAtOnceAreBookedExactly(Storage storage) {
    start(SETTINGS.withStorage(storage).withThreads(2).withLatencyMillis(20));
    // All send at one time, over and over, so that a slow machine too has all of them wait once.
    CyclicBarrier together = new CyclicBarrier(8);
    List<CompletableFuture<Void>> writers = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    open.add(0, threads::shutdown);
    for (int w = 0; w < 8; w++) {
      int first = w * 1000;
      writers.add(
          CompletableFuture.runAsync(
              () -> {
                for (int i = first; i < first + 1000; i += 25) {
                  await(together);
                  write(items(i, i + 25));
                }
              },
              threads));
    }
    writers.forEach(CompletableFuture::join);
    Books books = db.books();
    assertEquals(320, books.requests("BatchWriteItem", "OK"));
    assertEquals(8000, books.itemsAccepted());
    assertEquals(8000, books.writeUnits());
    assertEquals(storage == Storage.COUNT ? -1 : 8000, books.itemsStored());
    assertEquals(8, books.requestsAtOnce());
    assertEquals(0, books.requestsNow());
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void runsInAProcessOfItsOwn() {
    EndpointSettings settings = SETTINGS.withStorage(Storage.COUNT).withLatencyMillis(1);
    EndpointProcess process = EndpointProcess.start(settings);
    open.add(process);
    client = client(process.endpoint(), Duration.ofSeconds(20));
    write(items(0, 25));
    assertEquals(25, process.books().itemsAccepted());
    assertEquals(-1, process.books().itemsStored());
    assertEquals(settings, process.settings());
    process.change(settings.withThroughput(Throughput.unlimited().withWrite(5)));
    assertThrows(
        IllegalArgumentException.class, () -> process.change(settings.withStorage(Storage.KEEP)));
    assertFalse(write(items(0, 25)).unprocessedItems().isEmpty());
    process.reset();
    assertEquals(0, process.books().itemsAccepted());
    assertThat(process.cpu(), greaterThan(Duration.ZERO));
  }

  @Test
  void takesSettingsFromTheCommandLine() throws Exception {
    EndpointSettings parsed =
        EndpointArguments.parse(
            SETTINGS,
            "--port=7",
            "--latencyMillis=5",
            "--table.name=other",
            "--throughput.writePerSecond=1000",
            "--throughput.readPerSecond=unlimited",
            "--faults.shares.THROTTLED=0.25",
            "--settings={\"seed\":3}");
    assertEquals(7, parsed.port());
    assertEquals(5, parsed.latencyMillis());
    assertEquals("other", parsed.table().name());
    assertEquals(Throughput.unlimited().withWrite(1000), parsed.throughput());
    assertEquals(Faults.none().with(Fault.THROTTLED, 0.25), parsed.faults());
    assertEquals(3, parsed.seed());
    assertThrows(
        IllegalArgumentException.class, () -> EndpointArguments.parse(SETTINGS, "--latency=5"));
  }
}
