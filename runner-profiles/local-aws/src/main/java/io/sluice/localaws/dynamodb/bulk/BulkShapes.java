/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.bulk;

import static io.sluice.localaws.dynamodb.request.Shape.atLeast;
import static io.sluice.localaws.dynamodb.request.Shape.oneOf;
import static io.sluice.localaws.dynamodb.request.Shape.optional;
import static io.sluice.localaws.dynamodb.request.Shape.required;
import static io.sluice.localaws.dynamodb.request.Shape.struct;
import static io.sluice.localaws.dynamodb.request.Shape.text;

import io.sluice.localaws.dynamodb.request.Shape;

/** Describes the requests about bulk operations. */
final class BulkShapes {

  private static final int ANY = Integer.MAX_VALUE;
  private static final Shape BUCKET = text("^[a-z0-9A-Z]+[\\.\\-\\w]*[a-z0-9A-Z]+$", 0, 255);
  private static final Shape.Member OWNER = optional("S3BucketOwner", text("[0-9]{12}", 0, ANY));
  private static final Shape.Member PREFIX = optional("S3KeyPrefix", text(0, 1024));

  static final Shape.Struct START =
      struct(
          "StartBulkPutItemsInput",
          optional("ClientToken", text("^[^\\$]+$", 0, ANY)),
          required(
              "InputS3Configuration",
              struct(
                  "InputS3Configuration",
                  OWNER,
                  required("S3Bucket", BUCKET),
                  PREFIX,
                  required("InputFormat", oneOf("DYNAMODB_JSON", "ION")),
                  optional("InputCompressionType", oneOf("ZSTD", "NONE", "GZIP")))),
          required(
              "OutputS3Configuration",
              struct(
                  "OutputS3Configuration",
                  OWNER,
                  required("S3Bucket", BUCKET),
                  PREFIX,
                  optional("S3SseAlgorithm", oneOf("AES256", "KMS")),
                  optional("S3SseKmsKeyId", text(1, 2048)),
                  required(
                      "OutputType",
                      new Shape.ListOf(oneOf("ERROR", "CONDITION_CHECK_FAILURE"), 1, 2)))),
          required("TableName", text(1, 1024)),
          optional("MaxWriteRequestUnits", atLeast(1)),
          optional("PerformanceTier", oneOf("STANDARD", "ACCELERATED")));

  /** Describes what only names an operation: DescribeBulkOperation and CancelBulkOperation. */
  static final Shape.Struct ONE =
      struct("DescribeBulkOperationInput", required("BulkOperationArn", text(37, 1024)));

  static final Shape.Struct LIST =
      struct(
          "ListBulkOperationsInput",
          optional("MaxResults", new Shape.Whole("Integer", 1, 25)),
          optional("NextToken", text("([0-9a-f]{16})+", 1, 1024)));

  private BulkShapes() {}
}
