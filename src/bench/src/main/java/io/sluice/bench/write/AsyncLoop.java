/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.write;

import io.sluice.bench.harness.Stopwatch;
import io.sluice.bench.harness.Target;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Like {@link SyncLoop}, but on the asynchronous client: each answer sends the next batch. */
final class AsyncLoop implements Contender.Writer {
  private final Task task;
  private final DynamoDbAsyncClient client;
  private final Items items;

  AsyncLoop(Task task) {
    this.task = task;
    this.items = new Items(task.itemBytes());
    this.client =
        DynamoDbAsyncClient.builder()
            .endpointOverride(task.endpoint())
            .region(Target.REGION)
            .credentialsProvider(Target.credentials())
            .httpClientBuilder(NettyNioAsyncHttpClient.builder().maxConcurrency(task.workers()))
            .build();
  }

  @Override
  public void write(long first, long count) {
    Stopwatch.begin();
    Items.Batches batches = new Items.Batches(first, count);
    CompletableFuture.allOf(
            Stream.generate(() -> next(batches))
                .limit(task.workers())
                .toArray(CompletableFuture<?>[]::new))
        .join();
  }

  private CompletableFuture<Void> next(Items.Batches batches) {
    List<Long> batch = batches.next();
    return batch.isEmpty()
        ? CompletableFuture.completedFuture(null)
        : send(SyncLoop.requests(items, batch), batches);
  }

  private CompletableFuture<Void> send(
      Map<String, List<WriteRequest>> requests, Items.Batches batches) {
    return client
        .batchWriteItem(request -> request.requestItems(requests))
        .thenComposeAsync(
            response ->
                response.hasUnprocessedItems() && !response.unprocessedItems().isEmpty()
                    ? send(response.unprocessedItems(), batches)
                    : next(batches));
  }
}
