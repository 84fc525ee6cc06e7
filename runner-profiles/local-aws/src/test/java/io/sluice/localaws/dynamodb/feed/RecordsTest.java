/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.feed;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import io.sluice.localaws.dynamodb.stream.StreamSettings;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Reads what writes leave in streams. */
class RecordsTest {

  private final Client client = new Client();

  private static Map<?, ?> dynamodb(Map<?, ?> record) {
    return (Map<?, ?>) record.get("dynamodb");
  }

  @Test
  void recordsWritesInTheServicesForm() {
    String arn = client.create("t1t", "NEW_AND_OLD_IMAGES");
    client.put("t1t", "a", ",'v':{'N':'1'}");
    client.ok(
        "UpdateItem",
        "{'TableName':'t1t','Key':{'h':{'S':'a'},'r':{'N':'1'}},"
            + "'UpdateExpression':'SET v = :v','ExpressionAttributeValues':{':v':{'N':'2'}}}");
    client.clock().move(Duration.ofMillis(1999));
    client.delete("t1t", "a");
    List<Map<?, ?>> records = client.all(arn);
    assertThat(
        records.stream().map(record -> record.get("eventName")).toList(),
        is(List.of("INSERT", "MODIFY", "REMOVE")));
    Map<?, ?> modify = records.get(1);
    assertThat((String) modify.get("eventID"), matchesPattern("[0-9a-f]{32}"));
    assertThat(modify.get("eventVersion"), is("1.1"));
    assertThat(modify.get("eventSource"), is("aws:dynamodb"));
    assertThat(modify.get("awsRegion"), is("eu-west-1"));
    assertThat(modify.containsKey("userIdentity"), is(false));
    Map<?, ?> change = dynamodb(modify);
    Map<String, ?> hash = Map.of("S", "a");
    Map<String, ?> range = Map.of("N", "1");
    assertThat(change.get("Keys"), is(Map.of("h", hash, "r", range)));
    assertThat(change.get("OldImage"), is(Map.of("h", hash, "r", range, "v", Map.of("N", "1"))));
    assertThat(change.get("NewImage"), is(Map.of("h", hash, "r", range, "v", Map.of("N", "2"))));
    assertThat(change.get("SizeBytes"), is(new BigDecimal(5 + 8 + 8)));
    assertThat(change.get("StreamViewType"), is("NEW_AND_OLD_IMAGES"));
    assertThat(change.get("ApproximateCreationDateTime"), is(new BigDecimal(1_700_000_000)));
    assertThat(
        dynamodb(records.get(2)).get("ApproximateCreationDateTime"),
        is(new BigDecimal(1_700_000_001)));
  }

  @Test
  void givesEachRecordALargerNumberAndAnIdOfItsOwn() {
    String arn = client.create("t1t", "KEYS_ONLY");
    for (int i = 0; i < 5; i++) {
      client.put("t1t", "k" + i, "");
    }
    List<Map<?, ?>> records = client.all(arn);
    List<String> numbers =
        records.stream().map(record -> (String) dynamodb(record).get("SequenceNumber")).toList();
    numbers.forEach(number -> assertThat(number, matchesPattern("[1-9][0-9]{20}")));
    assertThat(numbers, is(numbers.stream().sorted().distinct().toList()));
    assertThat(
        records.stream().map(record -> record.get("eventID")).distinct().toList(), hasSize(5));
    assertThat(client.all(arn), is(records));
  }

  @Test
  void recordsNothingThatChangesNothing() {
    String arn = client.create("t1t", "NEW_AND_OLD_IMAGES");
    client.put("t1t", "a", ",'s':{'NS':['1','2.0']}");
    client.put("t1t", "a", ",'s':{'NS':['2','1']}");
    client.delete("t1t", "none");
    client.ok(
        "UpdateItem",
        "{'TableName':'t1t','Key':{'h':{'S':'a'},'r':{'N':'1'}},"
            + "'UpdateExpression':'REMOVE unknown1'}");
    assertThat(client.all(arn), hasSize(1));
  }

