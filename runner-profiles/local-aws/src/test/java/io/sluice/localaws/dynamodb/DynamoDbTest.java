/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.localaws.dynamodb.admin.GeneratedItems;
import io.sluice.localaws.dynamodb.book.TableBooks;
import io.sluice.localaws.dynamodb.fault.Fault;
import io.sluice.localaws.dynamodb.throttle.CapacitySettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingException;

/** Uses the whole of it as the SDK does, without retries. */
class DynamoDbTest {

  private static final String TABLE = "tab";

  private Instant now = Instant.ofEpochSecond(1_700_000_000);
  private DynamoDb db;
  private DynamoDbClient client;

  private void start(DynamoDbBuilder builder) {
    db = builder.clock(() -> now).start();
    client =
        DynamoDbClient.builder()
            .endpointOverride(db.endpoint())
            .region(Region.EU_WEST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
            .overrideConfiguration(
                config -> config.retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    client.createTable(
        table ->
            table
                .tableName(TABLE)
                .billingMode(BillingMode.PROVISIONED)
                .provisionedThroughput(units -> units.readCapacityUnits(5L).writeCapacityUnits(2L))
                .attributeDefinitions(
                    key -> key.attributeName("h").attributeType(ScalarAttributeType.S))
                .keySchema(key -> key.attributeName("h").keyType(KeyType.HASH)));
  }

  @AfterEach
  void stop() {
    client.close();
    db.close();
  }

  private void put(String key) {
    client.putItem(item -> item.tableName(TABLE).item(Map.of("h", AttributeValue.fromS(key))));
  }

  /** Puts an item, and does not wait for the answer for long. */
  private void putImpatiently(String key) {
    client.putItem(
        put ->
            put.tableName(TABLE)
                .item(Map.of("h", AttributeValue.fromS(key)))
                .overrideConfiguration(
                    config -> config.apiCallAttemptTimeout(Duration.ofSeconds(2))));
  }

  private TableBooks books() {
    return db.books().table(TABLE);
  }

  @Test
  @Timeout(60)
  void deletesExpiredItemsAgainAndAgain() {
    start(DynamoDb.builder().expiry(Duration.ofMillis(1)));
    client.updateTimeToLive(
        ttl ->
            ttl.tableName(TABLE)
                .timeToLiveSpecification(spec -> spec.attributeName("t").enabled(true)));
    for (String id : new String[] {"first", "second"}) {
      client.putItem(
          put ->
              put.tableName(TABLE)
                  .item(
                      Map.of(
                          "h", AttributeValue.fromS(id), "t", AttributeValue.fromN("1699999999"))));
      while (client.scan(scan -> scan.tableName(TABLE)).count() > 0) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void tellsWhyItThrottles() {
    start(DynamoDb.builder().capacity(CapacitySettings.ENFORCED));
    put("a");
    put("b");
    ProvisionedThroughputExceededException e =
        assertThrows(ProvisionedThroughputExceededException.class, () -> put("c"));
    assertThat(
        e.throttlingReasons().get(0).reason(), is("TableWriteProvisionedThroughputExceeded"));
    assertThat(e.throttlingReasons().get(0).resource(), is(db.tables().get(TABLE).arn()));
    now = now.plusSeconds(1);
    put("c");
    assertThat(books().distinctKeys(), is(3L));
  }

  @Test
  void losesAnswersToWritesThatAreDone() {
    start(DynamoDb.builder());
    for (Fault.Kind kind :
        new Fault.Kind[] {
          Fault.Kind.RESET_AFTER, Fault.Kind.HANG_AFTER, Fault.Kind.CUT, Fault.Kind.WRONG_CHECKSUM
        }) {
      db.faults().next("PutItem", 1, Fault.of(kind));
      assertThrows(SdkClientException.class, () -> putImpatiently(kind.text()), kind.name());
    }
    assertThat(db.tables().get(TABLE).store().items().count(), is(4L));
    assertThat(books().itemsUnheard(), is(3L));
    assertThat(books().itemsPut(), is(4L));
  }

  @Test
  void refusesWritesThatAreNotDone() {
    start(DynamoDb.builder());
    db.faults().next("PutItem", 1, Fault.of(Fault.Kind.RESET_BEFORE));
    assertThrows(SdkClientException.class, () -> put("a"));
    db.faults().next("PutItem", 1, Fault.of(Fault.Kind.HANG_BEFORE));
    assertThrows(SdkClientException.class, () -> putImpatiently("a"));
    db.faults().next("PutItem", 1, Fault.error("ThrottlingException"));
    assertThrows(ThrottlingException.class, () -> put("a"));
    assertThat(db.tables().get(TABLE).store().items().count(), is(0L));
  }

  @Test
  void sendsAnswersBitByBit() {
    start(DynamoDb.builder());
    db.faults().next("PutItem", 1, Fault.of(Fault.Kind.TRICKLE, Duration.ofMillis(50)));
    put("a");
    assertThat(books().requests("PutItem", "OK"), is(1L));
  }

  @Test
  void countsRequestsAndConnections() {
    start(DynamoDb.builder());
    put("a");
    put("b");
    assertThat(db.books().requestsNow(), is(0));
    assertThat(db.books().requestsAtOnce(), is(1));
    assertThat(db.books().connections() >= 1, is(true));
    assertThat(db.books().requests("PutItem"), is(2L));
    db.reset();
    assertThat(db.books().requests("PutItem"), is(0L));
  }

  @Test
  @Timeout(60)
  void noticesThatAClientGivesUp() {
    start(DynamoDb.builder());
    db.faults().next("PutItem", 1, Fault.of(Fault.Kind.HANG_BEFORE));
    assertThrows(SdkClientException.class, () -> putImpatiently("a"));
    while (db.books().requestsNow() > 0) {
      Thread.onSpinWait();
    }
    assertThat(db.books().requestsAtOnce(), is(1));
  }

  @Test
  void keepsNoBooksWhenItIsPlain() {
    start(DynamoDb.builder().plain());
    put("a");
    assertThat(db.books().requests(), is(Map.of()));
    assertThat(db.tables().get(TABLE).store().items().count(), is(1L));
  }

  @Test
  void makesItemsOfASize() {
    start(DynamoDb.builder());
    db.fill(TABLE, new GeneratedItems(1000, 300, 5));
    assertThat(db.tables().get(TABLE).store().items().count(), is(1000L));
    assertThat(db.tables().get(TABLE).store().items().bytes(), is(300_000L));
    assertThat(
        client
            .getItem(
                get -> get.tableName(TABLE).key(Map.of("h", AttributeValue.fromS("100000000999"))))
            .item()
            .keySet()
            .size(),
        is(6));
    assertThat(books().itemsPut(), is(0L));
  }
}
