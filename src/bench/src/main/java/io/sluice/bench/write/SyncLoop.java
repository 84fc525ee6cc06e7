/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.write;

import io.sluice.bench.harness.Stopwatch;
import io.sluice.bench.harness.Target;
import io.sluice.bench.harness.Threads;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * The least work that writes on the SDK: threads that send a batch each, and then its unprocessed
 * items.
 */
final class SyncLoop implements Contender.Writer {
  private final Task task;
  private final DynamoDbClient client;
  private final Items items;

  SyncLoop(Task task) {
    this.task = task;
    this.items = new Items(task.itemBytes());
    this.client = task.target().client(task.workers());
  }

  @Override
  public void write(long first, long count) throws Exception {
    Stopwatch.begin();
    Items.Batches batches = new Items.Batches(first, count);
    Threads.run(
        task.workers(),
        () -> {
          for (List<Long> batch = batches.next(); !batch.isEmpty(); batch = batches.next()) {
            send(requests(items, batch));
          }
          return null;
        });
  }

  static Map<String, List<WriteRequest>> requests(Items items, List<Long> numbers) {
    return Map.of(
        Target.TABLE,
        numbers.stream()
            .map(
                number -> {
                  Map<String, AttributeValue> item = items.item(number);
                  return WriteRequest.builder().putRequest(put -> put.item(item)).build();
                })
            .toList());
  }

  private void send(Map<String, List<WriteRequest>> requests) {
    Map<String, List<WriteRequest>> left = requests;
    while (!left.isEmpty()) {
      Map<String, List<WriteRequest>> now = left;
      left = client.batchWriteItem(request -> request.requestItems(now)).unprocessedItems();
    }
  }
}
