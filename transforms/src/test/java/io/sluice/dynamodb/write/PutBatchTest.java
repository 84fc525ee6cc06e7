/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.write;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.sluice.item.SourcedItem;
import io.sluice.item.json.ItemJsonBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class PutBatchTest {
  private static final double MANY_UNITS = 1_000_000;
  private static final String START = "{\"RequestItems\":{\"t\":[";
  private static final String END = "]},\"ReturnConsumedCapacity\":\"INDEXES\"}";

  private static PutBatch<String> batch(double mostUnits) {
    return new PutBatch<>("\"t\"", mostUnits, 16);
  }

  private static PutBatch.Entry<String> entry(String id, String text) {
    Map<String, AttributeValue> item = new TreeMap<>(Map.of("id", fromS(id), "n", fromN("7")));
    if (!text.isEmpty()) {
      item.put("text", fromS(text));
    }
    return new PutBatch.Entry<>(WriteAction.PUT, SourcedItem.withoutOrigin(item), id);
  }

  private static String json(String id) {
    return "{\"PutRequest\":{\"Item\":{\"id\":{\"S\":\"" + id + "\"},\"n\":{\"N\":\"7\"}}}}";
  }

  private static String text(ItemJsonBuffer body) {
    return new String(body.array(), 0, body.size(), UTF_8);
  }

  @Test
  void theBodyIsWhatDynamoDbTakes() {
    PutBatch<String> batch = batch(MANY_UNITS);
    assertThat(batch.add(entry("a", "")), is(true));
    assertThat(batch.add(entry("b", "")), is(true));
    assertThat(text(batch.body()), is(START + json("a") + "," + json("b") + END));
  }

  @Test
  void putsAndDeletesAreInOneBody() {
    PutBatch<String> batch = batch(MANY_UNITS);
    SourcedItem key = SourcedItem.withoutOrigin(Map.of("id", fromS("b")));
    assertThat(batch.add(entry("a", "")), is(true));
    assertThat(batch.add(new PutBatch.Entry<>(WriteAction.DELETE, key, "b")), is(true));
    assertThat(batch.add(entry("c", "")), is(true));
    String delete = "{\"DeleteRequest\":{\"Key\":{\"id\":{\"S\":\"b\"}}}}";
    assertThat(text(batch.body()), is(START + json("a") + "," + delete + "," + json("c") + END));
    assertThat(batch.units(), is(3.0));
  }

  @Test
  void theBodyIsTheSameWhenItIsSentAgain() {
    PutBatch<String> batch = batch(MANY_UNITS);
    assertThat(batch.add(entry("a", "")), is(true));
    String first = text(batch.body());
    assertThat(text(batch.body()), is(first));
  }

  @Test
  void atMost25Items() {
    PutBatch<String> batch = batch(MANY_UNITS);
    for (int i = 0; i < 25; i++) {
      assertThat(batch.isFull(), is(false));
      assertThat(batch.add(entry("id" + i, "")), is(true));
    }
    assertThat(batch.isFull(), is(true));
    assertThat(batch.add(entry("more", "")), is(false));
    assertThat(batch.addInAnyCase(entry("more", "")), is(false));
    assertThat(batch.size(), is(25));
    assertThat(text(batch.body()).contains("more"), is(false));
  }

  @Test
  void atMost16Megabytes() {
    // Each character takes six bytes of JSON.
    String text = "\1".repeat(400_000);
    int one = batchOf(entry("id0", text)).body().size();
    PutBatch<String> batch = batch(MANY_UNITS);
    int added = 0;
    while (batch.add(entry("id" + added, text))) {
      added++;
    }
    assertThat(batch.size(), is(added));
    int size = batch.body().size();
    assertThat(size, lessThanOrEqualTo(16 << 20));
    assertThat(size + one, greaterThan(16 << 20));
  }

  @Test
  void anItemThatHadNoRoomLeavesNoTrace() {
    String text = "\1".repeat(400_000);
    PutBatch<String> batch = batch(MANY_UNITS);
    while (batch.add(entry("large", text))) {
      // Until the batch is full.
    }
    int large = batch.size();
    double units = batch.units();
    assertThat(batch.add(entry("small", "")), is(true));
    assertThat(batch.units(), is(units + 1));
    String body = text(batch.body());
    assertThat(body.split("\"large\"", -1).length - 1, is(large));
    assertThat(body.endsWith("}}}}," + json("small") + END), is(true));
  }

  private static PutBatch<String> batchOf(PutBatch.Entry<String> entry) {
    PutBatch<String> batch = batch(MANY_UNITS);
    assertThat(batch.add(entry), is(true));
    return batch;
  }

  @Test
  void fullWhenItTakesItsUnits() {
    PutBatch<String> batch = batch(10);
    assertThat(batch.add(entry("a", "x".repeat(5 * 1024 - 100))), is(true));
    assertThat(batch.add(entry("b", "x".repeat(4 * 1024 - 100))), is(true));
    assertThat(batch.units(), is(9.0));
    assertThat(batch.add(entry("c", "x".repeat(2 * 1024 - 100))), is(false));
    assertThat(batch.add(entry("d", "x".repeat(1024 - 100))), is(true));
    assertThat(batch.units(), is(10.0));
  }

  @Test
  void anItemOfMoreUnitsIsABatchByItself() {
    PutBatch<String> batch = batch(10);
    assertThat(batch.add(entry("a", "x".repeat(300_000))), is(true));
    assertThat(batch.add(entry("b", "")), is(false));
  }

  @Test
  void partsOfABatchAreNotBoundByUnits() {
    PutBatch<String> batch = batch(1);
    assertThat(batch.addInAnyCase(entry("a", "")), is(true));
    assertThat(batch.addInAnyCase(entry("b", "")), is(true));
    assertThat(batch.size(), is(2));
  }

  @Test
  void anEntryRemembersSinceWhenItIsRefused() {
    PutBatch.Entry<String> entry = entry("a", "");
    assertThat(entry.refusedSince(5), is(5L));
    assertThat(entry.refusedSince(9), is(5L));
  }

  @Test
  void anEntryCountsItsBytesOnTheHeapAtLeastTwice() {
    PutBatch.Entry<String> entry = entry("a", "x".repeat(1000));
    assertThat(entry.heapBytes(), greaterThan(2L * entry.item.bytes()));
  }
}
