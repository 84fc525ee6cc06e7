/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.bulk;

import io.sluice.localaws.dynamodb.bucket.Compression;
import io.sluice.localaws.dynamodb.format.ItemFormat;
import io.sluice.localaws.dynamodb.request.Fields;
import io.sluice.localaws.dynamodb.table.TableNames;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Holds what a StartBulkPutItems request says.
 *
 * @param tree the request itself
 * @param token the request's, or one at random
 * @param table its name
 * @param input the InputS3Configuration
 * @param output the OutputS3Configuration
 * @param tier the PerformanceTier
 */
record BulkRequest(
    Map<String, Object> tree,
    String token,
    String table,
    Fields input,
    Fields output,
    String tier) {

  private static final Pattern REPORT =
      Pattern.compile("[0-9]+-[0-9a-f]{8}/(manifest\\.json|[A-Z_]+/records\\.json\\.gz)");

  /**
   * Reads a request.
   *
   * @throws DynamoDbException if it is not valid whatever the table
   */
  static BulkRequest read(Map<String, Object> tree) {
    Fields request = BulkShapes.START.read(tree);
    return new BulkRequest(
        tree,
        request.text("ClientToken").orElseGet(() -> UUID.randomUUID().toString()),
        TableNames.of(request.text("TableName").orElseThrow()),
        request.fields("InputS3Configuration").orElseThrow(),
        request.fields("OutputS3Configuration").orElseThrow(),
        request.text("PerformanceTier").orElse("STANDARD"));
  }

  String inputBucket() {
    return input.text("S3Bucket").orElseThrow();
  }

  /** Gives what the keys of the objects to read begin with. */
  String inputPrefix() {
    return input.text("S3KeyPrefix").orElse("");
  }

  ItemFormat format() {
    return ItemFormat.valueOf(input.text("InputFormat").orElseThrow());
  }

  Compression compression() {
    return input.text("InputCompressionType").map(Compression::valueOf).orElse(Compression.NONE);
  }

  String outputBucket() {
    return output.text("S3Bucket").orElseThrow();
  }

  /**
   * Gives the folder of reports, with its last slash. Exports have others, so that nobody takes
   * their files for reports.
   */
  String outputFolder() {
    String prefix = output.text("S3KeyPrefix").orElse("");
    return (prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/")
        + "AWSDynamoDB/bulk-operation/";
  }

  /** Reports whether an object to read is part of a report on this or an earlier bulk put. */
  boolean isReport(String key) {
    return inputBucket().equals(outputBucket())
        && key.startsWith(outputFolder())
        && REPORT.matcher(key.substring(outputFolder().length())).matches();
  }

  /** Lists what is reported. */
  List<String> outputTypes() {
    return output.texts("OutputType");
  }
}
