/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.service;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

class TransactGetTest {

  private final Service service =
      Service.with("one", Service.HASH_ONLY).and("two", Service.HASH_ONLY);

  private static String get(String table, String key, String more) {
    return "{'Get':{'TableName':'" + table + "','Key':" + key + more + "}}";
  }

  private static String request(String... gets) {
    return "{'TransactItems':[" + String.join(",", gets) + "]}";
  }

  @Test
  void getsItemsOfSeveralTablesInTheOrderOfTheRequest() {
    service.ok("PutItem", "{'TableName':'one','Item':{'h':{'S':'a'},'x':{'S':'y'}}}");
    service.ok("PutItem", "{'TableName':'two','Item':{'h':{'S':'a'},'x':{'M':{'y':{'N':'1'}}}}}");
    assertThat(
        service.ok(
            "TransactGetItems",
            request(
                get("two", "{'h':{'S':'a'}}", ",'ProjectionExpression':'x.y'"),
                get("one", "{'h':{'S':'b'}}", ""),
                get(
                    "arn:aws:dynamodb:eu-west-1:000000000000:table/one",
                    "{'h':{'S':'a'}}",
                    ",'ProjectionExpression':'#n','ExpressionAttributeNames':{'#n':'h'}"))),
        is(
            "{'Responses':[{'Item':{'x':{'M':{'y':{'N':'1'}}}}},{},"
                + "{'Item':{'h':{'S':'a'}}}]}"));
  }

  @Test
  void cancelsWithAReasonForEachKey() {
    assertThat(
        Service.text(
            service.send(
                "TransactGetItems",
                request(
                    get("one", "{}", ""),
                    get("one", "{'h':{'S':'a'}}", ""),
                    get("two", "{'h':{'S':''}}", "")))),
        is(
            "{'__type':'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',"
                + "'Message':'Transaction cancelled, please refer cancellation reasons for "
                + "specific reasons [ValidationError, None, ValidationError]',"
                + "'CancellationReasons':[{'Code':'ValidationError','Message':'The provided key "
                + "element does not match the schema'},{'Code':'None'},{'Code':'ValidationError',"
                + "'Message':'One or more parameter values are not valid. The AttributeValue for "
                + "a key attribute cannot contain an empty string value. Key: h'}]}"));
  }

  @Test
  void refusesProjectionsThatAreWrong() {
    assertThat(
        service.error(
            "TransactGetItems",
            request(get("one", "{'h':{'S':'a'}}", ",'ProjectionExpression':'!!!'"))),
        is(
            "ValidationException: Invalid ProjectionExpression: Syntax error; token: \"!\", "
                + "near: \"!!\""));
  }

  @Test
  void refusesToReadMoreThanFourMegabytes() {
    String[] gets = new String[12];
    for (int i = 0; i < gets.length; i++) {
      service.ok(
          "PutItem",
          "{'TableName':'one','Item':{'h':{'S':'"
              + i
              + "'},'x':{'S':'"
              + "x".repeat(350_000)
              + "'}}}");
      gets[i] = get("one", "{'h':{'S':'" + i + "'}}", ",'ProjectionExpression':'h'");
    }
    assertThat(
        service.error("TransactGetItems", request(gets)),
        is("ValidationException: The aggregate size of the items in the transaction exceeds 4 MB"));
  }
}