  @Test
  void recordsBatches() {
    String arn = client.create("t1t", "NEW_IMAGE");
    client.ok(
        "BatchWriteItem",
        "{'RequestItems':{'t1t':[{'PutRequest':{'Item':{'h':{'S':'a'},'r':{'N':'1'}}}},"
            + "{'DeleteRequest':{'Key':{'h':{'S':'b'},'r':{'N':'1'}}}}]}}");
    assertThat(client.all(arn), hasSize(1));
  }

  @Test
  void limitsPagesByRecordsAndBytes() {
    String arn = client.create("t1t", "NEW_IMAGE");
    String large = ",'v':{'S':'" + "x".repeat(300_000) + "'}";
    for (int i = 0; i < 5; i++) {
      client.put("t1t", "k" + i, large);
    }
    String iterator = client.iterator(arn, client.shardIds(arn).get(0), "TRIM_HORIZON");
    Map<String, Object> page = client.page(iterator);
    assertThat(Client.records(page), hasSize(3));
    assertThat(Client.records(client.page(Client.next(page).orElseThrow())), hasSize(2));
    Map<String, Object> two =
        client.ok("GetRecords", "{'ShardIterator':'" + iterator + "','Limit':2}");
    assertThat(Client.records(two), hasSize(2));
  }

  @Test
  void startsWhereTheTypeOfTheIteratorSays() {
    String arn = client.create("t1t", "KEYS_ONLY");
    for (int i = 0; i < 4; i++) {
      client.put("t1t", "k" + i, "");
    }
    List<Map<?, ?>> all = client.all(arn);
    String shard = client.shardIds(arn).get(0);
    Object second = dynamodb(all.get(1)).get("SequenceNumber");
    assertThat(
        Client.records(client.page(client.iterator(arn, shard, "AT_SEQUENCE_NUMBER", second))),
        is(all.subList(1, 4)));
    assertThat(
        Client.records(client.page(client.iterator(arn, shard, "AFTER_SEQUENCE_NUMBER", second))),
        is(all.subList(2, 4)));
    String latest = client.iterator(arn, shard, "LATEST");
    assertThat(Client.records(client.page(latest)), is(empty()));
    client.put("t1t", "k4", "");
    assertThat(Client.records(client.page(latest)), hasSize(1));
  }

  @Test
  void startsAtTheFirstNumberOfAShard() {
    String arn = client.create("t1t", "KEYS_ONLY");
    Map<?, ?> shard = client.shards(arn).get(0);
    Object start = ((Map<?, ?>) shard.get("SequenceNumberRange")).get("StartingSequenceNumber");
    String iterator =
        client.iterator(arn, (String) shard.get("ShardId"), "AT_SEQUENCE_NUMBER", start);
    client.put("t1t", "a", "");
    assertThat(Client.records(client.page(iterator)), hasSize(1));
  }

  @Test
  void hasEmptyPagesIfAsked() {
    Client sparse = new Client(StreamSettings.SERVICE.withEmptyPages(0.5).withSeed(7));
    String arn = sparse.create("t1t", "KEYS_ONLY");
    for (int i = 0; i < 100; i++) {
      sparse.put("t1t", "k" + i, "");
    }
    String shard = sparse.shardIds(arn).get(0);
    sparse.stream("t1t").split(shard);
    Optional<String> iterator = Optional.of(sparse.iterator(arn, shard, "TRIM_HORIZON"));
    int records = 0;
    int empty = 0;
    while (iterator.isPresent()) {
      Map<String, Object> page =
          sparse.ok("GetRecords", "{'ShardIterator':'" + iterator.get() + "','Limit':1}");
      records += Client.records(page).size();
      empty += Client.records(page).isEmpty() ? 1 : 0;
      iterator = Client.next(page);
    }
    assertThat(records, is(100));
    assertThat(empty, is(not(lessThan(50))));
  }
}
