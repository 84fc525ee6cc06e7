/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.table;

import io.sluice.localaws.dynamodb.request.Fields;
import io.sluice.localaws.dynamodb.request.Shape;
import io.sluice.localaws.dynamodb.request.Violations;
import io.sluice.localaws.dynamodb.value.DynamoDbException;

/** Reads what names a table: its name, or its ARN. */
public final class TableNames {

  /** The account that owns all tables of this server. */
  public static final String ACCOUNT = "000000000000";

  private static final String TABLE = ":table/";

  private TableNames() {}

  /**
   * Converts a request and checks its constraints: the table's name on its own and first, as the
   * service does, then all others.
   */
  static Fields read(Shape.Struct shape, Object tree) {
    Fields request = shape.convert(tree);
    of(request);
    Violations violations = new Violations();
    shape.check(request, "", violations);
    violations.check();
    return request;
  }

  /** Gives the name of the table that a request is about. */
  static String of(Fields request) {
    String name =
        request
            .text("TableName")
            .orElseThrow(
                () ->
                    DynamoDbException.validation(
                        "The parameter 'TableName' is required but was not present in the "
                            + "request"));
    Violations violations = new Violations();
    if (name.isEmpty()) {
      violations.add(name, "tableName", "Member must have length greater than or equal to 1");
      violations.check();
    }
    if (isArn(name)) {
      return of(name);
    }
    TableShapes.NAME.check(name, "tableName", violations);
    violations.check();
    return name;
  }

  /** Reports whether a request names a table by its ARN. */
  public static boolean isArn(String name) {
    return name.startsWith("arn:") && name.contains(TABLE);
  }

  /** Gives the name of the table that a name or an ARN stands for. */
  public static String of(String name) {
    return isArn(name) ? name.substring(name.indexOf(TABLE) + TABLE.length()) : name;
  }

  /** Makes the ARN of a table. */
  public static String arn(String region, String name) {
    return "arn:aws:dynamodb:" + region + ":" + ACCOUNT + TABLE + name;
  }

  /** Gives the name of the table that an ARN names. */
  static String ofArn(String arn) {
    if (!arn.startsWith("arn:")) {
      throw DynamoDbException.invalid("ARNs must start with 'arn:': " + arn);
    }
    int table = arn.indexOf(TABLE);
    if (table < 0 || !arn.startsWith("arn:aws:dynamodb:")) {
      throw DynamoDbException.invalid("Provided Arn is not a DynamoDB resource arn: " + arn);
    }
    String name = arn.substring(table + TABLE.length());
    if (name.contains("/")) {
      throw DynamoDbException.invalid(
          "Invalid resource arn provided, only table or stream is accepted. "
              + "Provided resource arn: "
              + arn);
    }
    return name;
  }
}
