/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.table;

import static io.sluice.localaws.dynamodb.request.Shape.atLeast;
import static io.sluice.localaws.dynamodb.request.Shape.list;
import static io.sluice.localaws.dynamodb.request.Shape.oneOf;
import static io.sluice.localaws.dynamodb.request.Shape.optional;
import static io.sluice.localaws.dynamodb.request.Shape.required;
import static io.sluice.localaws.dynamodb.request.Shape.struct;
import static io.sluice.localaws.dynamodb.request.Shape.text;

import io.sluice.localaws.dynamodb.request.Shape;
import io.sluice.localaws.dynamodb.schema.KeySchema;

/**
 * Describes the requests about tables, each structure's members in the order in which the service
 * reports what is wrong with them.
 */
final class TableShapes {

  private static final Shape.Flag FLAG = new Shape.Flag();
  private static final Shape ANY_UNITS = atLeast(Long.MIN_VALUE);

  /** Describes the name of a table or an index. */
  static final Shape.Text NAME = text("[a-zA-Z0-9_.-]+", 3, 255);

  /** Describes a table's name, which {@link TableNames} checks on its own. */
  private static final Shape.Member TABLE_NAME = optional("TableName", text());

  private static final Shape ATTRIBUTE_NAME = text(1, 255);

  private static final Shape.Member ATTRIBUTES =
      optional(
          "AttributeDefinitions",
          list(
              struct(
                  "AttributeDefinition",
                  required("AttributeName", ATTRIBUTE_NAME),
                  required("AttributeType", oneOf("B", "N", "S")))));

  private static final Shape.Member BILLING =
      optional("BillingMode", oneOf("PROVISIONED", "PAY_PER_REQUEST"));

  private static final Shape PROVISIONED_THROUGHPUT =
      struct(
          "ProvisionedThroughput",
          required("WriteCapacityUnits", atLeast(1)),
          required("ReadCapacityUnits", atLeast(1)));

  private static final Shape.Member PROVISIONED =
      optional("ProvisionedThroughput", PROVISIONED_THROUGHPUT);

  private static final Shape.Member ON_DEMAND =
      optional(
          "OnDemandThroughput",
          struct(
              "OnDemandThroughput",
              optional("MaxReadRequestUnits", ANY_UNITS),
              optional("MaxWriteRequestUnits", ANY_UNITS)));

  private static final Shape.Member WARM =
      optional(
          "WarmThroughput",
          struct(
              "WarmThroughput",
              optional("ReadUnitsPerSecond", ANY_UNITS),
              optional("WriteUnitsPerSecond", ANY_UNITS)));

  private static final Shape.Member PROJECTION =
      required(
          "Projection",
          struct(
              "Projection",
              optional("ProjectionType", oneOf("ALL", "INCLUDE", "KEYS_ONLY")),
              optional("NonKeyAttributes", new Shape.ListOf(ATTRIBUTE_NAME, 1, 20))));

  private static final Shape.Member STREAM =
      optional(
          "StreamSpecification",
          struct(
              "StreamSpecification",
              required("StreamEnabled", FLAG),
              optional(
                  "StreamViewType",
                  oneOf("OLD_IMAGE", "KEYS_ONLY", "NEW_AND_OLD_IMAGES", "NEW_IMAGE"))));

  private static final Shape.Member TAGS =
      optional("Tags", list(struct("Tag", optional("Key", text()), optional("Value", text()))));

  static final Shape.Struct CREATE =
      struct(
          "CreateTableInput",
          required("AttributeDefinitions", ATTRIBUTES.shape()),
          TABLE_NAME,
          BILLING,
          PROVISIONED,
          keySchema(2),
          optional(
              "GlobalSecondaryIndexes",
              list(
                  struct(
                      "GlobalSecondaryIndex",
                      required("IndexName", NAME),
                      keySchema(2 * KeySchema.MAX_ATTRIBUTES),
                      PROJECTION,
                      PROVISIONED,
                      ON_DEMAND,
                      WARM))),
          optional(
              "LocalSecondaryIndexes",
              list(
                  struct(
                      "LocalSecondaryIndex",
                      required("IndexName", NAME),
                      keySchema(2),
                      PROJECTION))),
          STREAM,
          TAGS,
          optional("TableClass", text()),
          optional("DeletionProtectionEnabled", FLAG),
          ON_DEMAND,
          WARM);

  static final Shape.Struct UPDATE =
      struct(
          "UpdateTableInput",
          ATTRIBUTES,
          TABLE_NAME,
          PROVISIONED,
          BILLING,
          optional(
              "GlobalSecondaryIndexUpdates",
              list(
                  struct(
                      "GlobalSecondaryIndexUpdate",
                      optional(
                          "Update",
                          struct(
                              "UpdateGlobalSecondaryIndexAction",
                              required("IndexName", NAME),
                              PROVISIONED,
                              ON_DEMAND,
                              WARM)),
                      optional(
                          "Create",
                          struct(
                              "CreateGlobalSecondaryIndexAction",
                              PROJECTION,
                              required("IndexName", NAME),
                              PROVISIONED,
                              keySchema(2 * KeySchema.MAX_ATTRIBUTES),
                              ON_DEMAND,
                              WARM)),
                      optional(
                          "Delete",
                          struct(
                              "DeleteGlobalSecondaryIndexAction", required("IndexName", NAME)))))),
          STREAM,
          optional("TableClass", text()),
          optional("DeletionProtectionEnabled", FLAG),
          ON_DEMAND,
          WARM);

  /** Describes what only names a table: DescribeTable, DeleteTable and DescribeTimeToLive. */
  static final Shape.Struct ONE_TABLE = struct("DescribeTableInput", TABLE_NAME);

  static final Shape.Struct LIST =
      struct(
          "ListTablesInput",
          optional("ExclusiveStartTableName", NAME),
          optional("Limit", new Shape.Whole("Integer", 1, 100)));

  static final Shape.Struct TIME_TO_LIVE =
      struct(
          "UpdateTimeToLiveInput",
          TABLE_NAME,
          required(
              "TimeToLiveSpecification",
              struct(
                  "TimeToLiveSpecification",
                  required("AttributeName", ATTRIBUTE_NAME),
                  required("Enabled", FLAG))));

  static final Shape.Struct TAG =
      struct(
          "TagResourceInput",
          required("ResourceArn", text(1, 1283)),
          required("Tags", TAGS.shape()));

  static final Shape.Struct UNTAG =
      struct(
          "UntagResourceInput",
          required("ResourceArn", text(1, 1283)),
          required("TagKeys", list(text())));

  static final Shape.Struct LIST_TAGS =
      struct(
          "ListTagsOfResourceInput",
          required("ResourceArn", text(1, 1283)),
          optional("NextToken", text()));

  private TableShapes() {}

  private static Shape.Member keySchema(int max) {
    return required(
        "KeySchema",
        new Shape.ListOf(
            struct(
                "KeySchemaElement",
                required("AttributeName", ATTRIBUTE_NAME),
                required("KeyType", oneOf("HASH", "RANGE"))),
            1,
            max));
  }
}
