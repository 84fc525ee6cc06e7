/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.item.json.ItemJson;
import io.sluice.localaws.dynamodb.service.BucketSettings;
import io.sluice.localaws.dynamodb.service.Operations;
import io.sluice.localaws.dynamodb.service.Reply;
import io.sluice.localaws.dynamodb.table.Tables;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The DynamoDB of the tests within this JVM, with a table {@code trips} and a clock that stands
 * still until it is told to go on: exports of changes are of fifteen minutes at least. What it
 * exports is in folders below {@code bucket}.
 */
public final class RecoverableTable {
  public static final Duration SHORTEST = Duration.ofMinutes(15);
  public static final String ARN = "arn:aws:dynamodb:eu-west-1:000000000000:table/trips";

  private final Path root;
  private final Queue<Runnable> jobs = new ArrayDeque<>();
  private Instant now = Instant.parse("2026-01-31T23:26:00.678Z");
  private final Operations operations;

  /** Creates the table with the key {@code pk}, an S. */
  public RecoverableTable(Path root) {
    this(
        root,
        "'KeySchema':[{'AttributeName':'pk','KeyType':'HASH'}],"
            + "'AttributeDefinitions':[{'AttributeName':'pk','AttributeType':'S'}]");
  }

  private RecoverableTable(Path root, String key) {
    this.root = root;
    this.operations =
        new Operations(
            new Tables(() -> now),
            new BucketSettings(
                new DiskBuckets(root), () -> now, jobs::add, BucketSettings.EXPORT_FILES));
    ok("CreateTable", "{'TableName':'trips'," + key + ",'BillingMode':'PAY_PER_REQUEST'}");
    ok(
        "UpdateContinuousBackups",
        "{'TableName':'trips','PointInTimeRecoverySpecification':"
            + "{'PointInTimeRecoveryEnabled':true}}");
  }

  /** Creates the table with the keys {@code z}, an N, and {@code a}, an S. */
  public static RecoverableTable withSortKey(Path root) {
    return new RecoverableTable(
        root,
        "'KeySchema':[{'AttributeName':'z','KeyType':'HASH'},{'AttributeName':'a','KeyType':'RANGE'}],"
            + "'AttributeDefinitions':[{'AttributeName':'z','AttributeType':'N'},"
            + "{'AttributeName':'a','AttributeType':'S'}]");
  }

  public Instant now() {
    return now;
  }

  public void passes(Duration time) {
    now = now.plus(time);
  }

  private String ok(String operation, String request) {
    return send(operation, request.replace('\'', '"'));
  }

  private String send(String operation, String json) {
    Reply reply =
        operations.answer("DynamoDB_20120810." + operation, json.getBytes(UTF_8), "eu-west-1");
    String body = new String(reply.body(), UTF_8);
    if (reply.status() != 200) {
      throw new AssertionError(body);
    }
    return body;
  }

  public void put(String item) {
    ok("PutItem", "{'TableName':'trips','Item':" + item + "}");
  }

  public void put(Map<String, AttributeValue> item) {
    send("PutItem", "{\"TableName\":\"trips\",\"Item\":" + ItemJson.toJson(item) + "}");
  }

  public void delete(String key) {
    ok("DeleteItem", "{'TableName':'trips','Key':" + key + "}");
  }

  /** Exports the changes between two times, and returns the folder of the export. */
  public Path export(Instant from, Instant to, String format, String view) {
    return exported(
        ("'ExportType':'INCREMENTAL_EXPORT','ExportFormat':'%s','IncrementalExportSpecification':"
                + "{'ExportFromTime':%s,'ExportToTime':%s,'ExportViewType':'%s'}")
            .formatted(format, seconds(from), seconds(to), view));
  }

  /** Exports the items as they are now, and returns the folder of the export. */
  public Path export(String format) {
    return exported("'ExportFormat':'%s','ExportTime':%s".formatted(format, seconds(now)));
  }

  private Path exported(String what) {
    String answer =
        ok(
            "ExportTableToPointInTime",
            "{'TableArn':'%s','S3Bucket':'bucket','S3Prefix':'exports',%s}".formatted(ARN, what));
    while (!jobs.isEmpty()) {
      jobs.remove().run();
    }
    String arn = answer.replaceFirst("(?s).*\"ExportArn\":\"([^\"]*)\".*", "$1");
    String done = ok("DescribeExport", "{'ExportArn':'" + arn + "'}");
    if (!done.contains("\"COMPLETED\"")) {
      throw new AssertionError(done);
    }
    String id = answer.replaceFirst("(?s).*\"ExportArn\":\"[^\"]*/export/([^\"]*)\".*", "$1");
    return exports().resolve("AWSDynamoDB").resolve(id);
  }

  /** Returns the prefix of all exports. */
  public Path exports() {
    return root.resolve("bucket/exports");
  }

  private static String seconds(Instant time) {
    return "%d.%03d".formatted(time.getEpochSecond(), time.getNano() / 1_000_000);
  }
}
