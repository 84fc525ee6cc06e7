/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws;

import io.sluice.localaws.dynamodb.http.DynamoDbHttpServer;
import io.sluice.localaws.dynamodb.service.BucketSettings;
import io.sluice.localaws.dynamodb.service.Operations;
import io.sluice.localaws.dynamodb.table.Tables;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Has our DynamoDB beside an S3 server, a client of each, and a clock that stands still. */
final class LocalServers implements AutoCloseable {

  /** Names the table that is there from the start, with the key h. */
  static final String TABLE = "transfers";

  static final String BUCKET = "sluice";

  private final ExecutorService background = Executors.newSingleThreadExecutor();
  private final DynamoDbHttpServer server;
  private final DynamoDbClient dynamodb;
  private final S3Client s3;
  private volatile Instant now = Instant.parse("2026-01-02T03:04:05.678Z");

  private LocalServers(S3Server s3Server) throws Exception {
    Operations operations =
        new Operations(
            new Tables(() -> now),
            new BucketSettings(s3Server.buckets(), () -> now, background, 2));
    server = DynamoDbHttpServer.start(operations, 0, 2);
    StaticCredentialsProvider credentials =
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create(LocalAws.KEY.id(), LocalAws.KEY.secret()));
    dynamodb =
        DynamoDbClient.builder()
            .endpointOverride(endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(credentials)
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    s3 =
        S3Client.builder()
            .endpointOverride(s3Server.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(credentials)
            .forcePathStyle(true)
            .httpClient(UrlConnectionHttpClient.create())
            .build();
  }

  /** Starts an S3 server that has nothing but an empty bucket. */
  static S3Server startS3() throws Exception {
    return S3Server.start(
        Options.parse("--dynamodbPort=0", "--s3Port=0", "--inMemory", "--bucket=" + BUCKET));
  }

  /** Starts DynamoDB beside an S3 server. */
  static LocalServers start(S3Server s3Server) throws Exception {
    LocalServers servers = new LocalServers(s3Server);
    servers.dynamodb.createTable(
        table ->
            table
                .tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attribute())
                .keySchema(key()));
    return servers;
  }

  static AttributeDefinition attribute() {
    return AttributeDefinition.builder()
        .attributeName("h")
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  static KeySchemaElement key() {
    return KeySchemaElement.builder().attributeName("h").keyType(KeyType.HASH).build();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  DynamoDbClient dynamodb() {
    return dynamodb;
  }

  S3Client s3() {
    return s3;
  }

  Instant now() {
    return now;
  }

  void passes(Duration time) {
    now = now.plus(time);
  }

  /** Waits until all jobs are done that were started up to now. */
  void await() throws Exception {
    background.submit(() -> {}).get(60, TimeUnit.SECONDS);
  }

  /** Lists the objects whose keys begin with {@code prefix}. */
  List<String> keys(String prefix) {
    return s3.listObjectsV2(request -> request.bucket(BUCKET).prefix(prefix)).contents().stream()
        .map(S3Object::key)
        .toList();
  }

  @Override
  public void close() {
    dynamodb.close();
    s3.close();
    server.close();
    background.shutdownNow();
  }
}
