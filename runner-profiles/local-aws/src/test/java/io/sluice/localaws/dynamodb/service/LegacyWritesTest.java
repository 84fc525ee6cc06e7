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
 * Checks Expected and AttributeUpdates.
 *
 * <p>Sources: answers of the service recorded by paritysuite/dynamodb-conformance, eu-west-2 and
 * us-east-1, 2026-10-09, and by the tests of dynalite and of ExtendDB.
 */
class LegacyWritesTest {

  private static final String ONE = "1 validation error detected: ";
  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final String KEY = "{'TableName':'abc','Key':{'h':{'S':'a'}}";

  private final Service service = Service.with("abc", Service.HASH_ONLY);

  @BeforeEach
  void put() {
    service.ok("PutItem", "{'TableName':'abc','Item':{'h':{'S':'a'},'name':{'S':'x'}}}");
  }

  private String item() {
    return service.ok("GetItem", KEY + "}");
  }

  private void assertRefused(String operation, String request, String message) {
    assertThat(service.error(operation, request), is("ValidationException: " + message));
  }

  @Test
  void writesOnlyWhatIsAsExpected() {
    String put = "{'TableName':'abc','Item':{'h':{'S':'a'},'v':{'N':'1'}},'Expected':{'v':%s}}";
    service.ok("PutItem", put.formatted("{'Exists':false}"));
    assertThat(
        service.error("PutItem", put.formatted("{'Exists':false}")),
        is("ConditionalCheckFailedException: The conditional request failed"));
    service.ok("DeleteItem", KEY + ",'Expected':{'v':{'Value':{'N':'1'}}}}");
    assertThat(item(), is("{}"));
  }

  @Test
  void writesIfAnyAttributeIsAsExpected() {
    String expected =
        ",'Expected':{'name':{'Value':{'S':'x'}},'v':{'ComparisonOperator':'NOT_NULL'}}";
    assertThat(
        service.error("DeleteItem", KEY + expected + ",'ConditionalOperator':'AND'}"),
        is("ConditionalCheckFailedException: The conditional request failed"));
    service.ok("DeleteItem", KEY + expected + ",'ConditionalOperator':'OR'}");
    assertThat(item(), is("{}"));
  }

  @Test
  void updatesAttributesWithReservedNames() {
    assertThat(
        service.ok(
            "UpdateItem",
            KEY
                + ",'AttributeUpdates':{'name':{'Action':'DELETE'},"
                + "'size':{'Action':'ADD','Value':{'N':'2'}}},"
                + "'Expected':{'name':{'ComparisonOperator':'BEGINS_WITH','Value':{'S':'x'}}},"
                + "'ReturnValues':'UPDATED_NEW'}"),
        is("{'Attributes':{'size':{'N':'2'}}}"));
    assertThat(item(), is("{'Item':{'h':{'S':'a'},'size':{'N':'2'}}}"));
  }

  @Test
  void makesNoItemByDeletingAttributes() {
    String key = "{'TableName':'abc','Key':{'h':{'S':'new'}}";
    assertThat(
        service.ok(
            "UpdateItem",
            key + ",'AttributeUpdates':{'v':{'Action':'DELETE'}},'ReturnValues':'ALL_NEW'}"),
        is("{}"));
    assertThat(service.ok("GetItem", key + "}"), is("{}"));
    service.ok("UpdateItem", key + ",'AttributeUpdates':{}}");
    assertThat(service.ok("GetItem", key + "}"), is("{'Item':{'h':{'S':'new'}}}"));
  }

