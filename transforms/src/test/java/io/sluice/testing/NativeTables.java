/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import software.amazon.awssdk.core.retry.backoff.FixedDelayBackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ExportDescription;
import software.amazon.awssdk.services.dynamodb.model.ExportFormat;

/** Tables of the embedded DynamoDB, and the exports to S3 that it makes of them by itself. */
public final class NativeTables {
  private static final LocalAws AWS = LocalAws.shared();
  private static final DynamoDbClient DYNAMODB = AWS.dynamodb();

  private NativeTables() {}

  /**
   * Creates a table with the key {@code pk}, an S, and point-in-time recovery; returns its name.
   */
  public static String create() {
    String table = createWithoutRecovery();
    DYNAMODB.updateContinuousBackups(
        request ->
            request
                .tableName(table)
                .pointInTimeRecoverySpecification(on -> on.pointInTimeRecoveryEnabled(true)));
    return table;
  }

  /** Creates a table with the key {@code pk}, an S; returns its name. */
  public static String createWithoutRecovery() {
    String table = "native-" + UUID.randomUUID();
    NewTable.of(table, "pk:S").createIn(DYNAMODB);
    return table;
  }

  /** Puts some items of every type, and returns them by their keys. */
  public static Map<String, Map<String, AttributeValue>> fill(String table) {
    Map<String, Map<String, AttributeValue>> items = new TreeMap<>();
    for (int seed = 0; seed < 3; seed++) {
      for (Map<String, AttributeValue> item : AlikeItems.of(new Random(seed))) {
        Map<String, AttributeValue> keyed = new HashMap<>(item);
        String key = "k" + items.size();
        keyed.put("pk", AttributeValue.fromS(key));
        items.put(key, keyed);
        DYNAMODB.putItem(put -> put.tableName(table).item(keyed));
      }
    }
    return items;
  }

  /** Returns the items of a table by their keys. */
  public static Map<String, Map<String, AttributeValue>> items(String table) {
    Map<String, Map<String, AttributeValue>> items = new TreeMap<>();
    DYNAMODB
        .scanPaginator(scan -> scan.tableName(table).consistentRead(true))
        .items()
        .forEach(item -> items.put(item.get("pk").s(), item));
    return items;
  }

  /** Exports a table as it is now, and returns what DynamoDB says about the export. */
  public static ExportDescription export(String table, String prefix, ExportFormat format) {
    String arn = DYNAMODB.describeTable(d -> d.tableName(table)).table().tableArn();
    String export =
        DYNAMODB
            .exportTableToPointInTime(
                request ->
                    request
                        .tableArn(arn)
                        .s3Bucket(AWS.bucket())
                        .s3Prefix(prefix)
                        .exportFormat(format))
            .exportDescription()
            .exportArn();
    return DYNAMODB
        .waiter()
        .waitUntilExportCompleted(
            d -> d.exportArn(export),
            wait ->
                wait.maxAttempts(1_000)
                    .backoffStrategy(FixedDelayBackoffStrategy.create(Duration.ofMillis(20))))
        .matched()
        .response()
        .orElseThrow()
        .exportDescription();
  }

  /** Returns the folder of an export. */
  public static String folder(ExportDescription export) {
    String manifest = export.exportManifest();
    return "s3://" + export.s3Bucket() + "/" + manifest.substring(0, manifest.lastIndexOf('/') + 1);
  }

  /** Returns the id of an export. */
  public static String id(ExportDescription export) {
    return export.exportArn().substring(export.exportArn().lastIndexOf('/') + 1);
  }
}
