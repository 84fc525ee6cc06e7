/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.service;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransactErrorsTest {

  private static final String ONE = "ValidationException: 1 validation error detected: ";

  private final Service service = Service.with("one", Service.HASH_ONLY);

  private String error(String items) {
    return service.error("TransactWriteItems", "{'TransactItems':[" + items + "]}");
  }

  /** Gives the error of a region in which the current layer speaks for transactions. */
  private String current(String request) {
    return service.error("TransactWriteItems", request, "eu-west-2");
  }

  private static String put(String item) {
    return "{'Put':{'TableName':'one','Item':" + item + "}}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {'TransactItems':{}} | Start of structure or map found where not expected
          {'TransactItems':'x'} | Unexpected field type
          {'TransactItems':['x']} | Unexpected value type in payload
          {'TransactItems':[[]]} | Unrecognized collection type class com.amazonaws.dynamodb.v20120810.TransactWriteItem
          {'TransactItems':[{'Put':'x'}]} | Unexpected field type
          {'TransactItems':[{'Put':[]}]} | Unrecognized collection type class com.amazonaws.dynamodb.v20120810.Put
          {'TransactItems':[{'Put':{'TableName':1}}]} | NUMBER_VALUE cannot be converted to String
          {'TransactItems':[],'ClientRequestToken':1} | NUMBER_VALUE cannot be converted to String
          {'TransactItems':[],'ReturnConsumedCapacity':true} | TRUE_VALUE cannot be converted to String
          """)
  void reportsMembersOfTheWrongType(String request, String message) {
    assertThat(
        service.error("TransactWriteItems", request), is("SerializationException: " + message));
  }

  @Test
  void theCurrentLayerChecksTheLengthOfTheListAlone() {
    String atLeast =
        "failed to satisfy constraint: Member must have length greater than or equal to 1";
    assertThat(current("{'TransactItems':[]}"), is(ONE + "Value at 'TransactItems' " + atLeast));
    assertThat(
        current("{'TransactItems':[],'ReturnConsumedCapacity':'X'}"),
        is(ONE + "Value at 'TransactItems' " + atLeast));
    assertThat(
        current("{'TransactItems':[" + "{},".repeat(100) + "{}]}"),
        is(
            ONE
                + "Value at 'TransactItems' failed to satisfy constraint: Member must have length "
                + "less than or equal to 100"));
  }

  @Test
  void theCurrentLayerChecksTheLengthOfTheTokenFirst() {
    String items = "'TransactItems':[],'ReturnConsumedCapacity':'X'";
    assertThat(
        current("{" + items + ",'ClientRequestToken':'" + "x".repeat(37) + "'}"),
        is(
            ONE
                + "Value at 'ClientRequestToken' failed to satisfy constraint: Member must have "
                + "length less than or equal to 36"));
    assertThat(
        current("{" + items + ",'ClientRequestToken':''}"),
        is(
            ONE
                + "Value at 'ClientRequestToken' failed to satisfy constraint: Member must have "
                + "length greater than or equal to 1"));
  }

  /** Is held by answers recorded by paritysuite in 30 of 33 regions, 2026-10-08. */
  @Test
  void theOlderLayerPrintsTheList() {
    String failed = "at 'transactItems' failed to satisfy constraint: Member must have length ";
    assertThat(error(""), is(ONE + "Value '[]' " + failed + "greater than or equal to 1"));
    assertThat(
        error((put("{}") + ",").repeat(100) + put("{}")),
        endsWith("}]' " + failed + "less than or equal to 100"));
  }

  @Test
  void reportsAllOtherConstraintsAtOnce() {
    assertThat(
        service.error(
            "TransactWriteItems",
            "{'ReturnConsumedCapacity':'A','ReturnItemCollectionMetrics':'B'}"),
        is(
            "ValidationException: 3 validation errors detected: Value 'A' at "
                + "'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy "
                + "enum value set: [INDEXES, TOTAL, NONE]; Value 'B' at "
                + "'returnItemCollectionMetrics' failed to satisfy constraint: Member must "
                + "satisfy enum value set: [SIZE, NONE]; Value null at 'transactItems' failed to "
                + "satisfy constraint: Member must not be null"));
    assertThat(
        error(put("{}") + ",{'Update':{'TableName':'a!b','Key':{}}}"),
        is(
            "ValidationException: 2 validation errors detected: Value 'a!b' at "
                + "'transactItems.2.member.update.tableName' failed to satisfy constraint: Member "
                + "must satisfy regular expression pattern: [a-zA-Z0-9_.-]+; Value null at "
                + "'transactItems.2.member.update.updateExpression' failed to satisfy constraint: "
                + "Member must not be null"));
    assertThat(
        error(
            "{'ConditionCheck':{'TableName':'one','Key':{},'ConditionExpression':'a',"
                + "'ReturnValuesOnConditionCheckFailure':'X'}}"),
        is(
            ONE
                + "Value 'X' at 'transactItems.1.member.conditionCheck."
                + "returnValuesOnConditionCheckFailure' failed to satisfy constraint: Member must "
                + "satisfy enum value set: [ALL_OLD, NONE]"));
    assertThat(
        service.error("TransactGetItems", "{'TransactItems':[{}]}"),
        is(
            ONE
                + "Value null at 'transactItems.1.member.get' failed to satisfy constraint: "
                + "Member must not be null"));
  }

  @Test
  void takesExactlyOneActionForEachItem() {
    assertThat(
        error("{}"),
        is(
            ONE
                + "Value '' at 'transactItems' failed to satisfy constraint: TransactWriteRequest "
                + "should contain Delete or Put or Update or ConditionCheck"));
    assertThat(
        error(
            "{'Put':{'TableName':'one','Item':{'h':{'S':'a'}}},"
                + "'Delete':{'TableName':'one','Key':{'h':{'S':'a'}}}}"),
        is(
            "ValidationException: TransactItems can only contain one of Check, Put, Update or "
                + "Delete"));
  }

  @Test
  void looksAtValuesAndExpressionsOfActionsInTheirOrder() {
    String number = put("{'h':{'S':'a'},'n':{'N':'x'}}");
    String syntax =
        "{'ConditionCheck':{'TableName':'one','Key':{'h':{'S':'a'}},"
            + "'ConditionExpression':'attribute_not_exists('}}";
    String unused =
        "{'Delete':{'TableName':'one','Key':{'h':{'S':'a'}},"
            + "'ConditionExpression':'attribute_exists(h)',"
            + "'ExpressionAttributeValues':{':v':{'S':'x'}}}}";
    String empty = "{'Put':{'TableName':'one','Item':{'h':{'S':'a'}},'ConditionExpression':''}}";
    String missing = "{'Put':{'TableName':'none','Item':{'h':{'S':'a'}}}}";
    assertThat(
        error(missing + "," + number + "," + syntax),
        is("ValidationException: The parameter cannot be converted to a numeric value: x"));
    assertThat(
        error(missing + "," + syntax + "," + number),
        is(
            "ValidationException: Invalid ConditionExpression: Syntax error; token: \"<EOF>\", "
                + "near: \"(\""));
    assertThat(
        error(missing + "," + unused),
        is(
            "ValidationException: Value provided in ExpressionAttributeValues unused in "
                + "expressions: keys: {:v}"));
    assertThat(
        error(empty),
        is("ValidationException: Invalid ConditionExpression: The expression can not be empty;"));
  }

  @Test
  void looksForTablesBeforeItLooksAtKeys() {
    String missing = "{'Put':{'TableName':'none','Item':{'h':{'S':'a'}}}}";
    assertThat(
        error(put("{'h':{'S':''}}") + "," + missing),
        is("ResourceNotFoundException: Requested resource not found"));
    assertThat(
        service.error(
            "TransactGetItems",
            "{'TransactItems':[{'Get':{'TableName':'none','Key':{'h':{'S':'a'}}}}]}"),
        is("ResourceNotFoundException: Requested resource not found"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {'Put':{'TableName':'one','Item':{'h':{'S':''}}}}
          {'Delete':{'TableName':'one','Key':{'h':{'S':''}}}}
          {'Update':{'TableName':'one','Key':{'h':{'S':''}},'UpdateExpression':'REMOVE a'}}
          {'ConditionCheck':{'TableName':'one','Key':{'h':{'S':''}},'ConditionExpression':'attribute_exists(h)'}}
          """)
  void refusesEmptyKeysOfWrites(String action) {
    assertThat(
        error("{'Delete':{'TableName':'one','Key':{'x':{'S':'a'}}}}," + action),
        is(
            "ValidationException: One or more parameter values are not valid. The AttributeValue "
                + "for a key attribute cannot contain an empty string value. Key: h"));
  }

  @Test
  void refusesTheSameItemTwice() {
    String twice =
        "ValidationException: Transaction request cannot include multiple operations on one "
            + "item";
    assertThat(
        error(
            put("{'h':{'S':'a'},'x':{'S':'y'}}")
                + ",{'ConditionCheck':{'TableName':"
                + "'arn:aws:dynamodb:eu-west-1:000000000000:table/one',"
                + "'Key':{'h':{'S':'a'}},'ConditionExpression':'attribute_exists(h)'}}"),
        is(twice));
    String get = "{'Get':{'TableName':'one','Key':{'h':{'S':'a'}}}}";
    assertThat(
        service.error("TransactGetItems", "{'TransactItems':[" + get + "," + get + "]}"),
        is(twice));
  }

  @Test
  void refusesItemsThatAreTooLarge() {
    assertThat(
        error(put("{'h':{'S':'a'},'x':{'S':'" + "x".repeat(409_600) + "'}}")),
        is("ValidationException: Item size has exceeded the maximum allowed size"));
    StringBuilder puts = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      puts.append(i == 0 ? "" : ",")
          .append(put("{'h':{'S':'" + i + "'},'x':{'S':'" + "x".repeat(350_000) + "'}}"));
    }
    assertThat(
        error(puts.toString()),
        is("ValidationException: The aggregate size of the items in the transaction exceeds 4 MB"));
  }
}
