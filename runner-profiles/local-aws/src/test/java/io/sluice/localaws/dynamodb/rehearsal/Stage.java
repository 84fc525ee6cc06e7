/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.rehearsal;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.localaws.dynamodb.book.Bookkeeper;
import io.sluice.localaws.dynamodb.book.Books;
import io.sluice.localaws.dynamodb.book.TableBooks;
import io.sluice.localaws.dynamodb.fault.Faults;
import io.sluice.localaws.dynamodb.service.Operations;
import io.sluice.localaws.dynamodb.service.Outcome;
import io.sluice.localaws.dynamodb.service.Reply;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.table.Tables;
import io.sluice.localaws.dynamodb.throttle.CapacitySettings;
import io.sluice.localaws.dynamodb.throttle.Throttle;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** Plays with a table tab by a clock of its own; apostrophes stand for quotes. */
final class Stage {

  private static final String KEY =
      "'TableName':'tab','KeySchema':[{'AttributeName':'h','KeyType':'HASH'}],"
          + "'AttributeDefinitions':[{'AttributeName':'h','AttributeType':'S'}";

  final Rehearsal rehearsal;
  private final Tables tables;
  private Instant now = Instant.ofEpochSecond(1_700_000_000);

  private Stage(CapacitySettings capacity) {
    tables = new Tables(() -> now);
    rehearsal =
        new Rehearsal(
            new Operations(tables),
            new Throttle(capacity, () -> now),
            new Faults(42),
            new Bookkeeper(() -> now));
    tables.listen(rehearsal::add);
  }

  /** Starts with an on-demand table that has no limits. */
  static Stage unlimited() {
    Stage stage = new Stage(CapacitySettings.OFF);
    stage.ok("CreateTable", "{" + KEY + "],'BillingMode':'PAY_PER_REQUEST'}");
    return stage;
  }

  /** Starts with an on-demand table; {@code more} members begin with a comma. */
  static Stage onDemand(CapacitySettings capacity, String more) {
    Stage stage = new Stage(capacity);
    stage.ok("CreateTable", "{" + KEY + "],'BillingMode':'PAY_PER_REQUEST'" + more + "}");
    return stage;
  }

  /** Starts with a provisioned table. */
  static Stage provisioned(int read, int write) {
    Stage stage = new Stage(CapacitySettings.ENFORCED);
    stage.ok("CreateTable", "{" + KEY + "]," + throughput(read, write) + "}");
    return stage;
  }

  /** Starts with a provisioned table and a global index byG by the attribute g. */
  static Stage indexed(int write, int indexWrite) {
    Stage stage = new Stage(CapacitySettings.ENFORCED);
    stage.ok(
        "CreateTable",
        "{"
            + KEY
            + ",{'AttributeName':'g','AttributeType':'S'}],"
            + throughput(10, write)
            + ",'GlobalSecondaryIndexes':[{'IndexName':'byG','KeySchema':["
            + "{'AttributeName':'g','KeyType':'HASH'}],'Projection':{'ProjectionType':'ALL'},"
            + throughput(10, indexWrite)
            + "}]}");
    return stage;
  }

  static String throughput(int read, int write) {
    return "'ProvisionedThroughput':{'ReadCapacityUnits':"
        + read
        + ",'WriteCapacityUnits':"
        + write
        + "}";
  }

  /** Moves the clock. */
  Stage after(Duration time) {
    now = now.plus(time);
    return this;
  }

  Outcome respond(String operation, String request) {
    return rehearsal.respond(
        "DynamoDB_20120810." + operation,
        request.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
        "eu-west-1");
  }

  /** Gives the answer to a request, which must succeed. */
  String ok(String operation, String request) {
    Reply reply = respond(operation, request).reply();
    assertThat(text(reply), reply.status(), is(200));
    return text(reply);
  }

  static String text(Reply reply) {
    return new String(reply.body(), StandardCharsets.UTF_8).replace('"', '\'');
  }

  /** Puts an item of so many bytes, at least 2 more than its key has; gives the answer. */
  String put(String key, int bytes) {
    return text(
        respond(
                "PutItem",
                "{'TableName':'tab','Item':{'h':{'S':'"
                    + key
                    + "'},'x':{'S':'"
                    + "x".repeat(bytes - 2 - key.length())
                    + "'}}}")
            .reply());
  }

  /** Puts so many items of a unit each, and gives how many were taken. */
  int putMany(int count) {
    int taken = 0;
    for (int i = 0; i < count; i++) {
      taken += put("many" + i, 100).equals("{}") ? 1 : 0;
    }
    return taken;
  }

  /** Gives what a batch of so many puts answers. */
  Reply batch(int size) {
    StringBuilder puts = new StringBuilder();
    for (int i = 0; i < size; i++) {
      puts.append(i == 0 ? "" : ",").append("{'PutRequest':{'Item':{'h':{'S':'b" + i + "'}}}}");
    }
    return respond("BatchWriteItem", "{'RequestItems':{'tab':[" + puts + "]}}").reply();
  }

  long items() {
    return table().store().items().count();
  }

  Table table() {
    return tables.get("tab");
  }

  Books books() {
    return rehearsal.books().books();
  }

  TableBooks tableBooks() {
    return books().table("tab");
  }
}
