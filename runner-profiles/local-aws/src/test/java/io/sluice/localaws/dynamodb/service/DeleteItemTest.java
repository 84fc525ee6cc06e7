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

class DeleteItemTest {

  private static final String KEY = "'TableName':'abc','Key':{'h':{'S':'a'}}";

  private final Service service = Service.with("abc", Service.HASH_ONLY);

  @BeforeEach
  void put() {
    service.ok("PutItem", "{'TableName':'abc','Item':{'h':{'S':'a'},'v':{'N':'1'}}}");
  }

  @Test
  void returnsWhatItDeletes() {
    String request = "{" + KEY + ",'ReturnValues':'ALL_OLD'}";
    assertThat(
        service.ok("DeleteItem", request), is("{'Attributes':{'h':{'S':'a'},'v':{'N':'1'}}}"));
    assertThat(service.ok("DeleteItem", request), is("{}"));
    assertThat(service.ok("GetItem", "{" + KEY + "}"), is("{}"));
  }

  @Test
  void deletesOnlyIfTheConditionIsMet() {
    String condition =
        ",'ConditionExpression':'v = :v','ExpressionAttributeValues':{':v':{'N':'%s'}}}";
    assertThat(
        service.error("DeleteItem", "{" + KEY + condition.formatted("2")),
        is("ConditionalCheckFailedException: The conditional request failed"));
    assertThat(service.ok("DeleteItem", "{" + KEY + condition.formatted("1")), is("{}"));
    assertThat(
        service.error("DeleteItem", "{" + KEY + condition.formatted("1")),
        is("ConditionalCheckFailedException: The conditional request failed"));
  }

  @Test
  void refusesKeysOfAnotherSchema() {
    String mismatch = "ValidationException: The provided key element does not match the schema";
    for (String key : new String[] {"{}", "{'x':{'S':'a'}}", "{'h':{'N':'1'}}"}) {
      String request = "{'TableName':'abc','Key':" + key + "}";
      assertThat(service.error("DeleteItem", request), is(mismatch));
      assertThat(service.error("GetItem", request), is(mismatch));
      assertThat(service.error("UpdateItem", request), is(mismatch));
    }
  }

  @Test
  void refusesReturnValuesThatItDoesNotHave() {
    assertThat(
        service.error("DeleteItem", "{" + KEY + ",'ReturnValues':'UPDATED_NEW'}"),
        is(
            "ValidationException: 1 validation error detected: "
                + "ReturnValues can only be ALL_OLD or NONE"));
  }

  @Test
  void getsWhatTheProjectionNames() {
    assertThat(
        service.ok("GetItem", "{" + KEY + ",'ProjectionExpression':'v, w'}"),
        is("{'Item':{'v':{'N':'1'}}}"));
    assertThat(
        service.ok(
            "GetItem",
            "{" + KEY + ",'ProjectionExpression':'#v','ExpressionAttributeNames':{'#v':'none'}}"),
        is("{'Item':{}}"));
    assertThat(
        service.error("GetItem", "{" + KEY + ",'ProjectionExpression':'h[0]'}"),
        is(
            "ValidationException: Key attributes must be scalars; list random access '[]' and "
                + "map lookup '.' are not allowed: Key: h"));
  }
}
