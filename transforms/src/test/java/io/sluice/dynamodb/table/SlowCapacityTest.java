/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.table;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.capacity.Throttle;
import io.sluice.testing.ScriptedDynamoDb;
import io.sluice.testing.ScriptedDynamoDb.Answer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A table that takes a while to be changed, and whose tags appear late. */
@Timeout(60)
class SlowCapacityTest {
  private static final Instant NOW = Instant.parse("2026-11-30T20:44:46Z");
  private static final Answer DONE = Answer.of("{}");
  private static final Answer NO_TAGS = Answer.of("{\"Tags\":[]}");
  private static final Answer MARKED =
      Answer.of(
          """
          {"Tags":[{"Key":"sluice:write-capacity-before","Value":\
          "words=4 run=a renewed=2026-11-30T20:44:46Z mode=provisioned table=5:50"}]}""");

  private final ScriptedDynamoDb db = ScriptedDynamoDb.start();
  private final DynamoDbClient client =
      DynamoDbClient.builder()
          .endpointOverride(db.endpoint())
          .region(Region.US_EAST_1)
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
          .httpClientBuilder(ApacheHttpClient.builder())
          .build();
  private final List<String> told = new ArrayList<>();
  private final RaiseCapacity run =
      new RaiseCapacity("trips", client, "a", InstantSource.fixed(NOW), told::add);

  private static Answer table(long writes, String status, String indexStatus) {
    return table(writes, status, indexStatus, "");
  }

  private static Answer table(long writes, String status, String indexStatus, String more) {
    return Answer.of(
        """
        {"Table":{"TableName":"trips","TableArn":"arn:aws:dynamodb:us-east-1:1:table/trips",\
        "TableStatus":"%s","ProvisionedThroughput":{"ReadCapacityUnits":2,\
        "WriteCapacityUnits":%d},"GlobalSecondaryIndexes":[{"IndexName":"by-day",\
        "IndexStatus":"%s","ProvisionedThroughput":{"ReadCapacityUnits":2,\
        "WriteCapacityUnits":900}}]%s}}"""
            .formatted(status, writes, indexStatus, more));
  }

  @BeforeEach
  void answer() {
    db.answer("UpdateTable", List.of(DONE));
    db.answer("TagResource", List.of(DONE));
    db.answer("UntagResource", List.of(DONE));
  }

  @AfterEach
  void close() {
    client.close();
    db.close();
  }

  @Test
  void itIsWaitedForTheTagAndTheTableAndItsIndexes() {
    db.answer("ListTagsOfResource", List.of(NO_TAGS, NO_TAGS, MARKED));
    db.answer(
        "DescribeTable",
        List.of(
            table(5, "ACTIVE", "ACTIVE"),
            table(5, "ACTIVE", "ACTIVE"),
            table(5, "ACTIVE", "ACTIVE"),
            table(5, "UPDATING", "ACTIVE"),
            table(50, "ACTIVE", "UPDATING"),
            table(50, "ACTIVE", "ACTIVE")));
    RaisedCapacity raised = run.raise(Map.of(Throttle.TABLE, 50L)).orElseThrow();
    assertThat(db.asked("ListTagsOfResource"), is(3L));
    assertThat(db.asked("DescribeTable"), is(6L));
    assertThat(db.asked("UpdateTable"), is(1L));
    db.answer(
        "DescribeTable",
        List.of(
            table(50, "ACTIVE", "ACTIVE"),
            table(50, "UPDATING", "ACTIVE"),
            table(5, "ACTIVE", "ACTIVE")));
    raised.putBack();
    assertThat(db.asked("DescribeTable"), is(9L));
    assertThat(db.asked("UpdateTable"), is(2L));
    assertThat(db.asked("UntagResource"), is(1L));
  }

  /** Another run has raised it between the description and the tag. */
  @Test
  void whatIsChangedInTheMomentOfTheTagIsLeft() {
    db.answer("ListTagsOfResource", List.of(NO_TAGS, MARKED));
    db.answer(
        "DescribeTable",
        List.of(
            table(5, "ACTIVE", "ACTIVE"),
            table(5, "ACTIVE", "ACTIVE"),
            table(50, "ACTIVE", "ACTIVE")));
    assertThat(
        assertThrows(RaiseRefusedException.class, () -> run.raise(Map.of(Throttle.TABLE, 50L)))
            .getMessage(),
        containsString("was changed by somebody else just now"));
    assertThat(db.asked("UpdateTable"), is(0L));
    assertThat(db.asked("UntagResource"), is(1L));
  }

  @Test
  void aTableWithReplicasIsRefused() {
    db.answer("ListTagsOfResource", List.of(NO_TAGS));
    db.answer(
        "DescribeTable",
        List.of(table(5, "ACTIVE", "ACTIVE", ",\"Replicas\":[{\"RegionName\":\"eu-west-1\"}]")));
    assertThat(
        assertThrows(RaiseRefusedException.class, () -> run.raise(Map.of(Throttle.TABLE, 50L)))
            .getMessage(),
        containsString("has replicas"));
    assertThat(db.asked("TagResource"), is(0L));
  }
}
