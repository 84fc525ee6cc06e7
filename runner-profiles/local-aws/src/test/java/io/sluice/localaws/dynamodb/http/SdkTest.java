/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.localaws.dynamodb.service.Operations;
import io.sluice.localaws.dynamodb.table.Tables;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Uses the server as the SDK does, which checks the checksum of answers and reads their errors. */
class SdkTest {

  private static final String TABLE = "sdk";

  private DynamoDbHttpServer server;
  private DynamoDbClient client;

  @BeforeEach
  void start() throws IOException {
    server = DynamoDbHttpServer.start(new Operations(new Tables(InstantSource.system())), 0, 2);
    client =
        DynamoDbClient.builder()
            .endpointOverride(URI.create("http://127.0.0.1:" + server.port()))
            .region(Region.EU_WEST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    client.createTable(
        table ->
            table
                .tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    definition("h", ScalarAttributeType.S), definition("r", ScalarAttributeType.N))
                .keySchema(element("h", KeyType.HASH), element("r", KeyType.RANGE)));
  }

  private static AttributeDefinition definition(String name, ScalarAttributeType type) {
    return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
  }

  private static KeySchemaElement element(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private static Map<String, AttributeValue> key(String hash, int range) {
    return Map.of("h", AttributeValue.fromS(hash), "r", AttributeValue.fromN("" + range));
  }

  @Test
  void waitsForTables() {
    assertThat(
        client
            .waiter()
            .waitUntilTableExists(wanted -> wanted.tableName(TABLE))
            .matched()
            .response()
            .orElseThrow()
            .table()
            .tableStatus(),
        is(TableStatus.ACTIVE));
    client.deleteTable(wanted -> wanted.tableName(TABLE));
    assertThrows(
        ResourceNotFoundException.class,
        () -> client.describeTable(wanted -> wanted.tableName(TABLE)));
  }

  @Test
  void keepsValuesOfAllTypes() {
    Map<String, AttributeValue> item =
        Map.of(
            "h", AttributeValue.fromS("\u00e4\ud83d\ude00"),
            "r", AttributeValue.fromN("-1.5"),
            "b", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {0, -1})),
            "t", AttributeValue.fromBool(true),
            "z", AttributeValue.fromNul(true),
            "ss", AttributeValue.fromSs(List.of("a", "b")),
            "l", AttributeValue.fromL(List.of(AttributeValue.fromM(Map.of()))));
    client.putItem(put -> put.tableName(TABLE).item(item));
    assertThat(
        client
            .getItem(
                get -> get.tableName(TABLE).key(Map.of("h", item.get("h"), "r", item.get("r"))))
            .item(),
        is(item));
  }

  @Test
  void scansAllSegmentsOfWhatABatchWrote() {
    List<WriteRequest> writes =
        IntStream.range(0, 25)
            .mapToObj(i -> key("h" + i % 10, i))
            .map(item -> PutRequest.builder().item(item).build())
            .map(put -> WriteRequest.builder().putRequest(put).build())
            .toList();
    assertThat(
        client
            .batchWriteItem(
                batch ->
                    batch
                        .requestItems(Map.of(TABLE, writes))
                        .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
            .consumedCapacity()
            .get(0)
            .capacityUnits(),
        is(25.0));
    Set<Map<String, AttributeValue>> found = new HashSet<>();
    for (int segment = 0; segment < 3; segment++) {
      int index = segment;
      client
          .scanPaginator(scan -> scan.tableName(TABLE).segment(index).totalSegments(3).limit(2))
          .items()
          .forEach(found::add);
    }
    assertThat(found, hasSize(25));
  }

  @Test
  void queriesByPages() {
    for (int i = 0; i < 10; i++) {
      Map<String, AttributeValue> item = key("a", i);
      client.putItem(put -> put.tableName(TABLE).item(item));
    }
    assertThat(
        client
            .queryPaginator(
                query ->
                    query
                        .tableName(TABLE)
                        .limit(3)
                        .scanIndexForward(false)
                        .keyConditionExpression("h = :h AND r >= :r")
                        .expressionAttributeValues(
                            Map.of(
                                ":h", AttributeValue.fromS("a"), ":r", AttributeValue.fromN("4"))))
            .items()
            .stream()
            .map(item -> item.get("r").n())
            .toList(),
        is(List.of("9", "8", "7", "6", "5", "4")));
  }

  @Test
  void readsTheItemThatFailsACondition() {
    client.putItem(put -> put.tableName(TABLE).item(key("a", 1)));
    ConditionalCheckFailedException failure =
        assertThrows(
            ConditionalCheckFailedException.class,
            () ->
                client.putItem(
                    put ->
                        put.tableName(TABLE)
                            .item(key("a", 1))
                            .conditionExpression("attribute_not_exists(h)")
                            .returnValuesOnConditionCheckFailure(
                                ReturnValuesOnConditionCheckFailure.ALL_OLD)));
    assertThat(failure.item(), is(key("a", 1)));
    assertThat(failure.awsErrorDetails().errorMessage(), is("The conditional request failed"));
  }

  @Test
  void updatesItems() {
    assertThat(
        client
            .updateItem(
                update ->
                    update
                        .tableName(TABLE)
                        .key(key("a", 1))
                        .updateExpression("SET v = if_not_exists(v, :zero) + :two")
                        .expressionAttributeValues(
                            Map.of(
                                ":zero", AttributeValue.fromN("0"),
                                ":two", AttributeValue.fromN("2")))
                        .returnValues(ReturnValue.UPDATED_NEW))
            .attributes(),
        is(Map.of("v", AttributeValue.fromN("2"))));
  }

  private static TransactWriteItem put(Map<String, AttributeValue> item) {
    return TransactWriteItem.builder().put(put -> put.tableName(TABLE).item(item)).build();
  }

  @Test
  void readsWhyATransactionWasCancelled() {
    client.transactWriteItems(write -> write.transactItems(put(key("a", 1)), put(key("b", 1))));
    TransactWriteItem delete =
        TransactWriteItem.builder()
            .delete(wanted -> wanted.tableName(TABLE).key(key("b", 1)))
            .build();
    TransactWriteItem guarded =
        TransactWriteItem.builder()
            .put(
                put ->
                    put.tableName(TABLE)
                        .item(key("a", 1))
                        .conditionExpression("attribute_not_exists(h)")
                        .returnValuesOnConditionCheckFailure(
                            ReturnValuesOnConditionCheckFailure.ALL_OLD))
            .build();
    TransactionCanceledException cancelled =
        assertThrows(
            TransactionCanceledException.class,
            () -> client.transactWriteItems(write -> write.transactItems(delete, guarded)));
    assertThat(cancelled.cancellationReasons().get(0).code(), is("None"));
    assertThat(cancelled.cancellationReasons().get(1).code(), is("ConditionalCheckFailed"));
    assertThat(cancelled.cancellationReasons().get(1).item(), is(key("a", 1)));
    TransactGetItem get =
        TransactGetItem.builder().get(wanted -> wanted.tableName(TABLE).key(key("b", 1))).build();
    assertThat(
        client.transactGetItems(read -> read.transactItems(get)).responses().get(0).item(),
        is(key("b", 1)));
  }

  @Test
  void reportsWhatIsNotSupported() {
    DynamoDbException failure =
        assertThrows(
            DynamoDbException.class,
            () -> client.executeStatement(statement -> statement.statement("SELECT * FROM sdk")));
    assertThat(failure.awsErrorDetails().errorCode(), is("UnknownOperationException"));
    assertThat(
        failure.awsErrorDetails().errorMessage(),
        is("ExecuteStatement is not supported by this server"));
    assertThat(failure.statusCode(), is(400));
  }
}
