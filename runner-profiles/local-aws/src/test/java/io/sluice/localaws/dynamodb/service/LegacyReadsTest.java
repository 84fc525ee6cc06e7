/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.service;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Checks AttributesToGet, KeyConditions, QueryFilter and ScanFilter.
 *
 * <p>Sources: answers of the service recorded by paritysuite/dynamodb-conformance, eu-west-2 and
 * us-east-1, 2026-10-09, and by the tests of dynalite and of ExtendDB.
 */
class LegacyReadsTest {

  private static final String TABLE = "{'TableName':'abc'";
  private static final String HASH =
      "'h':{'ComparisonOperator':'EQ','AttributeValueList':[{'S':'a'}]}";

  private final Service service = Service.with("abc", Service.INDEXED);

  @BeforeEach
  void put() {
    for (int i = 0; i < 4; i++) {
      service.ok(
          "PutItem",
          "{'TableName':'abc','Item':{'h':{'S':'a'},'r':{'N':'%d'},'q':{'N':'%d'}}}"
              .formatted(i, i * i));
    }
  }

  private String read(String operation, String more) {
    return service.ok(operation, TABLE + more + "}");
  }

  private static String test(String attribute, String operator, String values) {
    return "'%s':{'ComparisonOperator':'%s','AttributeValueList':[%s]}"
        .formatted(attribute, operator, values);
  }

  @Test
  void getsNothingButTheAttributes() {
    String key = "{'h':{'S':'a'},'r':{'N':'2'}}";
    assertThat(
        read("GetItem", ",'Key':" + key + ",'AttributesToGet':['q','none']"),
        is("{'Item':{'q':{'N':'4'}}}"));
    assertThat(
        service.ok(
            "BatchGetItem",
            "{'RequestItems':{'abc':{'Keys':[" + key + "],'AttributesToGet':['r']}}}"),
        is("{'Responses':{'abc':[{'r':{'N':'2'}}]},'UnprocessedKeys':{}}"));
    assertThat(
        read("Scan", ",'AttributesToGet':['q'],'Select':'SPECIFIC_ATTRIBUTES','Limit':1"),
        is(
            "{'Items':[{'q':{'N':'0'}}],'Count':1,'ScannedCount':1,"
                + "'LastEvaluatedKey':{'h':{'S':'a'},'r':{'N':'0'}}}"));
  }

  @Test
  void queriesByKey() {
    assertThat(
        read(
            "Query",
            ",'KeyConditions':{"
                + test("r", "GE", "{'N':'2'}")
                + ","
                + HASH
                + "},'AttributesToGet':['r'],'ScanIndexForward':false"),
        is("{'Items':[{'r':{'N':'3'}},{'r':{'N':'2'}}],'Count':2,'ScannedCount':2}"));
  }

  @Test
  void filters() {
    String filter =
        "{" + test("q", "IN", "{'N':'1'},{'N':'9'}") + "," + test("p", "NOT_NULL", "") + "}";
    String found = "{'Items':[{'r':{'N':'1'}},{'r':{'N':'3'}}],'Count':2,'ScannedCount':4}";
    String more = ",'ConditionalOperator':'OR','AttributesToGet':['r']";
    assertThat(
        read("Query", ",'KeyConditions':{" + HASH + "},'QueryFilter':" + filter + more), is(found));
    assertThat(read("Scan", ",'ScanFilter':" + filter + more), is(found));
    assertThat(
        read("Scan", ",'ScanFilter':" + filter + ",'Select':'COUNT'"),
        is("{'Count':0,'ScannedCount':4}"));
  }

