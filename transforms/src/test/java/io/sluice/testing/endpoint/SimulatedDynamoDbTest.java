/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.item.ItemSize;
import io.sluice.testing.Items;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

class SimulatedDynamoDbTest {
  private static final SimulatedTable TABLE = SimulatedTable.of("t", "id:S");
  private static final EndpointSettings SETTINGS = EndpointSettings.of(TABLE);

  private final AtomicLong nanos = new AtomicLong();
  private final List<AutoCloseable> open = new ArrayList<>();
  private SimulatedDynamoDb db;
  private DynamoDbClient client;

  private void start(EndpointSettings settings) {
    db = SimulatedDynamoDb.start(settings, nanos::get);
    open.add(db);
    client = client(db.endpoint(), Duration.ofSeconds(20));
  }

  private DynamoDbClient client(URI endpoint, Duration timeout) {
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

  private void seconds(double seconds) {
    nanos.addAndGet((long) (seconds * 1e9));
  }

  private static Map<String, AttributeValue> item(int i) {
    return item(i, 10);
  }

  private static Map<String, AttributeValue> item(int i, int bytes) {
    return Map.of(
        "id", AttributeValue.fromS("id " + i), "data", AttributeValue.fromS("x".repeat(bytes)));
  }

  private static List<Map<String, AttributeValue>> items(int from, int to) {
    return IntStream.range(from, to).mapToObj(SimulatedDynamoDbTest::item).toList();
  }

  private BatchWriteItemResponse write(List<Map<String, AttributeValue>> items) {
    return write(items, ReturnConsumedCapacity.INDEXES);
  }

  private BatchWriteItemResponse write(
      List<Map<String, AttributeValue>> items, ReturnConsumedCapacity consumed) {
    return client.batchWriteItem(
        r -> r.requestItems(Map.of("t", requests(items))).returnConsumedCapacity(consumed));
  }

  private static List<WriteRequest> requests(List<Map<String, AttributeValue>> items) {
    return items.stream()
        .map(item -> WriteRequest.builder().putRequest(p -> p.item(item)).build())
        .toList();
  }

  private List<Map<String, AttributeValue>> scan(int segment, int total, int limit) {
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

  private static Set<Map<String, AttributeValue>> sorted(List<Map<String, AttributeValue>> items) {
    Set<Map<String, AttributeValue>> set = new HashSet<>();
    items.forEach(item -> set.add(Items.sorted(item)));
    return set;
  }

  @Test
  void keepsWhatItTakes() {
    start(SETTINGS);
    List<Map<String, AttributeValue>> items =
        Items.items(TABLE.keySchema())
            .list()
            .ofSize(25)
            .uniqueElements(item -> item.get("id"))
            .sample();
    assertTrue(write(items).unprocessedItems().isEmpty());
    assertEquals(sorted(items), sorted(db.items()));
    assertEquals(sorted(items), sorted(scan(0, 1, 7)));
    for (Map<String, AttributeValue> item : items) {
      Map<String, AttributeValue> key = Map.of("id", item.get("id"));
      GetItemResponse got = client.getItem(r -> r.tableName("t").key(key).consistentRead(true));
      assertEquals(Items.sorted(item), Items.sorted(got.item()));
    }
    assertFalse(
        client
            .getItem(r -> r.tableName("t").key(Map.of("id", AttributeValue.fromS("no such id"))))
            .hasItem());
  }

  @Test
  void booksAreExact() {
    start(SETTINGS);
    write(items(0, 25));
    seconds(1);
    write(items(20, 30));
    client.putItem(r -> r.tableName("t").item(item(1, 2000)));
    Books books = db.books();
    assertEquals(2, books.requests("BatchWriteItem", "OK"));
    assertEquals(1, books.requests("PutItem"));
    assertEquals(36, books.itemsAccepted());
    assertEquals(30, books.itemsStored());
    assertEquals(37, books.writeUnits());
    assertEquals(List.of(25.0, 12.0), books.writeUnitsPerSecond());
    assertEquals(1, books.requestsAtOnce());
    assertEquals(0, books.requestsNow());
    assertEquals(1, books.connections());
    db.reset();
    assertEquals(0, db.books().itemsStored());
    assertEquals(0, db.books().requests("BatchWriteItem"));
  }

  @Test
  void consumedCapacityIsAsAskedFor() {
    start(EndpointSettings.of(TABLE.withIndex("i", "data:S", 0).withIndex("j", "other:S", 3)));
    List<Map<String, AttributeValue>> items = List.of(item(1), item(2, 1500));
    assertFalse(write(items, ReturnConsumedCapacity.NONE).hasConsumedCapacity());
    assertEquals(
        6.0, write(items, ReturnConsumedCapacity.TOTAL).consumedCapacity().get(0).capacityUnits());
    var consumed = write(items).consumedCapacity().get(0);
    assertEquals("t", consumed.tableName());
    assertEquals(6.0, consumed.capacityUnits());
    assertEquals(3.0, consumed.table().capacityUnits());
    // No item is in the other one.
    assertEquals(Set.of("i"), consumed.globalSecondaryIndexes().keySet());
    assertEquals(3.0, consumed.globalSecondaryIndexes().get("i").capacityUnits());
    assertEquals(Map.of("i", 9.0, "j", 0.0), db.books().indexUnits());
    assertEquals(9, db.books().writeUnits());
  }

  @Test
  void replacingCostsByTheLarger() {
    start(SETTINGS);
    write(List.of(item(1, 3000)));
    assertEquals(3.0, write(List.of(item(1))).consumedCapacity().get(0).capacityUnits());
    assertEquals(1.0, write(List.of(item(1))).consumedCapacity().get(0).capacityUnits());
  }

  @ParameterizedTest
  @EnumSource(Storage.class)
  void refusesTheWholeRequest(Storage storage) {
    start(SETTINGS.withStorage(storage));
    AttributeValue s = AttributeValue.fromS("s");
    AttributeValue n = AttributeValue.fromN("1");
    refused("contains duplicates", List.of(item(1), item(2), item(1)));
    refused("less than or equal to 25", items(0, 26));
    refused("Missing the key id in the item", List.of(item(1), Map.of("data", s)));
    refused("key id expected: S actual: N", List.of(item(1), Map.of("id", n)));
    refused("empty value. Key: id", List.of(Map.of("id", AttributeValue.fromS(""))));
    refused("maximum allowed size", List.of(item(1), item(2, 409_600)));
    refused("poisoned", List.of(item(1), Map.of("id", s, "poison", n)));
    Books books = db.books();
    assertEquals(0, books.itemsAccepted());
    assertEquals(38, books.itemsRefused());
    assertEquals(7, books.requests("BatchWriteItem", "ValidationException"));
  }

  private void refused(String message, List<Map<String, AttributeValue>> items) {
    DynamoDbException e = assertThrows(DynamoDbException.class, () -> write(items));
    assertEquals("ValidationException", e.awsErrorDetails().errorCode());
    assertEquals(400, e.statusCode());
    assertThat(e.getMessage(), containsString(message));
  }

  @Test
  void takesTheLargestItem() {
    start(SETTINGS.withStorage(Storage.COUNT));
    Map<String, AttributeValue> item = item(1, 409_600 - 10);
    assertEquals(400.0, write(List.of(item)).consumedCapacity().get(0).capacityUnits());
  }

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

  @Test
  void segmentsAndPagesGiveEveryItemOnce() {
    start(EndpointSettings.of(SimulatedTable.of("t", "id:S", "sort:N")));
    Set<Map<String, AttributeValue>> all = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      Map<String, AttributeValue> item = new HashMap<>(item(i / 10));
      item.put("sort", AttributeValue.fromN("" + i));
      all.add(item);
      client.putItem(r -> r.tableName("t").item(item));
    }
    for (int total : new int[] {1, 3, 16}) {
      List<Map<String, AttributeValue>> found = new ArrayList<>();
      for (int segment = 0; segment < total; segment++) {
        found.addAll(scan(segment, total, 7));
      }
      assertEquals(200, found.size());
      assertEquals(all, new HashSet<>(found));
    }
  }

  @Test
  void pagesHoldAMegabyte() {
    start(SETTINGS);
    for (int i = 0; i < 6; i++) {
      int n = i;
      client.putItem(r -> r.tableName("t").item(item(n, 300_000)));
    }
    ScanResponse page =
        client.scan(
            r ->
                r.tableName("t")
                    .consistentRead(true)
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
    assertEquals(3, page.count());
    assertTrue(page.hasLastEvaluatedKey());
    double units = page.consumedCapacity().capacityUnits();
    assertEquals(Math.ceil(3 * (300_000 + 10) / 4096.0), units);
    assertEquals(6, scan(0, 1, 100).size());
    db.setReadCapacity(1);
    assertEquals(3, client.scan(r -> r.tableName("t")).count());
    assertThrows(
        ProvisionedThroughputExceededException.class, () -> client.scan(r -> r.tableName("t")));
    assertEquals(6 + 6, db.books().itemsRead());
  }

  @ParameterizedTest
  @CsvSource({"id:S,,1", "id:N,sort:S,1", "id:S,sort:B,9"})
  void readsGeneratedItems(String id, String sort, int attributes) {
    GeneratedItems generated = new GeneratedItems(5000, 500, attributes);
    SimulatedTable table =
        sort == null ? SimulatedTable.of("t", id) : SimulatedTable.of("t", id, sort);
    start(EndpointSettings.of(table).withGenerated(generated));
    List<Map<String, AttributeValue>> found = new ArrayList<>();
    for (int segment = 0; segment < 3; segment++) {
      found.addAll(scan(segment, 3, 900));
    }
    assertEquals(5000, found.size());
    for (int i = 0; i < found.size(); i++) {
      assertEquals(generated.item(i, table.keySchema()), found.get(i));
    }
    assertEquals(500, ItemSize.of(found.get(7)));
    Map<String, AttributeValue> key = generated.key(7, table.keySchema());
    assertEquals(found.get(7), client.getItem(r -> r.tableName("t").key(key)).item());
    assertEquals(5000, client.describeTable(r -> r.tableName("t")).table().itemCount());
  }

  @Test
  void describesItself() {
    start(
        EndpointSettings.of(
            SimulatedTable.of("t", "id:S", "sort:N")
                .withIndex("i", "other:B", 0)
                .withProvisioned(70, 30)
                .withWarm(4000, 12000)));
    TableDescription table = client.describeTable(r -> r.tableName("t")).table();
    assertEquals("ACTIVE", table.tableStatusAsString());
    assertEquals("[id HASH, sort RANGE]", keys(table));
    assertEquals(3, table.attributeDefinitions().size());
    assertEquals(BillingMode.PROVISIONED, table.billingModeSummary().billingMode());
    assertEquals(70, table.provisionedThroughput().writeCapacityUnits());
    assertEquals(30, table.provisionedThroughput().readCapacityUnits());
    assertEquals(4000, table.warmThroughput().writeUnitsPerSecond());
    assertEquals(
        70, table.globalSecondaryIndexes().get(0).provisionedThroughput().writeCapacityUnits());
  }

  private static String keys(TableDescription table) {
    return table.keySchema().stream()
        .map(key -> key.attributeName() + " " + key.keyTypeAsString())
        .toList()
        .toString();
  }

  @Test
  void describesATableOnDemand() {
    start(EndpointSettings.of(TABLE.withOnDemandMaximum(500, 600)));
    TableDescription table = client.describeTable(r -> r.tableName("t")).table();
    assertEquals(BillingMode.PAY_PER_REQUEST, table.billingModeSummary().billingMode());
    assertEquals(0, table.provisionedThroughput().writeCapacityUnits());
    assertEquals(500, table.onDemandThroughput().maxWriteRequestUnits());
  }

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

  @ParameterizedTest
  @EnumSource(Storage.class)
  void manyClientsAtOnceAreBookedExactly(Storage storage) {
    start(SETTINGS.withStorage(storage).withThreads(2).withLatencyMillis(5));
    List<CompletableFuture<Void>> writers = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    open.add(0, threads::shutdown);
    for (int w = 0; w < 8; w++) {
      int first = w * 1000;
      writers.add(
          CompletableFuture.runAsync(
              () -> {
                for (int i = first; i < first + 1000; i += 25) {
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

  @Test
  void countsDistinctItems() {
    start(SETTINGS.withStorage(Storage.DISTINCT));
    for (int i = 0; i < 400; i++) {
      write(items(i * 20, i * 20 + 25));
    }
    assertEquals(10_000, db.books().itemsAccepted());
    assertEquals(8_005, db.books().itemsStored());
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
