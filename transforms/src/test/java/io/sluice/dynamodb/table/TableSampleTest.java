/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.table;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.testing.LocalAws;
import io.sluice.testing.NewTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

class TableSampleTest {
  private static final int BATCH = 25;

  private final DynamoDbClient dynamodb = LocalAws.shared().dynamodb();
  private final String table = "sampled-" + UUID.randomUUID();

  @AfterEach
  void delete() {
    dynamodb.deleteTable(r -> r.tableName(table));
  }

  private void create(int items, int partitionKeys) {
    NewTable.of(table, "pk:S", "sk:S").createIn(dynamodb);
    List<WriteRequest> batch = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      Map<String, AttributeValue> item =
          Map.of(
              "pk", fromS("p" + i % partitionKeys),
              "sk", fromS("s" + i),
              "text", fromS("x".repeat(100 + i % 200)));
      batch.add(WriteRequest.builder().putRequest(p -> p.item(item)).build());
      if (batch.size() == BATCH || i == items - 1) {
        List<WriteRequest> now = List.copyOf(batch);
        dynamodb.batchWriteItem(r -> r.requestItems(Map.of(table, now)));
        batch.clear();
      }
    }
  }

  private TableSample sample(double units, int seed) {
    return TableSample.of(table, null, units, new Random(seed), dynamodb);
  }

  @Test
  void anEmptyTableIsKnownToBeEmpty() {
    create(0, 1);
    assertThat(sample(100, 1).itemBounds(), is(new double[] {0, 0}));
  }

  @Test
  void aSmallTableIsCountedExactly() {
    create(60, 60);
    assertThat(sample(100, 1).itemBounds(), is(new double[] {60, 60}));
  }

  @Test
  void theBoundsOfALargerTableHoldMostly() {
    create(5_000, 5_000);
    int holds = 0;
    for (int seed = 0; seed < 20; seed++) {
      TableSample sample = sample(100, seed);
      double[] items = sample.itemBounds();
      holds += items[0] <= 5_000 && items[1] >= 5_000 ? 1 : 0;
      assertThat(items[1], lessThan(2 * 5_000.0));
      assertThat(items[0], greaterThan(2_500.0));
      assertThat(sample.units(), lessThanOrEqualTo(105.0));
      assertThat(sample.byteBounds()[0] / items[0], closeTo(215, 40));
    }
    assertThat(holds, greaterThanOrEqualTo(17));
  }

  @Test
  void aHugePartitionLeavesNoUpperBound() {
    create(6_000, 1);
    double[] items = sample(20, 7).itemBounds();
    assertThat(items[1], is(Double.POSITIVE_INFINITY));
    assertThat(items[0], lessThanOrEqualTo(6_000.0));
  }
}
