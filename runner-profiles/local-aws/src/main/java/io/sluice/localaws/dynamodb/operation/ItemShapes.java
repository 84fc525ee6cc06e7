/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.operation;

import static io.sluice.localaws.dynamodb.request.Shape.oneOf;
import static io.sluice.localaws.dynamodb.request.Shape.optional;
import static io.sluice.localaws.dynamodb.request.Shape.required;
import static io.sluice.localaws.dynamodb.request.Shape.struct;
import static io.sluice.localaws.dynamodb.request.Shape.text;

import io.sluice.localaws.dynamodb.legacy.LegacyShapes;
import io.sluice.localaws.dynamodb.request.Shape;

/**
 * Describes the requests about items, each structure's members in the order in which the service
 * reports what is wrong with them.
 */
public final class ItemShapes {

  private static final String NAME_PATTERN = "[a-zA-Z0-9_.-]+";

  /** Describes the name of a table or an index. */
  public static final Shape.Text NAME = text(NAME_PATTERN, 3, 255);

  /** Describes what has its own reader: attributes and names. */
  public static final Shape.Struct OPAQUE = struct("Opaque");

  /** Describes the member of requests that say what was consumed. */
  public static final Shape.Member CAPACITY =
      optional("ReturnConsumedCapacity", oneOf("INDEXES", "TOTAL", "NONE"));

  /** Describes the member of requests that say how large item collections are. */
  public static final Shape.Member METRICS =
      optional("ReturnItemCollectionMetrics", oneOf("SIZE", "NONE"));

  private static final Shape.Member TABLE = required("TableName", text(1, Integer.MAX_VALUE));
  private static final Shape.Member INDEX = optional("IndexName", NAME);
  private static final Shape.Member CONDITIONAL_OPERATOR =
      optional("ConditionalOperator", oneOf("OR", "AND"));
  private static final Shape.Member NAMES = optional("ExpressionAttributeNames", OPAQUE);
  private static final Shape.Member VALUES = optional("ExpressionAttributeValues", OPAQUE);
  private static final Shape.Member CONDITION = optional("ConditionExpression", text());
  private static final Shape.Member PROJECTION = optional("ProjectionExpression", text());
  private static final Shape.Member FILTER = optional("FilterExpression", text());
  private static final Shape.Member CONSISTENT = optional("ConsistentRead", new Shape.Flag());
  private static final Shape.Member EXPECTED = optional("Expected", LegacyShapes.EXPECTED);
  private static final Shape.Member TO_GET = optional("AttributesToGet", LegacyShapes.NAMES);
  private static final Shape.Member KEY = required("Key", OPAQUE);
  private static final Shape.Member START = optional("ExclusiveStartKey", OPAQUE);

  private static final Shape.Member RETURN =
      optional("ReturnValues", oneOf("ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW"));

  /** Describes the member of UpdateItem that the current layer of the service looks at first. */
  static final Shape.Struct RETURN_VALUES = struct("ReturnValues", RETURN);

  private static final Shape.Member RETURN_ON_FAILURE =
      optional("ReturnValuesOnConditionCheckFailure", oneOf("ALL_OLD", "NONE"));

  private static final Shape.Member SELECT =
      optional(
          "Select",
          oneOf("SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES"));

  public static final Shape.Struct PUT =
      struct(
          "PutItemInput",
          CAPACITY,
          TABLE,
          required("Item", OPAQUE),
          CONDITIONAL_OPERATOR,
          EXPECTED,
          RETURN,
          METRICS,
          RETURN_ON_FAILURE,
          CONDITION,
          VALUES,
          NAMES);

  public static final Shape.Struct GET =
      struct("GetItemInput", CAPACITY, TO_GET, TABLE, KEY, CONSISTENT, PROJECTION, NAMES);

  public static final Shape.Struct DELETE =
      struct(
          "DeleteItemInput",
          CAPACITY,
          TABLE,
          RETURN,
          METRICS,
          KEY,
          CONDITIONAL_OPERATOR,
          EXPECTED,
          RETURN_ON_FAILURE,
          CONDITION,
          VALUES,
          NAMES);

  public static final Shape.Struct UPDATE =
      struct(
          "UpdateItemInput",
          CAPACITY,
          TABLE,
          METRICS,
          RETURN,
          KEY,
          CONDITIONAL_OPERATOR,
          EXPECTED,
          optional("AttributeUpdates", LegacyShapes.UPDATES),
          RETURN_ON_FAILURE,
          CONDITION,
          optional("UpdateExpression", text()),
          VALUES,
          NAMES);

  public static final Shape.Struct SCAN =
      struct(
          "ScanInput",
          SELECT,
          INDEX,
          optional("TotalSegments", new Shape.Whole("Integer", 1, 1_000_000)),
          CAPACITY,
          TABLE,
          CONDITIONAL_OPERATOR,
          optional("ScanFilter", LegacyShapes.CONDITIONS),
          optional("Segment", new Shape.Whole("Integer", 0, 999_999)),
          optional("Limit", new Shape.Whole("Integer", 1, Integer.MAX_VALUE)),
          TO_GET,
          START,
          CONSISTENT,
          FILTER,
          PROJECTION,
          VALUES,
          NAMES);

  /** Describes Query, whose limit is checked after the rest, in other words. */
  public static final Shape.Struct QUERY =
      struct(
          "QueryInput",
          SELECT,
          INDEX,
          CAPACITY,
          optional("QueryFilter", LegacyShapes.CONDITIONS),
          TABLE,
          CONDITIONAL_OPERATOR,
          TO_GET,
          optional("Limit", new Shape.Whole("Integer", Long.MIN_VALUE, Long.MAX_VALUE)),
          optional("KeyConditions", LegacyShapes.CONDITIONS),
          START,
          CONSISTENT,
          optional("ScanIndexForward", new Shape.Flag()),
          optional("KeyConditionExpression", text()),
          FILTER,
          PROJECTION,
          VALUES,
          NAMES);

  public static final Shape.Struct KEYS =
      struct("KeysAndAttributes", required("Keys", OPAQUE), TO_GET, CONSISTENT, PROJECTION, NAMES);

  // A name that is no ARN is checked as what it is, with the place of its action.
  private static final Shape.Member ACTION_TABLE = required("TableName", text());

  /** Describes the action of a transaction that puts an item. */
  public static final Shape.Struct PUT_ACTION =
      struct(
          "Put",
          ACTION_TABLE,
          required("Item", OPAQUE),
          RETURN_ON_FAILURE,
          CONDITION,
          VALUES,
          NAMES);

  /** Describes the action of a transaction that deletes an item. */
  public static final Shape.Struct DELETE_ACTION =
      struct("Delete", ACTION_TABLE, KEY, RETURN_ON_FAILURE, CONDITION, VALUES, NAMES);

  /** Describes the action of a transaction that updates an item. */
  public static final Shape.Struct UPDATE_ACTION =
      struct(
          "Update",
          ACTION_TABLE,
          KEY,
          RETURN_ON_FAILURE,
          CONDITION,
          required("UpdateExpression", text()),
          VALUES,
          NAMES);

  /** Describes the action of a transaction that changes nothing. */
  public static final Shape.Struct CHECK_ACTION =
      struct(
          "ConditionCheck",
          ACTION_TABLE,
          KEY,
          RETURN_ON_FAILURE,
          required("ConditionExpression", text()),
          VALUES,
          NAMES);

  /** Describes the action of a transaction that reads an item. */
  public static final Shape.Struct GET_ACTION = struct("Get", ACTION_TABLE, KEY, PROJECTION, NAMES);

  private ItemShapes() {}
}
