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

class PutItemTest {

  private final Service service = Service.with("abc", Service.HASH_ONLY);

  private String put(String members) {
    return service.ok("PutItem", "{'TableName':'abc'," + members + "}");
  }

  private String get(String key) {
    return service.ok("GetItem", "{'TableName':'abc','Key':{'h':{'S':'" + key + "'}}}");
  }

  @Test
  void keepsValuesOfAllTypes() {
    String item =
        "{'h':{'S':'a'},'n':{'N':'1.5'},'b':{'B':'AAEC'},'t':{'BOOL':true},'z':{'NULL':true},"
            + "'ss':{'SS':['x','y']},'ns':{'NS':['1','2']},'bs':{'BS':['AA==']},"
            + "'l':{'L':[{'S':'e'},{'M':{'k':{'N':'7'}}}]},'e':{'S':''}}";
    assertThat(put("'Item':" + item), is("{}"));
    assertThat(get("a"), is("{'Item':" + item + "}"));
    assertThat(get("b"), is("{}"));
  }

  @Test
  void returnsWhatItReplaces() {
    assertThat(put("'Item':{'h':{'S':'a'},'v':{'N':'1'}},'ReturnValues':'ALL_OLD'"), is("{}"));
    assertThat(
        put("'Item':{'h':{'S':'a'},'v':{'N':'2'}},'ReturnValues':'ALL_OLD'"),
        is("{'Attributes':{'h':{'S':'a'},'v':{'N':'1'}}}"));
    assertThat(get("a"), is("{'Item':{'h':{'S':'a'},'v':{'N':'2'}}}"));
  }

  @Test
  void putsOnlyIfTheConditionIsMet() {
    String once = "'Item':{'h':{'S':'a'}},'ConditionExpression':'attribute_not_exists(h)'";
    assertThat(put(once), is("{}"));
    assertThat(
        Service.text(service.send("PutItem", "{'TableName':'abc'," + once + "}")),
        is(
            "{'__type':'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException',"
                + "'message':'The conditional request failed'}"));
    assertThat(
        Service.text(
            service.send(
                "PutItem",
                "{'TableName':'abc',"
                    + once
                    + ",'ReturnValuesOnConditionCheckFailure':'ALL_OLD'}")),
        is(
            "{'__type':'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException',"
                + "'message':'The conditional request failed','Item':{'h':{'S':'a'}}}"));
  }

  @Test
  void findsTheTableByItsArn() {
    assertThat(
        service.ok(
            "PutItem",
            "{'TableName':'arn:aws:dynamodb:eu-west-1:000000000000:table/abc',"
                + "'Item':{'h':{'S':'a'}}}"),
        is("{}"));
    assertThat(get("a"), is("{'Item':{'h':{'S':'a'}}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {} | 2 validation errors detected: Value null at 'tableName' failed to satisfy constraint: Member must not be null; Value null at 'item' failed to satisfy constraint: Member must not be null
          {'TableName':'','Item':{},'ReturnValues':'x'} | 1 validation error detected: Value at 'TableName' failed to satisfy constraint: Member must have length greater than or equal to 1
          {'TableName':'a b c','Item':{}} | 1 validation error detected: Value 'a b c' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+
          {'TableName':'x:table/abc','Item':{}} | 1 validation error detected: Value 'x:table/abc' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+
          {'TableName':'abc','Item':{},'ReturnValues':'x','ReturnConsumedCapacity':'y'} | 2 validation errors detected: Value 'y' at 'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]; Failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE]
          {'TableName':'abc','Item':{},'ReturnValues':'ALL_NEW'} | 1 validation error detected: ReturnValues can only be ALL_OLD or NONE
          {'TableName':'abc','Item':{},'ExpressionAttributeNames':{}} | 1 validation error detected: ExpressionAttributeNames can only be specified when using expressions
          {'TableName':'abc','Item':{},'ExpressionAttributeValues':{}} | 1 validation error detected: ExpressionAttributeValues can only be specified when using expressions
          {'TableName':'abc','Item':{},'ConditionExpression':'','Expected':{}} | 1 validation error detected: Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {Expected} Expression parameters: {ConditionExpression}
          {'TableName':'abc','Item':{},'ConditionExpression':''} | 1 validation error detected: Invalid ConditionExpression: The expression can not be empty;
          {'TableName':'abc','Item':{'a':{'SS':[]}}} | 1 validation error detected: One or more parameter values were invalid: An string set  may not be empty
          {'TableName':'abc','Item':{'a':{'S':'x'}}} | One or more parameter values were invalid: Missing the key h in the item
          {'TableName':'abc','Item':{'h':{'N':'1'}}} | One or more parameter values were invalid: Type mismatch for key h expected: S actual: N
          {'TableName':'abc','Item':{'h':{'S':''}}} | One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: h
          {'TableName':'abc','Item':{'h':{'S':'a'}},'ConditionExpression':'a=:a','ExpressionAttributeValues':{':a':{'S':'a'},':b':{'S':'b'}}} | 1 validation error detected: Value provided in ExpressionAttributeValues unused in expressions: keys: {:b}
          {'TableName':'abc','Item':{'h':{'S':'a'}},'ConditionExpression':'a=:a','ExpressionAttributeValues':{':a':{'N':'x'}}} | 1 validation error detected: The parameter cannot be converted to a numeric value: x
          {'TableName':'abc','Item':{'h':{'S':'a'}},'ConditionExpression':'attribute_exists(h.x)'} | Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: h
          """)
  void refuses(String request, String message) {
    assertThat(service.error("PutItem", request), is("ValidationException: " + message));
  }

  @Test
  void refusesItemsThatAreTooLarge() {
    assertThat(
        service.error(
            "PutItem",
            "{'TableName':'no-table','Item':{'h':{'S':'" + "x".repeat(400 * 1024) + "'}}}"),
        is("ValidationException: Item size has exceeded the maximum allowed size"));
  }

  @Test
  void findsNoTable() {
    assertThat(
        service.error("PutItem", "{'TableName':'no-table','Item':{}}"),
        is("ResourceNotFoundException: Requested resource not found"));
  }
}