  @Test
  void measuresTheItemAndNotTheUpdate() {
    String update = KEY + ",'AttributeUpdates':{'name':{'Value':{'S':'%s'}}}}";
    int most = 400 * 1024 - "ha".length() - "name".length();
    service.ok("UpdateItem", update.formatted("x".repeat(most)));
    assertRefused(
        "UpdateItem",
        update.formatted("x".repeat(most + 1)),
        "Item size to update has exceeded the maximum allowed size");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          ,'Expected':{'a':{'Exists':true}} | Value must be provided when Exists is true for Attribute: a
          ,'Expected':{'a':{'Exists':false,'Value':{'S':'x'}}} | Value cannot be used when Exists is false for Attribute: a
          ,'Expected':{'a':{'Value':{'S':'x'},'ComparisonOperator':'EQ','AttributeValueList':[{'S':'x'}]}} | Value and AttributeValueList cannot be used together for Attribute: a
          ,'Expected':{'a':{'ComparisonOperator':'EQ'}} | Value or AttributeValueList must be used with ComparisonOperator: EQ for Attribute: a
          ,'Expected':{'a':{'ComparisonOperator':'BETWEEN','AttributeValueList':[{'S':'x'}]}} | Invalid number of argument(s) for the BETWEEN ComparisonOperator
          ,'Expected':{'a':{'Value':{'SS':['b','a','b']}}} | Input collection ["a", "b", "b"] contains duplicates.
          """)
  void refusesExpectations(String more, String message) {
    assertRefused("DeleteItem", KEY + more + "}", ONE + INVALID + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          ,'AttributeUpdates':{'n':{'Value':{'N':'x'}}} | 1 validation error detected: The parameter cannot be converted to a numeric value: x
          ,'AttributeUpdates':{'h':{'Value':{'S':'x'}}} | One or more parameter values were invalid: Cannot update attribute h. This attribute is part of the key
          ,'AttributeUpdates':{'a':{}},'Expected':{'a':{}} | 1 validation error detected: One or more parameter values were invalid: Only DELETE action is allowed when no attribute value is specified
          ,'AttributeUpdates':{'a':{'Action':'x'}} | 1 validation error detected: Value 'x' at 'attributeUpdates.a.member.action' failed to satisfy constraint: Member must satisfy enum value set: [ADD, PUT, DELETE]
          ,'AttributeUpdates':{'name':{'Action':'ADD','Value':{'N':'1'}}} | Type mismatch for attribute to update
          ,'Expected':{'a':{'ComparisonOperator':'x'}} | 1 validation error detected: Value 'x' at 'expected.a.member.comparisonOperator' failed to satisfy constraint: Member must satisfy enum value set: [IN, NULL, BETWEEN, LT, NOT_CONTAINS, EQ, GT, NOT_NULL, NE, LE, BEGINS_WITH, GE, CONTAINS]
          ,'AttributeUpdates':{},'ConditionalOperator':'AND' | 1 validation error detected: ConditionalOperator cannot be used without Filter or Expected
          ,'Expected':{'a':{'Exists':false}},'ConditionalOperator':'OR' | 1 validation error detected: ConditionalOperator can only be used when Filter or Expected has two or more elements
          ,'Expected':{'a':{'Exists':false}},'UpdateExpression':'REMOVE a' | 1 validation error detected: Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {Expected} Expression parameters: {UpdateExpression}
          ,'Expected':{'a':{'Exists':false}},'ExpressionAttributeNames':{'#a':'a'} | 1 validation error detected: ExpressionAttributeNames can only be specified when using expressions
          """)
  void refusesUpdates(String more, String message) {
    assertRefused("UpdateItem", KEY + more + "}", message);
    assertThat(item(), is("{'Item':{'h':{'S':'a'},'name':{'S':'x'}}}"));
  }

  @Test
  void theOlderLayerReadsVeryDeepExpectations() {
    String deep = "{'M':{'n':".repeat(63) + "{'S':'x'}" + "}}".repeat(63);
    assertRefused(
        "DeleteItem",
        KEY + ",'Expected':{'d':{'Value':" + deep + "}},'ReturnValues':'x'}",
        ONE
            + "Value 'x' at 'returnValues' failed to satisfy constraint: Member must satisfy enum "
            + "value set: [ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]");
  }
}
