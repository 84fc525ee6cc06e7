/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.localaws.dynamodb.expiry.Sweeper;
import io.sluice.localaws.dynamodb.service.Operations;
import io.sluice.localaws.dynamodb.table.Tables;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.model.StreamStatus;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Reads streams as the SDK does. */
class SdkStreamsTest {

  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

  private volatile Instant now = NOW;
  private final InstantSource clock = () -> now;
  private final Tables tables = new Tables(clock);
  private DynamoDbHttpServer server;
  private DynamoDbClient client;
  private DynamoDbStreamsClient streams;
  private String arn;

  @BeforeEach
  void start() throws IOException {
    server = DynamoDbHttpServer.start(new Operations(tables), 0, 2);
    client = local(DynamoDbClient.builder()).httpClient(UrlConnectionHttpClient.create()).build();
    streams =
        local(DynamoDbStreamsClient.builder()).httpClient(UrlConnectionHttpClient.create()).build();
    arn =
        client
            .createTable(
                table ->
                    table
                        .tableName("sdk")
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(
                            AttributeDefinition.builder()
                                .attributeName("h")
                                .attributeType(ScalarAttributeType.S)
                                .build())
                        .keySchema(
                            KeySchemaElement.builder()
                                .attributeName("h")
                                .keyType(KeyType.HASH)
                                .build())
                        .streamSpecification(
                            stream ->
                                stream
                                    .streamEnabled(true)
                                    .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)))
            .tableDescription()
            .latestStreamArn();
  }

  private <B extends AwsClientBuilder<B, ?>> B local(B builder) {
    return builder
        .endpointOverride(URI.create("http://127.0.0.1:" + server.port()))
        .region(Region.EU_WEST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")));
  }

  @AfterEach
  void stop() {
    streams.close();
    client.close();
    server.close();
  }

  private String iterator() {
    String shard =
        streams
            .describeStream(stream -> stream.streamArn(arn))
            .streamDescription()
            .shards()
            .get(0)
            .shardId();
    return streams
        .getShardIterator(
            get ->
                get.streamArn(arn).shardId(shard).shardIteratorType(ShardIteratorType.TRIM_HORIZON))
        .shardIterator();
  }

  @Test
  void readsRecords() {
    AttributeValue past = AttributeValue.fromN("" + (NOW.getEpochSecond() - 1));
    Map<String, AttributeValue> item = Map.of("h", AttributeValue.fromS("a"), "t", past);
    client.putItem(put -> put.tableName("sdk").item(item));
    client.updateTimeToLive(
        update ->
            update
                .tableName("sdk")
                .timeToLiveSpecification(ttl -> ttl.attributeName("t").enabled(true)));
    new Sweeper(tables, clock).sweep();
    GetRecordsResponse page = streams.getRecords(get -> get.shardIterator(iterator()));
    assertThat(page.nextShardIterator(), is(notNullValue()));
    List<Record> records = page.records();
    assertThat(records, hasSize(2));
    assertThat(records.get(0).eventName(), is(OperationType.INSERT));
    assertThat(records.get(0).dynamodb().newImage(), is(item));
    assertThat(records.get(0).dynamodb().approximateCreationDateTime(), is(NOW));
    assertThat(records.get(0).awsRegion(), is("eu-west-1"));
    assertThat(records.get(1).eventName(), is(OperationType.REMOVE));
    assertThat(records.get(1).dynamodb().oldImage(), is(item));
    assertThat(records.get(1).userIdentity().type(), is("Service"));
    assertThat(records.get(1).userIdentity().principalId(), is("dynamodb.amazonaws.com"));
  }

  @Test
  void listsAndDescribes() {
    assertThat(
        streams.listStreams(list -> list.tableName("sdk")).streams().get(0).streamArn(), is(arn));
    StreamDescription stream =
        streams.describeStream(describe -> describe.streamArn(arn)).streamDescription();
    assertThat(stream.streamStatus(), is(StreamStatus.ENABLED));
    assertThat(stream.creationRequestDateTime(), is(NOW));
    assertThat(stream.shards(), hasSize(1));
  }

  @Test
  void knowsTheErrors() {
    String iterator = iterator();
    now = NOW.plusSeconds(15 * 60);
    assertThrows(
        ExpiredIteratorException.class,
        () -> streams.getRecords(get -> get.shardIterator(iterator)));
    assertThrows(
        ResourceNotFoundException.class,
        () -> streams.describeStream(stream -> stream.streamArn(arn.replace("sdk", "none"))));
  }
}
