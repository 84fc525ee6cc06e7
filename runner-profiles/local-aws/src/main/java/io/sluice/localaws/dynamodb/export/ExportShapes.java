/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.export;

import static io.sluice.localaws.dynamodb.request.Shape.oneOf;
import static io.sluice.localaws.dynamodb.request.Shape.optional;
import static io.sluice.localaws.dynamodb.request.Shape.required;
import static io.sluice.localaws.dynamodb.request.Shape.struct;
import static io.sluice.localaws.dynamodb.request.Shape.text;

import io.sluice.localaws.dynamodb.request.Shape;

/** Describes the requests about exports. */
final class ExportShapes {

  private static final Shape TIME = new Shape.Time();
  private static final Shape TABLE_ARN = text(1, 1024);

  static final Shape.Struct EXPORT =
      struct(
          "ExportTableToPointInTimeInput",
          required("TableArn", TABLE_ARN),
          optional("ExportTime", TIME),
          optional("ClientToken", text("^[^\\$]+$", 0, Integer.MAX_VALUE)),
          required("S3Bucket", text("^[a-z0-9A-Z]+[\\.\\-\\w]*[a-z0-9A-Z]+$", 0, 255)),
          optional("S3BucketOwner", text("[0-9]{12}", 0, Integer.MAX_VALUE)),
          optional("S3Prefix", text(1, 1024)),
          optional("S3SseAlgorithm", oneOf("AES256", "KMS")),
          optional("S3SseKmsKeyId", text(1, 2048)),
          optional("ExportFormat", oneOf("DYNAMODB_JSON", "ION")),
          optional("ExportType", oneOf("FULL_EXPORT", "INCREMENTAL_EXPORT")),
          optional(
              "IncrementalExportSpecification",
              struct(
                  "IncrementalExportSpecification",
                  optional("ExportFromTime", TIME),
                  optional("ExportToTime", TIME),
                  optional("ExportViewType", oneOf("NEW_IMAGE", "NEW_AND_OLD_IMAGES")))));

  static final Shape.Struct DESCRIBE =
      struct("DescribeExportInput", required("ExportArn", text(37, 1024)));

  static final Shape.Struct LIST =
      struct(
          "ListExportsInput",
          optional("TableArn", TABLE_ARN),
          optional("MaxResults", new Shape.Whole("Integer", 1, 25)),
          optional("NextToken", text()));

  private ExportShapes() {}
}
