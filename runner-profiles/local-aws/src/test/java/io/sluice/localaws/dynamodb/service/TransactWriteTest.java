/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.service;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

class TransactWriteTest {

  private static final String FAILED =
      "{'Code':'ConditionalCheckFailed','Message':'The conditional request failed'";

  private final Service service =
      Service.with("one", Service.HASH_ONLY).and("two", Service.HASH_ONLY);

  private void have(String table, String item) {
    service.ok("PutItem", "{'TableName':'" + table + "','Item':" + item + "}");
  }

  private String get(String table, String hash) {
    return service.ok("GetItem", "{'TableName':'" + table + "','Key':{'h':{'S':'" + hash + "'}}}");
  }

  private String write(String... actions) {
    return service.ok(
        "TransactWriteItems", "{'TransactItems':[" + String.join(",", actions) + "]}");
  }

  private String cancelled(String... actions) {
    Reply reply =
        service.send("TransactWriteItems", "{'TransactItems':[" + String.join(",", actions) + "]}");
    assertThat(Service.text(reply), reply.status(), is(400));
    return Service.text(reply)
        .replace("{'__type':'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',", "");
  }

  private static String refersTo(String codes) {
    return "'Message':'Transaction cancelled, please refer cancellation reasons for specific "
        + "reasons ["
        + codes
        + "]','CancellationReasons':[";
  }

  private static String put(String hash, String more) {
    return "{'Put':{'TableName':'one','Item':{'h':{'S':'" + hash + "'}" + more + "}}}";
  }

  @Test
  void putsUpdatesDeletesAndChecksItemsOfSeveralTables() {
    have("one", "{'h':{'S':'b'},'n':{'N':'1'}}");
    have("two", "{'h':{'S':'c'}}");
    have("two", "{'h':{'S':'d'}}");
    assertThat(
        write(
            put("a", ",'x':{'S':'y'}"),
            "{'Update':{'TableName':'one','Key':{'h':{'S':'b'}},'UpdateExpression':'ADD n :n',"
                + "'ExpressionAttributeValues':{':n':{'N':'2'}}}}",
            "{'Delete':{'TableName':'arn:aws:dynamodb:eu-west-1:000000000000:table/two',"
                + "'Key':{'h':{'S':'c'}}}}",
            "{'ConditionCheck':{'TableName':'two','Key':{'h':{'S':'d'}},"
                + "'ConditionExpression':'attribute_exists(#h)',"
                + "'ExpressionAttributeNames':{'#h':'h'}}}"),
        is("{}"));
    assertThat(get("one", "a"), is("{'Item':{'h':{'S':'a'},'x':{'S':'y'}}}"));
    assertThat(get("one", "b"), is("{'Item':{'h':{'S':'b'},'n':{'N':'3'}}}"));
    assertThat(get("two", "c"), is("{}"));
    assertThat(get("two", "d"), is("{'Item':{'h':{'S':'d'}}}"));
  }

  @Test
  void createsWhatAnUpdateDoesNotFind() {
    write(
        "{'Update':{'TableName':'one','Key':{'h':{'S':'a'}},'UpdateExpression':'SET x = :x',"
            + "'ConditionExpression':'attribute_not_exists(h)',"
            + "'ExpressionAttributeValues':{':x':{'S':'y'}}}}");
    assertThat(get("one", "a"), is("{'Item':{'h':{'S':'a'},'x':{'S':'y'}}}"));
  }

  @Test
  void writesNothingIfAConditionIsNotMet() {
    have("two", "{'h':{'S':'a'},'s':{'S':'old'}}");
    assertThat(
        cancelled(
            put("a", ""),
            "{'ConditionCheck':{'TableName':'two','Key':{'h':{'S':'a'}},"
                + "'ConditionExpression':'s = :s',"
                + "'ExpressionAttributeValues':{':s':{'S':'new'}}}}",
            "{'Delete':{'TableName':'two','Key':{'h':{'S':'b'}},"
                + "'ConditionExpression':'attribute_exists(h)'}}"),
        is(
            refersTo("None, ConditionalCheckFailed, ConditionalCheckFailed")
                + "{'Code':'None'},"
                + FAILED
                + "},"
                + FAILED
                + "}]}"));
    assertThat(get("one", "a"), is("{}"));
  }

  @Test
  void givesTheItemThatDoesNotMeetTheCondition() {
    have("one", "{'h':{'S':'a'},'s':{'S':'old'}}");
    String failing =
        "'ConditionExpression':'s = h','ReturnValuesOnConditionCheckFailure':'ALL_OLD'";
    assertThat(
        cancelled(
            "{'Put':{'TableName':'one','Item':{'h':{'S':'a'}}," + failing + "}}",
            "{'Update':{'TableName':'one','Key':{'h':{'S':'b'}},'UpdateExpression':'REMOVE x',"
                + failing
                + "}}"),
        is(
            refersTo("ConditionalCheckFailed, ConditionalCheckFailed")
                + FAILED
                + ",'Item':{'h':{'S':'a'},'s':{'S':'old'}}},"
                + FAILED
                + "}]}"));
  }

