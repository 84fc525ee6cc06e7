/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.export;

import io.sluice.localaws.dynamodb.format.ItemFormat;
import io.sluice.localaws.dynamodb.request.Fields;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Holds what an ExportTableToPointInTime request says.
 *
 * @param tree the request itself
 * @param token the request's, or one at random
 * @param time the ExportTime, if the request has one
 * @param window what an incremental export is about
 */
record ExportRequest(
    Map<String, Object> tree,
    String tableArn,
    String token,
    Optional<Instant> time,
    String bucket,
    Optional<String> owner,
    Optional<String> prefix,
    String sseAlgorithm,
    Optional<String> sseKey,
    ItemFormat format,
    Optional<Window> window) {

  /**
   * Says what an incremental export is about.
   *
   * @param to now if the request has none
   * @param oldImages whether records have the old images, too
   */
  record Window(Instant from, Instant to, boolean oldImages) {

    /** Names the view type as requests do. */
    String viewType() {
      return oldImages ? "NEW_AND_OLD_IMAGES" : "NEW_IMAGE";
    }
  }

  /**
   * Reads a request.
   *
   * @throws DynamoDbException if it is not valid whatever the table
   */
  static ExportRequest read(Map<String, Object> tree, Instant now) {
    Fields request = ExportShapes.EXPORT.read(tree);
    if (tree.containsKey("FilterSpecification")) {
      throw invalid("FilterSpecification is not supported by this server");
    }
    String sse = request.text("S3SseAlgorithm").orElse("AES256");
    if (request.has("S3SseKmsKeyId") && !sse.equals("KMS")) {
      throw invalid("KMS Key Id is not supported for this encryption type");
    }
    boolean incremental =
        request.text("ExportType").filter("INCREMENTAL_EXPORT"::equals).isPresent();
    if (request.has("IncrementalExportSpecification") && !incremental) {
      throw invalid("IncrementalExportSpecification is only for INCREMENTAL_EXPORT");
    }
    if (incremental && request.has("ExportTime")) {
      throw invalid("ExportTime is not for INCREMENTAL_EXPORT");
    }
    return new ExportRequest(
        tree,
        request.text("TableArn").orElseThrow(),
        request.text("ClientToken").orElseGet(() -> UUID.randomUUID().toString()),
        request.time("ExportTime"),
        request.text("S3Bucket").orElseThrow(),
        request.text("S3BucketOwner"),
        request.text("S3Prefix"),
        sse,
        request.text("S3SseKmsKeyId"),
        request.text("ExportFormat").map(ItemFormat::valueOf).orElse(ItemFormat.DYNAMODB_JSON),
        incremental ? Optional.of(window(request, now)) : Optional.empty());
  }

  private static Window window(Fields request, Instant now) {
    Fields specification =
        request
            .fields("IncrementalExportSpecification")
            .orElseThrow(() -> invalid("IncrementalExportSpecification is required"));
    return new Window(
        specification
            .time("ExportFromTime")
            .orElseThrow(() -> invalid("ExportFromTime is required")),
        specification.time("ExportToTime").orElse(now),
        specification.text("ExportViewType").filter("NEW_IMAGE"::equals).isEmpty());
  }

  private static DynamoDbException invalid(String reason) {
    return DynamoDbException.validation("Invalid Request: " + reason);
  }

  /** Gives the folder that all exports with this prefix have in common, with its last slash. */
  String folder() {
    String before = prefix.map(text -> text.endsWith("/") ? text : text + "/").orElse("");
    return before + "AWSDynamoDB/";
  }
}
