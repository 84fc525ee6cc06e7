/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.feed;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;

import io.sluice.localaws.dynamodb.stream.StreamSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Lists the shards of streams, closes them, and has them trimmed. */
class ShardsTest {

  private static final Duration DAY = Duration.ofHours(24);

  private static Object range(Map<?, ?> shard, String name) {
    return ((Map<?, ?>) shard.get("SequenceNumberRange")).get(name);
  }

  @Test
  void beginsWithAsManyShardsAsAsked() {
    Client client = new Client(StreamSettings.SERVICE.withShards(7));
    String arn = client.create("t1t", "KEYS_ONLY");
    List<String> ids = client.shardIds(arn);
    assertThat(ids, hasSize(7));
    ids.forEach(
        id -> assertThat(id, matchesPattern("shardId-00000001700000000\\d{3}-[0-9a-f]{8}")));
    assertThat(ids, is(ids.stream().sorted().distinct().toList()));
    for (int i = 0; i < 100; i++) {
      client.put("t1t", "k" + i, "");
    }
    long used =
        ids.stream()
            .filter(
                id ->
                    !Client.records(client.page(client.iterator(arn, id, "TRIM_HORIZON")))
                        .isEmpty())
            .count();
    assertThat(used, is(7L));
    assertThat(client.all(arn), hasSize(100));
  }

  @Test
  void rollsOverAfterTheLifeOfAShard() {
    Client client = new Client();
    String arn = client.create("t1t", "KEYS_ONLY");
    client.put("t1t", "a", "");
    client.clock().move(Duration.ofHours(4));
    client.put("t1t", "b", "");
    List<Map<?, ?>> shards = client.shards(arn);
    assertThat(shards, hasSize(2));
    assertThat(shards.get(1).get("ParentShardId"), is(shards.get(0).get("ShardId")));
    assertThat(shards.get(0).containsKey("ParentShardId"), is(false));
    Object last = ((Map<?, ?>) client.all(arn).get(0).get("dynamodb")).get("SequenceNumber");
    assertThat(range(shards.get(0), "EndingSequenceNumber"), is(last));
    assertThat(Objects.isNull(range(shards.get(1), "EndingSequenceNumber")), is(true));
    String closed = (String) shards.get(0).get("ShardId");
    Map<String, Object> page = client.page(client.iterator(arn, closed, "TRIM_HORIZON"));
    assertThat(Client.records(page), hasSize(1));
    assertThat(Client.next(page), is(Optional.empty()));
    Map<String, Object> end = client.page(client.iterator(arn, closed, "LATEST"));
    assertThat(Client.next(end), is(Optional.empty()));
    assertThat(client.all(arn), hasSize(2));
  }

  @Test
  void splitsAShardIntoTwo() {
    Client client = new Client();
    String arn = client.create("t1t", "KEYS_ONLY");
    String parent = client.shardIds(arn).get(0);
    assertThat(client.stream("t1t").split(parent), is(true));
    assertThat(client.stream("t1t").split(parent), is(false));
    for (int i = 0; i < 50; i++) {
      client.put("t1t", "k" + i, "");
    }
    List<Map<?, ?>> children = client.shards(arn).subList(1, 3);
    for (Map<?, ?> child : children) {
      assertThat(child.get("ParentShardId"), is(parent));
      String id = (String) child.get("ShardId");
      assertThat(
          Client.records(client.page(client.iterator(arn, id, "TRIM_HORIZON"))).isEmpty(),
          is(false));
    }
    assertThat(client.all(arn), hasSize(50));
  }

  @Test
  void splitsAfterANumberOfRecords() {
    Client client = new Client(StreamSettings.SERVICE.withSplitAfter(10));
    String arn = client.create("t1t", "KEYS_ONLY");
    for (int i = 0; i < 10; i++) {
      client.put("t1t", "k" + i, "");
    }
    assertThat(client.shards(arn), hasSize(3));
  }

  @Test
  void listsTheChildrenOfAShard() {
    Client client = new Client();
    String arn = client.create("t1t", "KEYS_ONLY");
    String first = client.shardIds(arn).get(0);
    client.stream("t1t").split(first);
    String second = client.shardIds(arn).get(1);
    client.stream("t1t").split(second);
    Map<?, ?> children =
        (Map<?, ?>)
            client
                .ok(
                    "DescribeStream",
                    "{'StreamArn':'"
                        + arn
                        + "','ShardFilter':{'Type':'CHILD_SHARDS','ShardId':'"
                        + second
                        + "'}}")
                .get("StreamDescription");
    assertThat(
        ((List<?>) children.get("Shards"))
            .stream().map(shard -> ((Map<?, ?>) shard).get("ShardId")).toList(),
        is(client.shardIds(arn).subList(3, 5)));
  }

