/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.service;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.core.JsonFactory;
import io.sluice.localaws.dynamodb.request.JsonTree;
import io.sluice.localaws.dynamodb.table.Tables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Sends requests in which apostrophes stand for quotes, and gives answers that have them, too. */
final class Service {

  /** Describes a table with the partition key h. */
  static final String HASH_ONLY =
      "'KeySchema':[{'AttributeName':'h','KeyType':'HASH'}],"
          + "'AttributeDefinitions':[{'AttributeName':'h','AttributeType':'S'}]";

  /** Describes a table with the key h and r, a local index by l and a global one by g. */
  static final String INDEXED =
      "'KeySchema':[{'AttributeName':'h','KeyType':'HASH'},"
          + "{'AttributeName':'r','KeyType':'RANGE'}],"
          + "'AttributeDefinitions':[{'AttributeName':'h','AttributeType':'S'},"
          + "{'AttributeName':'r','AttributeType':'N'},{'AttributeName':'l','AttributeType':'S'},"
          + "{'AttributeName':'g','AttributeType':'S'}],"
          + "'LocalSecondaryIndexes':[{'IndexName':'local','KeySchema':["
          + "{'AttributeName':'h','KeyType':'HASH'},{'AttributeName':'l','KeyType':'RANGE'}],"
          + "'Projection':{'ProjectionType':'KEYS_ONLY'}}],"
          + "'GlobalSecondaryIndexes':[{'IndexName':'global','KeySchema':["
          + "{'AttributeName':'g','KeyType':'HASH'}],"
          + "'Projection':{'ProjectionType':'INCLUDE','NonKeyAttributes':['p']}}]";

  private static final String REGION = "eu-west-1";

  private volatile Instant now = Instant.ofEpochSecond(1_700_000_000);
  private final Operations operations = new Operations(new Tables(() -> now));

  /** Starts with a table. */
  static Service with(String name, String description) {
    return new Service().and(name, description);
  }

  /** Starts without tables. */
  static Service empty() {
    return new Service();
  }

  /** Lets time pass. */
  void pass(Duration time) {
    now = now.plus(time);
  }

  /** Creates one more table. */
  Service and(String name, String description) {
    ok(
        "CreateTable",
        "{'TableName':'" + name + "','BillingMode':'PAY_PER_REQUEST'," + description + "}");
    return this;
  }

  /** Gives the answer to a request, which must succeed. */
  String ok(String operation, String request) {
    Reply reply = send(operation, request);
    String body = text(reply);
    assertThat(body, reply.status(), is(200));
    return body;
  }

  /** Gives the type and the message of the answer to a request, which must fail. */
  String error(String operation, String request) {
    return error(operation, request, REGION);
  }

  /** Gives the type and the message of the answer in a region, which must be an error. */
  String error(String operation, String request, String region) {
    Reply reply = send(operation, request, region);
    assertThat(text(reply), reply.status(), is(400));
    try {
      Map<String, Object> error = JsonTree.read(new JsonFactory().createParser(reply.body()));
      String type = (String) error.get("__type");
      Object message = error.getOrDefault("message", error.get("Message"));
      return type.substring(type.indexOf('#') + 1) + ": " + message;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Reply send(String operation, String request) {
    return send(operation, request, REGION);
  }

  private Reply send(String operation, String request, String region) {
    return operations.answer(
        "DynamoDB_20120810." + operation,
        request.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
        region);
  }

  static String text(Reply reply) {
    return new String(reply.body(), StandardCharsets.UTF_8).replace('"', '\'');
  }
}
