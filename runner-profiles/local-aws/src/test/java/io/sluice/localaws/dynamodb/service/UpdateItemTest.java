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

class UpdateItemTest {

  private static final String KEY = "{'TableName':'abc','Key':{'h':{'S':'a'}}";

  private final Service service = Service.with("abc", Service.HASH_ONLY);

  private String update(String more) {
    return service.ok("UpdateItem", KEY + more + "}");
  }

  private String item() {
    return service.ok("GetItem", KEY + "}");
  }

  @Test
  void makesAnItemOfItsKey() {
    assertThat(update(""), is("{}"));
    assertThat(item(), is("{'Item':{'h':{'S':'a'}}}"));
  }

  @Test
  void countsUp() {
    String add =
        ",'UpdateExpression':'ADD n :one','ExpressionAttributeValues':{':one':{'N':'1'}},"
            + "'ReturnValues':'UPDATED_NEW'";
    assertThat(update(add), is("{'Attributes':{'n':{'N':'1'}}}"));
    assertThat(update(add), is("{'Attributes':{'n':{'N':'2'}}}"));
    assertThat(item(), is("{'Item':{'h':{'S':'a'},'n':{'N':'2'}}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          NONE | {}
          ALL_OLD | {'Attributes':{'h':{'S':'a'},'v':{'N':'1'},'w':{'N':'5'}}}
          ALL_NEW | {'Attributes':{'h':{'S':'a'},'v':{'N':'2'}}}
          UPDATED_OLD | {'Attributes':{'v':{'N':'1'},'w':{'N':'5'}}}
          UPDATED_NEW | {'Attributes':{'v':{'N':'2'}}}
          """)
  void returnsWhatIsAskedFor(String values, String answer) {
    service.ok("PutItem", "{'TableName':'abc','Item':{'h':{'S':'a'},'v':{'N':'1'},'w':{'N':'5'}}}");
    assertThat(
        update(
            ",'UpdateExpression':'SET v = :v REMOVE w',"
                + "'ExpressionAttributeValues':{':v':{'N':'2'}},'ReturnValues':'"
                + values
                + "'"),
        is(answer));
  }

  @Test
  void returnsNothingOldOfANewItem() {
    for (String values : new String[] {"ALL_OLD", "UPDATED_OLD"}) {
      service.ok("DeleteItem", KEY + "}");
      assertThat(
          update(
              ",'UpdateExpression':'SET v = :v','ExpressionAttributeValues':{':v':{'N':'2'}},"
                  + "'ReturnValues':'"
                  + values
                  + "'"),
          is("{}"));
    }
  }

  @Test
  void updatesOnlyIfTheConditionIsMet() {
    String conditional =
        KEY
            + ",'UpdateExpression':'SET v = :v','ConditionExpression':'attribute_not_exists(v)',"
            + "'ExpressionAttributeValues':{':v':{'N':'2'}},"
            + "'ReturnValuesOnConditionCheckFailure':'ALL_OLD'}";
    assertThat(service.ok("UpdateItem", conditional), is("{}"));
    assertThat(
        Service.text(service.send("UpdateItem", conditional)),
        is(
            "{'__type':'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException',"
                + "'message':'The conditional request failed',"
                + "'Item':{'h':{'S':'a'},'v':{'N':'2'}}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          ,'UpdateExpression':'' | 1 validation error detected: Invalid UpdateExpression: The expression can not be empty;
          ,'UpdateExpression':'SET h = :v','ExpressionAttributeValues':{':v':{'S':'x'}} | One or more parameter values were invalid: Cannot update attribute h. This attribute is part of the key
          ,'UpdateExpression':'REMOVE a','AttributeUpdates':{} | 1 validation error detected: Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {AttributeUpdates} Expression parameters: {UpdateExpression}
          ,'UpdateExpression':'SET a = b' | The provided expression refers to an attribute that does not exist in the item
          ,'UpdateExpression':'SET a.b = :v','ExpressionAttributeValues':{':v':{'S':'x'}} | The document path provided in the update expression is invalid for update
          """)
  void refuses(String more, String message) {
    assertThat(
        service.error("UpdateItem", KEY + more + "}"), is("ValidationException: " + message));
    assertThat(item(), is("{}"));
  }

  /** Is held by limits that paritysuite/dynamodb-conformance found, eu-west-2, 2026-08-19. */
  @Test
  void chargesForTheUpdateAndNotForTheKey() {
    String update =
        KEY + ",'UpdateExpression':'SET v = :v','ExpressionAttributeValues':{':v':{'S':'%s'}}}";
    int most = 400 * 1024 - 3 - 19 - 1;
    service.ok("UpdateItem", update.formatted("x".repeat(most)));
    assertThat(
        service.error("UpdateItem", update.formatted("x".repeat(most + 1))),
        is("ValidationException: Item size to update has exceeded the maximum allowed size"));
  }

  @Test
  void refusesItemsThatBecomeTooLarge() {
    assertThat(
        service.error(
            "UpdateItem",
            KEY
                + ",'UpdateExpression':'SET v = :v','ExpressionAttributeValues':{':v':{'S':'"
                + "x".repeat(400 * 1024)
                + "'}}}"),
        is("ValidationException: Item size to update has exceeded the maximum allowed size"));
  }
}