  @Test
  void keyConditionsGoWithExpressions() {
    assertThat(
        read(
            "Query",
            ",'KeyConditions':{"
                + HASH
                + "},'FilterExpression':'q = :q','ProjectionExpression':'r',"
                + "'ExpressionAttributeValues':{':q':{'N':'4'}}"),
        is("{'Items':[{'r':{'N':'2'}}],'Count':1,'ScannedCount':4}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          ,'KeyConditions':{} | Conditions can be of length 1 or 2 only
          ,'QueryFilter':{'a':{}} | 1 validation error detected: Value null at 'queryFilter.a.member.comparisonOperator' failed to satisfy constraint: Member must not be null
          ,'QueryFilter':{'a':{'ComparisonOperator':'LT','AttributeValueList':[{'L':[]}]}} | One or more parameter values were invalid: ComparisonOperator LT is not valid for L AttributeValue type
          ,'QueryFilter':{'a':{'ComparisonOperator':'EQ'}},'AttributesToGet':['a','a'] | One or more parameter values were invalid: Invalid number of argument(s) for the EQ ComparisonOperator
          ,'AttributesToGet':['a','a'],'ExclusiveStartKey':{'a':{}} | One or more parameter values were invalid: Duplicate value in attribute name: a
          ,'AttributesToGet':[],'KeyConditions':{} | 1 validation error detected: Value '[]' at 'attributesToGet' failed to satisfy constraint: Member must have length greater than or equal to 1
          ,'KeyConditions':{'h':{'ComparisonOperator':'EQ'}} | One or more parameter values were invalid: Invalid number of argument(s) for the EQ ComparisonOperator
          ,'KeyConditions':{'h':{'ComparisonOperator':'IN','AttributeValueList':[{'S':'a'}]}} | Attempted conditional constraint is not an indexable operation
          ,'ConditionalOperator':'AND' | ConditionalOperator cannot be used without Filter or Expected
          ,'ConditionalOperator':'XOR','Select':'x' | Failed to satisfy constraint: Member must satisfy enum value set: [ALL, OR]
          ,'KeyConditions':{},'KeyConditionExpression':'h = :h' | Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {KeyConditions} Expression parameters: {KeyConditionExpression}
          ,'QueryFilter':{},'KeyConditionExpression':'h = :h' | Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {QueryFilter} Expression parameters: {KeyConditionExpression}
          """)
  void refusesQueries(String more, String message) {
    assertThat(service.error("Query", TABLE + more + "}"), is("ValidationException: " + message));
  }

  @Test
  void refusesToFilterByTheKey() {
    assertThat(
        service.error(
            "Query",
            TABLE
                + ",'KeyConditions':{"
                + HASH
                + "},'QueryFilter':{"
                + test("r", "EQ", "{'N':'1'}")
                + "}}"),
        is(
            "ValidationException: QueryFilter can only contain non-primary key attributes: "
                + "Primary key attribute: r"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          ,'AttributesToGet':['a','a'],'ScanFilter':{'a':{'ComparisonOperator':'EQ'}} | One or more parameter values were invalid: Duplicate value in attribute name: a
          ,'ScanFilter':{'a':{'ComparisonOperator':'EQ','AttributeValueList':[{}]}},'ConditionalOperator':'AND' | Supplied AttributeValue is empty, must contain exactly one of the supported datatypes
          ,'ScanFilter':{'a':{'ComparisonOperator':'EQ','AttributeValueList':[{'N':''}]}} | The parameter cannot be converted to a numeric value
          ,'ScanFilter':{'a':{'ComparisonOperator':'EQ'}},'ExclusiveStartKey':{'a':{}} | One or more parameter values were invalid: Invalid number of argument(s) for the EQ ComparisonOperator
          ,'ScanFilter':{'a':{'ComparisonOperator':'NULL'}},'ConditionalOperator':'AND' | ConditionalOperator can only be used when Filter or Expected has two or more elements
          ,'AttributesToGet':['a'],'Select':'COUNT' | Cannot specify the AttributesToGet when choosing to get only the Count
          """)
  void refusesScans(String more, String message) {
    assertThat(service.error("Scan", TABLE + more + "}"), is("ValidationException: " + message));
  }
}
