/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.service;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Checks which of the service's two layers of validation words an error.
 *
 * <p>Sources: answers of the service recorded by paritysuite/dynamodb-conformance, in eu-west-2 and
 * us-east-1 on 2026-10-09, and in eu-south-2 on 2026-10-07. Those of us-east-1 are ones of the
 * current layer, which this server has not for that region.
 */
class LayersTest {

  private static final String RETURN_VALUES =
      "Value 'x' at 'returnValues' failed to satisfy constraint: Member must satisfy enum value "
          + "set: [ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]";

  private static final String CURRENT_RETURN_VALUES =
      "Failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD, UPDATED_OLD, "
          + "ALL_NEW, UPDATE_NEW, NONE]";

  private final Service service = Service.with("abc", Service.HASH_ONLY);

  private void assertRefuses(String operation, String request, String message) {
    assertThat(service.error(operation, request), is("ValidationException: " + message));
  }

  private static String nested(int levels) {
    return "{'M':{'n':".repeat(levels) + "{'S':'leaf'}" + "}}".repeat(levels);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          PutItem | {'TableName':'','Item':{'h':{'S':'a'}}} | 1 validation error detected: Value '' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 1
          PutItem | {'TableName':'abc','Item':{'h':{'S':'a'},'s':{'SS':['a','a']}}} | One or more parameter values were invalid: Input collection [a, a] contains duplicates.
          PutItem | {'TableName':'abc','Item':{'h':{'S':'a'}},'ExpressionAttributeValues':{':v':{'S':'a'}}} | ExpressionAttributeValues can only be specified when using expressions: ConditionExpression is null
          UpdateItem | {'TableName':'abc','Key':{'h':{'S':'a'}},'UpdateExpression':''} | Invalid UpdateExpression: The expression can not be empty;
          DeleteItem | {'TableName':'abc','Key':{'h':{'S':'a'}},'ReturnValues':'ALL_NEW'} | ReturnValues can only be ALL_OLD or NONE
          GetItem | {'TableName':'abc','Key':{'h':{'NS':['1','1']}}} | Input collection contains duplicates
          BatchGetItem | {'RequestItems':{}} | The requestItems parameter is required for BatchGetItem
          """)
  void wordsErrorsAsBeforeWhereTheServiceDoes(String operation, String request, String message) {
    for (String region : new String[] {"eu-south-2", "us-east-1"}) {
      assertThat(
          region, service.error(operation, request, region), is("ValidationException: " + message));
    }
  }

  @Test
  void updateItemLooksAtReturnValuesFirst() {
    String both = "'ReturnValues':'x','ReturnConsumedCapacity':'y'}";
    assertRefuses(
        "UpdateItem",
        "{'TableName':'abc','Key':{'h':{'S':'a'}}," + both,
        "1 validation error detected: " + CURRENT_RETURN_VALUES);
    String capacity =
        "2 validation errors detected: Value 'y' at 'returnConsumedCapacity' failed to satisfy "
            + "constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]; ";
    assertRefuses(
        "DeleteItem",
        "{'TableName':'abc','Key':{'h':{'S':'a'}}," + both,
        capacity + CURRENT_RETURN_VALUES);
  }

  @Test
  void theOlderLayerReadsRequestsWithoutAKey() {
    assertRefuses(
        "UpdateItem",
        "{'TableName':'','ReturnValues':'x','UpdateExpression':'SET a = b'}",
        "3 validation errors detected: Value '' at 'tableName' failed to satisfy constraint: "
            + "Member must have length greater than or equal to 1; "
            + RETURN_VALUES
            + "; Value null at 'key' failed to satisfy constraint: Member must not be null");
  }

  @Test
  void theOlderLayerReadsVeryDeepValues() {
    String request = "{'TableName':'none','Key':{'h':{'S':'a'}},'ConditionExpression':'a = :a',";
    String values = "'ExpressionAttributeValues':{':a':%s},'ReturnValues':'%s'}";
    String few = request + values.formatted(nested(40), "x");
    String many = request + values.formatted(nested(63), "x");
    String other = request + values.formatted(nested(100), "UPDATED_NEW");
    assertRefuses("DeleteItem", few, "1 validation error detected: " + CURRENT_RETURN_VALUES);
    assertRefuses("DeleteItem", many, "1 validation error detected: " + RETURN_VALUES);
    assertRefuses("DeleteItem", other, "ReturnValues can only be ALL_OLD or NONE");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          Query | {'TableName':'abc','KeyConditionExpression':'h = :h','ExpressionAttributeValues':{':h':{'N':'x'}}} | The parameter cannot be converted to a numeric value: x
          Scan | {'TableName':'abc','FilterExpression':'a = :a','ExpressionAttributeValues':{':a':{'N':'x'}}} | ExpressionAttributeValues contains invalid value: The parameter cannot be converted to a numeric value: x for key :a
          """)
  void onlyTheOlderLayerNamesTheValueOfAnExpression(
      String operation, String request, String message) {
    assertRefuses(operation, request, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          BatchGetItem | {'RequestItems':{'a!':{'Keys':[{'h':{'S':'1'}}],'ConsistentRead':true}}} | {"a!":{"Keys":[{"h":{"S":"1"}}],"ConsistentRead":true}}
          BatchWriteItem | {'RequestItems':{'a!':[{'DeleteRequest':{'Key':{}}}]}} | {a!=[WriteRequest(deleteRequest=DeleteRequest(key={}))]}
          """)
  void batchesPrintRequestsWithNamesThatNoTableCanHave(
      String operation, String request, String printed) {
    assertRefuses(
        operation,
        request,
        "1 validation error detected: Value '"
            + printed
            + "' at 'requestItems' failed to satisfy constraint: Map keys must satisfy constraint:"
            + " [Member must have length less than or equal to 255, Member must have length greater"
            + " than or equal to 3, Member must satisfy regular expression pattern:"
            + " [a-zA-Z0-9_.-]+]");
  }
}
