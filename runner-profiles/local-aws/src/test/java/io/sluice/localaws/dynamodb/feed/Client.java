/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.feed;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.core.JsonFactory;
import io.sluice.localaws.dynamodb.expiry.Sweeper;
import io.sluice.localaws.dynamodb.request.JsonTree;
import io.sluice.localaws.dynamodb.service.Operations;
import io.sluice.localaws.dynamodb.service.Reply;
import io.sluice.localaws.dynamodb.store.ChangeListener;
import io.sluice.localaws.dynamodb.stream.MovableClock;
import io.sluice.localaws.dynamodb.stream.StreamSettings;
import io.sluice.localaws.dynamodb.stream.Streams;
import io.sluice.localaws.dynamodb.stream.TableStream;
import io.sluice.localaws.dynamodb.table.Tables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sends requests in which apostrophes stand for quotes, and reads streams. */
public final class Client {

  /** Describes the key of the tables: a partition key h, and a sort key r. */
  private static final String KEY =
      "'KeySchema':[{'AttributeName':'h','KeyType':'HASH'},"
          + "{'AttributeName':'r','KeyType':'RANGE'}],"
          + "'AttributeDefinitions':[{'AttributeName':'h','AttributeType':'S'},"
          + "{'AttributeName':'r','AttributeType':'N'}],'BillingMode':'PAY_PER_REQUEST'";

  private final MovableClock clock = MovableClock.standing();
  private final Tables tables;
  private final Operations operations;

  /** Starts with no tables. */
  public Client(StreamSettings settings) {
    tables = new Tables(clock, new Streams(clock, settings));
    operations = new Operations(tables);
  }

  /** Starts with no tables, and the streams of the service. */
  public Client() {
    this(StreamSettings.SERVICE);
  }

  /** Gives the clock that everything goes by. */
  public MovableClock clock() {
    return clock;
  }

  /** Gives the tables themselves. */
  public Tables tables() {
    return tables;
  }

  /** Deletes the items that have expired, and counts them. */
  public long sweep() {
    return sweeper(clock).sweep();
  }

  /** Makes a sweeper that goes by a clock of its own. */
  public Sweeper sweeper(InstantSource other) {
    return new Sweeper(tables, other);
  }

  /** Has a listener learn of each write to a table. */
  public void listen(String table, ChangeListener listener) {
    tables.get(table).store().listen(listener);
  }

  /** Gives the stream of a table. */
  TableStream stream(String table) {
    return tables.get(table).stream().orElseThrow();
  }

  /** Creates a table with a stream, and gives the stream's ARN. */
  public String create(String table, String view) {
    Map<String, Object> answer =
        ok(
            "CreateTable",
            "{'TableName':'"
                + table
                + "','StreamSpecification':{'StreamEnabled':true,"
                + "'StreamViewType':'"
                + view
                + "'},"
                + KEY
                + "}");
    return (String) ((Map<?, ?>) answer.get("TableDescription")).get("LatestStreamArn");
  }

  /** Creates a table without a stream. */
  void create(String table) {
    ok("CreateTable", "{'TableName':'" + table + "'," + KEY + "}");
  }

  /** Puts an item with the key h and 1. */
  public void put(String table, String hash, String more) {
    ok(
        "PutItem",
        "{'TableName':'"
            + table
            + "','Item':{'h':{'S':'"
            + hash
            + "'},'r':{'N':'1'}"
            + more
            + "}}");
  }

  /** Deletes the item with the key h and 1. */
  void delete(String table, String hash) {
    ok(
        "DeleteItem",
        "{'TableName':'" + table + "','Key':{'h':{'S':'" + hash + "'},'r':{'N':'1'}}}");
  }

  /** Describes a stream. */
  Map<?, ?> describe(String arn) {
    return (Map<?, ?>) ok("DescribeStream", "{'StreamArn':'" + arn + "'}").get("StreamDescription");
  }

