/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import io.sluice.testing.Items;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** A simulated endpoint with a clock that stands still, and a client that tries once. */
abstract class SimulatedEndpointTest {
  static final SimulatedTable TABLE = SimulatedTable.of("t", "id:S");
  static final EndpointSettings SETTINGS = EndpointSettings.of(TABLE);

  private final AtomicLong nanos = new AtomicLong();
  final List<AutoCloseable> open = new ArrayList<>();
  SimulatedDynamoDb db;
  DynamoDbClient client;

  void start(EndpointSettings settings) {
    db = SimulatedDynamoDb.start(settings, nanos::get);
    open.add(db);
    client = client(db.endpoint(), Duration.ofSeconds(20));
  }

  DynamoDbClient client(URI endpoint, Duration timeout) {
    DynamoDbClient made =
        DynamoDbClient.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
            .httpClientBuilder(ApacheHttpClient.builder().socketTimeout(timeout))
            .overrideConfiguration(c -> c.retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .build();
    open.add(0, made);
    return made;
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  void seconds(double seconds) {
    nanos.addAndGet((long) (seconds * 1e9));
  }

  static Map<String, AttributeValue> item(int i) {
    return item(i, 10);
  }

  static Map<String, AttributeValue> item(int i, int bytes) {
    return Map.of(
        "id", AttributeValue.fromS("id " + i), "data", AttributeValue.fromS("x".repeat(bytes)));
  }

  static List<Map<String, AttributeValue>> items(int from, int to) {
    return IntStream.range(from, to).mapToObj(SimulatedEndpointTest::item).toList();
  }

  BatchWriteItemResponse write(List<Map<String, AttributeValue>> items) {
    return write(items, ReturnConsumedCapacity.INDEXES);
  }

  BatchWriteItemResponse write(
      List<Map<String, AttributeValue>> items, ReturnConsumedCapacity consumed) {
    return client.batchWriteItem(
        r -> r.requestItems(Map.of("t", requests(items))).returnConsumedCapacity(consumed));
  }

  static List<WriteRequest> requests(List<Map<String, AttributeValue>> items) {
    return items.stream()
        .map(item -> WriteRequest.builder().putRequest(p -> p.item(item)).build())
        .toList();
  }

  List<Map<String, AttributeValue>> scan(int segment, int total, int limit) {
    List<Map<String, AttributeValue>> found = new ArrayList<>();
    ScanRequest request =
        ScanRequest.builder()
            .tableName("t")
            .segment(segment)
            .totalSegments(total)
            .limit(limit)
            .build();
    client.scanPaginator(request).items().forEach(found::add);
    return found;
  }

  static Set<Map<String, AttributeValue>> sorted(List<Map<String, AttributeValue>> items) {
    Set<Map<String, AttributeValue>> set = new HashSet<>();
    items.forEach(item -> set.add(Items.sorted(item)));
    return set;
  }
}
