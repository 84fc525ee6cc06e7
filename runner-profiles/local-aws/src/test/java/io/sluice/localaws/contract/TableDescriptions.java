/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.contract;

/** Describes the tables that contracts are about, as CreateTable takes them. */
final class TableDescriptions {

  /** Has the partition key h, a string. */
  static final String HASH =
      "'BillingMode':'PAY_PER_REQUEST','KeySchema':[{'AttributeName':'h','KeyType':'HASH'}],"
          + "'AttributeDefinitions':[{'AttributeName':'h','AttributeType':'S'}]";

  /** Has the key h and r, a string and a number. */
  static final String RANGE =
      "'BillingMode':'PAY_PER_REQUEST','KeySchema':[{'AttributeName':'h','KeyType':'HASH'},"
          + "{'AttributeName':'r','KeyType':'RANGE'}],"
          + "'AttributeDefinitions':[{'AttributeName':'h','AttributeType':'S'},"
          + "{'AttributeName':'r','AttributeType':'N'}]";

  /** Has the key h and r, strings; a local index by l with all, and a global one by g with p. */
  static final String INDEXED =
      "'BillingMode':'PAY_PER_REQUEST','KeySchema':[{'AttributeName':'h','KeyType':'HASH'},"
          + "{'AttributeName':'r','KeyType':'RANGE'}],"
          + "'AttributeDefinitions':[{'AttributeName':'h','AttributeType':'S'},"
          + "{'AttributeName':'r','AttributeType':'S'},{'AttributeName':'l','AttributeType':'S'},"
          + "{'AttributeName':'g','AttributeType':'S'}],"
          + "'LocalSecondaryIndexes':[{'IndexName':'local','KeySchema':["
          + "{'AttributeName':'h','KeyType':'HASH'},{'AttributeName':'l','KeyType':'RANGE'}],"
          + "'Projection':{'ProjectionType':'ALL'}}],"
          + "'GlobalSecondaryIndexes':[{'IndexName':'global','KeySchema':["
          + "{'AttributeName':'g','KeyType':'HASH'}],"
          + "'Projection':{'ProjectionType':'INCLUDE','NonKeyAttributes':['p']}}]";

  private TableDescriptions() {}
}