  /** Lists the shards of a stream, over all pages. */
  public List<Map<?, ?>> shards(String arn) {
    List<Map<?, ?>> shards = new ArrayList<>();
    String start = "";
    while (true) {
      Map<?, ?> page =
          (Map<?, ?>)
              ok("DescribeStream", "{'StreamArn':'" + arn + "','Limit':20" + start + "}")
                  .get("StreamDescription");
      for (Object shard : (List<?>) page.get("Shards")) {
        shards.add((Map<?, ?>) shard);
      }
      if (!page.containsKey("LastEvaluatedShardId")) {
        return shards;
      }
      start = ",'ExclusiveStartShardId':'" + page.get("LastEvaluatedShardId") + "'";
    }
  }

  /** Gives the ids of all shards. */
  List<String> shardIds(String arn) {
    return shards(arn).stream().map(shard -> (String) shard.get("ShardId")).toList();
  }

  /** Gets an iterator of a type that needs no sequence number. */
  public String iterator(String arn, String shard, String type) {
    return (String)
        ok(
                "GetShardIterator",
                "{'StreamArn':'"
                    + arn
                    + "','ShardId':'"
                    + shard
                    + "','ShardIteratorType':'"
                    + type
                    + "'}")
            .get("ShardIterator");
  }

  /** Gets an iterator of a type that needs a sequence number. */
  String iterator(String arn, String shard, String type, Object number) {
    return (String)
        ok(
                "GetShardIterator",
                "{'StreamArn':'"
                    + arn
                    + "','ShardId':'"
                    + shard
                    + "','ShardIteratorType':'"
                    + type
                    + "','SequenceNumber':'"
                    + number
                    + "'}")
            .get("ShardIterator");
  }

  /** Reads a page. */
  public Map<String, Object> page(String iterator) {
    return ok("GetRecords", "{'ShardIterator':'" + iterator + "'}");
  }

  /** Gives the records of a page. */
  public static List<Map<?, ?>> records(Map<String, Object> page) {
    List<Map<?, ?>> records = new ArrayList<>();
    for (Object each : (List<?>) page.get("Records")) {
      records.add((Map<?, ?>) each);
    }
    return records;
  }

  /** Gives the iterator of the next page. */
  public static Optional<String> next(Map<String, Object> page) {
    return Optional.ofNullable((String) page.get("NextShardIterator"));
  }

  /** Reads all records of all shards, in the order in which the shards are listed. */
  List<Map<?, ?>> all(String arn) {
    List<Map<?, ?>> all = new ArrayList<>();
    for (String shard : shardIds(arn)) {
      Map<String, Object> page = page(iterator(arn, shard, "TRIM_HORIZON"));
      all.addAll(records(page));
      while (!records(page).isEmpty() && next(page).isPresent()) {
        page = page(next(page).get());
        all.addAll(records(page));
      }
    }
    return all;
  }

  /** Gives the answer to a request, which must succeed. */
  public Map<String, Object> ok(String operation, String request) {
    Reply reply = send(operation, request);
    assertThat(text(reply), reply.status(), is(200));
    return tree(reply);
  }

  /** Gives the type and the message of the answer to a request, which must fail. */
  String error(String operation, String request) {
    Reply reply = send(operation, request);
    assertThat(text(reply), reply.status(), is(400));
    Map<String, Object> error = tree(reply);
    String type = (String) error.get("__type");
    return type.substring(type.indexOf('#') + 1) + ": " + error.get("message");
  }

  private Reply send(String operation, String request) {
    boolean streams =
        operation.endsWith("Stream")
            || operation.endsWith("Streams")
            || operation.equals("GetRecords")
            || operation.equals("GetShardIterator");
    return operations.answer(
        (streams ? "DynamoDBStreams_20120810." : "DynamoDB_20120810.") + operation,
        request.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
        "eu-west-1");
  }

  private static Map<String, Object> tree(Reply reply) {
    try {
      return JsonTree.read(new JsonFactory().createParser(reply.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Reply reply) {
    return new String(reply.body(), StandardCharsets.UTF_8);
  }
}
