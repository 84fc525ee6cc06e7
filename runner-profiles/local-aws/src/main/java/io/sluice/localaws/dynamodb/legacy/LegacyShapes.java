/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.legacy;

import static io.sluice.localaws.dynamodb.request.Shape.oneOf;
import static io.sluice.localaws.dynamodb.request.Shape.optional;
import static io.sluice.localaws.dynamodb.request.Shape.required;
import static io.sluice.localaws.dynamodb.request.Shape.struct;
import static io.sluice.localaws.dynamodb.request.Shape.text;

import io.sluice.localaws.dynamodb.request.MapOf;
import io.sluice.localaws.dynamodb.request.Shape;

/** Describes legacy parameters. */
public final class LegacyShapes {

  /** Names the member that holds one value. */
  static final String VALUE = "Value";

  /** Names the member that holds the values to compare with. */
  static final String VALUES = "AttributeValueList";

  /** Names the member that says how to compare. */
  static final String OPERATOR = "ComparisonOperator";

  private static final Shape.Struct OPAQUE = struct("AttributeValue");

  private static final Shape.Text OPERATORS =
      oneOf(
          "IN",
          "NULL",
          "BETWEEN",
          "LT",
          "NOT_CONTAINS",
          "EQ",
          "GT",
          "NOT_NULL",
          "NE",
          "LE",
          "BEGINS_WITH",
          "GE",
          "CONTAINS");

  /** Describes ScanFilter, QueryFilter and KeyConditions. */
  public static final MapOf CONDITIONS =
      new MapOf(struct("Condition", optional(VALUES, OPAQUE), required(OPERATOR, OPERATORS)));

  /** Describes Expected. */
  public static final MapOf EXPECTED =
      new MapOf(
          struct(
              "ExpectedAttributeValue",
              optional(VALUE, OPAQUE),
              optional("Exists", new Shape.Flag()),
              optional(OPERATOR, OPERATORS),
              optional(VALUES, OPAQUE)));

  /** Describes AttributeUpdates. */
  public static final MapOf UPDATES =
      new MapOf(
          struct(
              "AttributeValueUpdate",
              optional(VALUE, OPAQUE),
              optional("Action", oneOf("ADD", "PUT", "DELETE"))));

  /** Describes AttributesToGet. */
  public static final Shape.ListOf NAMES = new Shape.ListOf(text(), 1, Integer.MAX_VALUE);

  private LegacyShapes() {}
}