  @Test
  void cancelsWhatDoesNotFitTheTable() {
    assertThat(
        cancelled(
            "{'Put':{'TableName':'one','Item':{'h':{'N':'5'}}}}",
            "{'Put':{'TableName':'one','Item':{'x':{'N':'5'}}}}",
            "{'Delete':{'TableName':'one','Key':{'h':{'N':'5'}}}}",
            "{'Update':{'TableName':'one','Key':{'h':{'S':'b'}},'UpdateExpression':'SET h = :h',"
                + "'ExpressionAttributeValues':{':h':{'S':'c'}}}}",
            put("a", "")),
        is(
            refersTo("ValidationError, ValidationError, ValidationError, ValidationError, None")
                + "{'Code':'ValidationError','Message':'One or more parameter values were "
                + "invalid: Type mismatch for key h expected: S actual: N'},"
                + "{'Code':'ValidationError','Message':'One or more parameter values were "
                + "invalid: Missing the key h in the item'},"
                + "{'Code':'ValidationError','Message':'The provided key element does not match "
                + "the schema'},"
                + "{'Code':'ValidationError','Message':'One or more parameter values were "
                + "invalid: Cannot update attribute h. This attribute is part of the key'},"
                + "{'Code':'None'}]}"));
    assertThat(get("one", "a"), is("{}"));
  }

  @Test
  void cancelsUpdatesThatDoNotFitTheItem() {
    have("one", "{'h':{'S':'a'},'s':{'S':'x'},'big':{'S':'" + "x".repeat(409_000) + "'}}");
    String cancelled =
        cancelled(
            "{'Update':{'TableName':'one','Key':{'h':{'S':'a'}},'UpdateExpression':'SET y = :y',"
                + "'ExpressionAttributeValues':{':y':{'S':'"
                + "y".repeat(1000)
                + "'}}}}",
            "{'Update':{'TableName':'one','Key':{'h':{'S':'b'}},'UpdateExpression':'SET y = z'}}");
    assertThat(cancelled, containsString(refersTo("ValidationError, ValidationError")));
    assertThat(
        cancelled, containsString("'Item size to update has exceeded the maximum allowed size'"));
    assertThat(
        cancelled,
        containsString(
            "'The provided expression refers to an attribute that does not exist in the item'"));
  }

  @Test
  void cancelsWhatDoesNotFitAnIndex() {
    Service indexed = Service.with("abc", Service.INDEXED);
    String key = "{'h':{'S':'a'},'r':{'N':'1'}}";
    String update =
        "{'TransactItems':[{'Update':{'TableName':'abc','Key':"
            + key
            + ",'UpdateExpression':'SET g = :g','ExpressionAttributeValues':{':g':{%s}}}}]}";
    assertThat(
        Service.text(indexed.send("TransactWriteItems", String.format(update, "'N':'1'"))),
        containsString(
            "'ValidationError','Message':'One or more parameter values were invalid: Type "
                + "mismatch for Index Key g Expected: S Actual: N IndexName: global'"));
    assertThat(
        indexed.error("TransactWriteItems", String.format(update, "'S':''")),
        is(
            "ValidationException: One or more parameter values are not valid. The update "
                + "expression attempted to update a secondary index key to a value that is not "
                + "supported. The AttributeValue for a key attribute cannot contain an empty "
                + "string value."));
    assertThat(
        indexed.error(
            "TransactWriteItems",
            "{'TransactItems':[{'Put':{'TableName':'abc','Item':"
                + "{'h':{'S':'a'},'r':{'N':'1'},'g':{'S':''}}}}]}"),
        is(
            "ValidationException: One or more parameter values are not valid. A value specified "
                + "for a secondary index key is not supported. The AttributeValue for a key "
                + "attribute cannot contain an empty string value. IndexName: global, "
                + "IndexKey: g"));
  }

  @Test
  void keepsIndexesInStep() {
    Service indexed = Service.with("abc", Service.INDEXED);
    indexed.ok(
        "TransactWriteItems",
        "{'TransactItems':[{'Put':{'TableName':'abc','Item':"
            + "{'h':{'S':'a'},'r':{'N':'1'},'g':{'S':'x'}}}},"
            + "{'Put':{'TableName':'abc','Item':"
            + "{'h':{'S':'a'},'r':{'N':'2'},'g':{'S':'y'}}}}]}");
    assertThat(
        indexed.ok("Scan", "{'TableName':'abc','IndexName':'global','Select':'COUNT'}"),
        is("{'Count':2,'ScannedCount':2}"));
  }

  @Test
  void takesAHundredItems() {
    String[] puts = new String[100];
    for (int i = 0; i < puts.length; i++) {
      puts[i] = put("h" + i, "");
    }
    assertThat(write(puts), is("{}"));
    assertThat(
        service.ok("Scan", "{'TableName':'one','Select':'COUNT'}"),
        is("{'Count':100,'ScannedCount':100}"));
  }
}
