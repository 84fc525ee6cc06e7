/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.intake;

import static io.sluice.localaws.dynamodb.request.Shape.oneOf;
import static io.sluice.localaws.dynamodb.request.Shape.optional;
import static io.sluice.localaws.dynamodb.request.Shape.required;
import static io.sluice.localaws.dynamodb.request.Shape.struct;
import static io.sluice.localaws.dynamodb.request.Shape.text;

import io.sluice.localaws.dynamodb.request.Shape;

/** Describes the requests about imports. */
final class ImportShapes {

  private static final int ANY = Integer.MAX_VALUE;
  private static final String HEADER = "[\\x20-\\x21\\x23-\\x2B\\x2D-\\x7E]*";

  static final Shape.Struct IMPORT =
      struct(
          "ImportTableInput",
          required("ClientToken", text("^[^\\$]+$", 0, ANY)),
          required(
              "S3BucketSource",
              struct(
                  "S3BucketSource",
                  optional("S3BucketOwner", text("[0-9]{12}", 0, ANY)),
                  required("S3Bucket", text("^[a-z0-9A-Z]+[\\.\\-\\w]*[a-z0-9A-Z]+$", 0, 255)),
                  optional("S3KeyPrefix", text(0, 1024)))),
          required("InputFormat", oneOf("DYNAMODB_JSON", "ION", "CSV")),
          optional(
              "InputFormatOptions",
              struct(
                  "InputFormatOptions",
                  optional(
                      "Csv",
                      struct(
                          "CsvOptions",
                          optional("Delimiter", text("[,;:|\\t ]", 1, 1)),
                          optional(
                              "HeaderList", new Shape.ListOf(text(HEADER, 1, 65536), 1, 255)))))),
          optional("InputCompressionType", oneOf("ZSTD", "NONE", "GZIP")),
          required("TableCreationParameters", struct("TableCreationParameters")));

  static final Shape.Struct DESCRIBE =
      struct("DescribeImportInput", required("ImportArn", text(37, 1024)));

  static final Shape.Struct LIST =
      struct(
          "ListImportsInput",
          optional("TableArn", text(1, 1024)),
          optional("PageSize", new Shape.Whole("Integer", 1, 25)),
          optional("NextToken", text("([0-9a-f]{16})+", 112, 1024)));

  private ImportShapes() {}
}
