/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;

/** What is throttled, and when. */
class SimulatedCapacityTest extends SimulatedEndpointTest {
  @Test
  void takesOfABatchWhatItHasCapacityFor() {
    start(SETTINGS.withThroughput(Throughput.unlimited().withWrite(10)));
    BatchWriteItemResponse first = write(items(0, 25));
    assertEquals(requests(items(10, 25)), first.unprocessedItems().get("t"));
    assertEquals(10.0, first.consumedCapacity().get(0).capacityUnits());
    assertThrows(ProvisionedThroughputExceededException.class, () -> write(items(10, 25)));
    seconds(0.5);
    assertEquals(20, write(items(0, 25)).unprocessedItems().get("t").size());
    // An item may take more than there is, but only one.
    seconds(0.01);
    assertEquals(1, write(List.of(item(40, 9000), item(41))).unprocessedItems().size());
    seconds(0.8);
    assertThrows(ProvisionedThroughputExceededException.class, () -> write(items(0, 1)));
    db.setWriteCapacity(Throughput.UNLIMITED);
    assertTrue(write(items(0, 25)).unprocessedItems().isEmpty());
    Books books = db.books();
    assertEquals(10 + 5 + 1 + 25, books.itemsAccepted());
    assertEquals(15 + 20 + 1, books.itemsUnprocessed());
    assertEquals(15 + 1, books.itemsThrottled());
    assertEquals(2, books.throttled("BatchWriteItem"));
    assertEquals(3, books.requests("BatchWriteItem", "PARTLY"));
  }

  @Test
  void savesUnusedCapacityUpToTheBurst() {
    start(SETTINGS.withThroughput(Throughput.unlimited().withWrite(4).withBurstSeconds(3)));
    seconds(1000);
    assertEquals(13, write(items(0, 25)).unprocessedItems().get("t").size());
  }

  @Test
  void noMoreThanItsRateOverTime() {
    start(
        SETTINGS.withStorage(Storage.COUNT).withThroughput(Throughput.unlimited().withWrite(100)));
    for (int i = 0; i < 200; i++) {
      seconds(0.05);
      try {
        write(items(i * 25, i * 25 + 25));
      } catch (ProvisionedThroughputExceededException e) {
        // It is what is tested.
      }
    }
    assertThat(db.books().writeUnits(), lessThanOrEqualTo(100 * (10 + 1) + 1.0));
    assertThat(db.books().writeUnits(), greaterThan(100 * 10.0));
    assertEquals(100, db.books().steadyWriteUnitsPerSecond(2), 1);
  }

  @Test
  void eachPartitionHasItsLimit() {
    start(SETTINGS.withThroughput(Throughput.unlimited().withPartitions(4, 2, 3000)));
    assertEquals(8, 25 - write(items(0, 25)).unprocessedItems().get("t").size());
  }

  @Test
  void anIndexThrottlesTheTable() {
    start(
        EndpointSettings.of(TABLE.withIndex("i", "data:S", 2))
            .withThroughput(Throughput.unlimited().withIndexWrite("i", 8)));
    assertEquals(21, write(items(0, 25)).unprocessedItems().get("t").size());
  }
}