  @Test
  void listsNoShardsAfterTheLast() {
    Client client = new Client();
    String arn = client.create("t1t", "KEYS_ONLY");
    Map<?, ?> page =
        (Map<?, ?>)
            client
                .ok(
                    "DescribeStream",
                    "{'StreamArn':'" + arn + "','ExclusiveStartShardId':'" + "z".repeat(30) + "'}")
                .get("StreamDescription");
    assertThat((List<?>) page.get("Shards"), is(empty()));
  }

  @Test
  void trimsRecordsAndShardsAfterADay() {
    Client client = new Client();
    String arn = client.create("t1t", "KEYS_ONLY");
    client.put("t1t", "a", "");
    String shard = client.shardIds(arn).get(0);
    Object number = ((Map<?, ?>) client.all(arn).get(0).get("dynamodb")).get("SequenceNumber");
    client.clock().move(DAY.minusMinutes(1));
    String iterator = client.iterator(arn, shard, "TRIM_HORIZON");
    client.clock().move(Duration.ofMinutes(1));
    assertThat(
        client.error("GetRecords", "{'ShardIterator':'" + iterator + "'}"),
        is("TrimmedDataAccessException: The data you are trying to access has been trimmed."));
    assertThat(
        client.error(
            "GetShardIterator",
            "{'StreamArn':'"
                + arn
                + "','ShardId':'"
                + shard
                + "','ShardIteratorType':'AT_SEQUENCE_NUMBER','SequenceNumber':'"
                + number
                + "'}"),
        is("TrimmedDataAccessException: The data you are trying to access has been trimmed."));
    assertThat(client.all(arn), is(empty()));
    assertThat(client.shardIds(arn).get(0), is(shard));
    client.clock().move(DAY);
    assertThat(client.shardIds(arn).contains(shard), is(false));
    assertThat(
        client.error(
            "GetShardIterator",
            "{'StreamArn':'" + arn + "','ShardId':'" + shard + "','ShardIteratorType':'LATEST'}"),
        is("ResourceNotFoundException: Requested resource not found: Shard does not exist"));
  }

  @Test
  void trimsTheOldestRecordsThatTakeTooMuchMemory() {
    Client client = new Client(StreamSettings.SERVICE.withShards(3).withMaxBytes(20_000));
    String arn = client.create("t1t", "NEW_IMAGE");
    for (int i = 0; i < 100; i++) {
      client.put("t1t", "k" + i, ",'v':{'S':'" + "x".repeat(900) + "'}");
    }
    List<Object> kept =
        client.all(arn).stream()
            .map(record -> (Map<?, ?>) record.get("dynamodb"))
            .map(record -> (Map<?, ?>) ((Map<?, ?>) record.get("Keys")).get("h"))
            .<Object>map(hash -> hash.get("S"))
            .sorted()
            .toList();
    // A record takes 900 bytes for the text, and less than 300 for the rest.
    assertThat(kept.size(), is(both(greaterThan(15)).and(lessThan(22))));
    assertThat(kept.get(0), is("k" + (100 - kept.size())));
  }

  @Test
  void leavesSmallStreamsAloneWhenALargeOneTakesTooMuchMemory() {
    Client client = new Client(StreamSettings.SERVICE.withMaxBytes(20_000));
    String small = client.create("small", "NEW_IMAGE");
    String large = client.create("large", "NEW_IMAGE");
    for (int i = 0; i < 5; i++) {
      client.put("small", "k" + i, "");
    }
    for (int i = 0; i < 100; i++) {
      client.put("large", "k" + i, ",'v':{'S':'" + "x".repeat(900) + "'}");
    }
    assertThat(client.all(small), hasSize(5));
    assertThat(client.all(large).size(), is(both(greaterThan(12)).and(lessThan(22))));
    client.ok("DeleteTable", "{'TableName':'large'}");
    client.clock().move(DAY);
    client.create("other", "NEW_IMAGE");
    for (int i = 0; i < 15; i++) {
      client.put("other", "k" + i, ",'v':{'S':'" + "x".repeat(900) + "'}");
    }
    assertThat(client.all(client.stream("other").arn()), hasSize(15));
  }
}
