/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.feed;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Refuses requests of DynamoDB Streams as the service does. */
class StreamErrorsTest {

  private static final String DETECTED = "ValidationException: 1 validation error detected: ";

  private final Client client = new Client();
  private String arn;
  private String shard;

  @BeforeEach
  void create() {
    arn = client.create("t1t", "KEYS_ONLY");
    shard = client.shardIds(arn).get(0);
  }

  private String iteratorError(String more) {
    return client.error(
        "GetShardIterator", "{'StreamArn':'" + arn + "','ShardId':'" + shard + "'," + more + "}");
  }

  @Test
  void refusesWhatIsOutOfBounds() {
    assertThat(
        client.error("DescribeStream", "{'StreamArn':'short'}"),
        is(
            DETECTED
                + "Value 'short' at 'streamArn' failed to satisfy constraint: Member must have "
                + "length greater than or equal to 37"));
    assertThat(
        client.error("ListStreams", "{'Limit':101}"),
        is(
            DETECTED
                + "Value '101' at 'limit' failed to satisfy constraint: Member must have value "
                + "less than or equal to 100"));
    assertThat(
        client.error("GetRecords", "{'ShardIterator':'x','Limit':1001}"),
        is(
            DETECTED
                + "Value '1001' at 'limit' failed to satisfy constraint: Member must have value "
                + "less than or equal to 1000"));
    assertThat(
        client.error("GetRecords", "{}"),
        is(
            DETECTED
                + "Value null at 'shardIterator' failed to satisfy constraint: Member must not be "
                + "null"));
    assertThat(
        iteratorError("'ShardIteratorType':'AT_TIMESTAMP'"),
        is(
            DETECTED
                + "Value 'AT_TIMESTAMP' at 'shardIteratorType' failed to satisfy constraint: "
                + "Member must satisfy enum value set: [AFTER_SEQUENCE_NUMBER, LATEST, "
                + "AT_SEQUENCE_NUMBER, TRIM_HORIZON]"));
  }

  @Test
  void refusesSequenceNumbersThatTheTypeOrTheShardDoesNotHave() {
    String number = "'SequenceNumber':'100000000000000000001'";
    assertThat(
        iteratorError("'ShardIteratorType':'AT_SEQUENCE_NUMBER'"),
        startsWith("ValidationException: "));
    assertThat(
        iteratorError("'ShardIteratorType':'LATEST'," + number),
        startsWith("ValidationException: "));
    assertThat(
        iteratorError("'ShardIteratorType':'AT_SEQUENCE_NUMBER'," + number),
        is("ValidationException: Invalid SequenceNumber"));
    assertThat(
        iteratorError(
            "'ShardIteratorType':'AT_SEQUENCE_NUMBER','SequenceNumber':'" + "x".repeat(21) + "'"),
        is("ValidationException: Invalid SequenceNumber"));
  }

  @Test
  void refusesWhatIsNotThere() {
    String other = arn.replace("t1t", "other");
    assertThat(
        client.error("DescribeStream", "{'StreamArn':'" + other + "'}"),
        is(
            "ResourceNotFoundException: Requested resource not found: Stream: "
                + other
                + " not found"));
    assertThat(
        client.error("DescribeStream", "{'StreamArn':'" + "x".repeat(40) + "'}"),
        startsWith("ValidationException: "));
    assertThat(
        client.error(
            "GetShardIterator",
            "{'StreamArn':'"
                + arn
                + "','ShardId':'"
                + "x".repeat(30)
                + "','ShardIteratorType':'LATEST'}"),
        is("ResourceNotFoundException: Requested resource not found: Shard does not exist"));
    assertThat(
        client.error("GetRecords", "{'ShardIterator':'" + "x".repeat(50) + "'}"),
        is("ValidationException: Invalid ShardIterator"));
  }

  @Test
  void refusesIteratorsAfterAQuarterOfAnHour() {
    String iterator = client.iterator(arn, shard, "TRIM_HORIZON");
    client.clock().move(Duration.ofMinutes(15).minusMillis(1));
    String next = Client.next(client.page(iterator)).orElseThrow();
    client.clock().move(Duration.ofMillis(1));
    assertThat(
        client.error("GetRecords", "{'ShardIterator':'" + iterator + "'}"),
        is("ExpiredIteratorException: The provided iterator exceeds the maximum age allowed."));
    client.page(next);
  }
}
