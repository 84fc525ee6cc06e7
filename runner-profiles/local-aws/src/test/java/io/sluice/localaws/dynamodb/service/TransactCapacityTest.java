/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.service;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

class TransactCapacityTest {

  private final Service service =
      Service.with("abc", Service.INDEXED).and("def", Service.HASH_ONLY);

  private String write(String detail, String... actions) {
    return service.ok(
        "TransactWriteItems",
        "{'ReturnConsumedCapacity':'"
            + detail
            + "','TransactItems':["
            + String.join(",", actions)
            + "]}");
  }

  private static String put(String range, String more) {
    return "{'Put':{'TableName':'abc','Item':{'h':{'S':'a'},'r':{'N':'"
        + range
        + "'}"
        + more
        + "}}}";
  }

  private static String units(String table, String units, String kind) {
    return "{'TableName':'"
        + table
        + "','CapacityUnits':"
        + units
        + ",'"
        + kind
        + "CapacityUnits':"
        + units
        + "}";
  }

  @Test
  void takesTwiceTheUnitsOfEachItem() {
    String large = ",'x':{'S':'" + "x".repeat(1500) + "'}";
    assertThat(
        write(
            "TOTAL",
            put("1", ""),
            put("2", large),
            "{'Delete':{'TableName':'def','Key':{'h':{'S':'a'}}}}"),
        is(
            "{'ConsumedCapacity':["
                + units("abc", "6.0", "Write")
                + ","
                + units("def", "2.0", "Write")
                + "]}"));
    assertThat(write("NONE", put("1", "")), is("{}"));
  }

  @Test
  void chargesIndexesAsOutsideOfTransactions() {
    assertThat(
        write("INDEXES", put("1", ",'g':{'S':'x'},'l':{'S':'y'}")),
        is(
            "{'ConsumedCapacity':[{'TableName':'abc','CapacityUnits':4.0,'WriteCapacityUnits':4.0,"
                + "'Table':{'CapacityUnits':2.0,'WriteCapacityUnits':2.0},"
                + "'LocalSecondaryIndexes':{'local':"
                + "{'CapacityUnits':1.0,'WriteCapacityUnits':1.0}},"
                + "'GlobalSecondaryIndexes':{'global':"
                + "{'CapacityUnits':1.0,'WriteCapacityUnits':1.0}}}]}"));
  }

  @Test
  void chargesConditionChecksAndDeletesByTheItem() {
    write("NONE", put("1", ",'g':{'S':'x'},'x':{'S':'" + "x".repeat(2500) + "'}"));
    String key = "'TableName':'abc','Key':{'h':{'S':'a'},'r':{'N':'1'}}";
    assertThat(
        write(
            "TOTAL",
            "{'ConditionCheck':{" + key + ",'ConditionExpression':'attribute_exists(g)'}}"),
        is("{'ConsumedCapacity':[" + units("abc", "6.0", "Write") + "]}"));
    assertThat(
        write("TOTAL", "{'Delete':{" + key + "}}"),
        is("{'ConsumedCapacity':[" + units("abc", "7.0", "Write") + "]}"));
  }

  @Test
  void chargesReadsTwiceToo() {
    service.ok(
        "PutItem",
        "{'TableName':'def','Item':{'h':{'S':'a'},'x':{'S':'" + "x".repeat(5000) + "'}}}");
    String gets =
        "'TransactItems':[{'Get':{'TableName':'def','Key':{'h':{'S':'a'}},"
            + "'ProjectionExpression':'h'}},{'Get':{'TableName':'def','Key':{'h':{'S':'b'}}}}]";
    assertThat(
        service.ok("TransactGetItems", "{'ReturnConsumedCapacity':'TOTAL'," + gets + "}"),
        is(
            "{'Responses':[{'Item':{'h':{'S':'a'}}},{}],'ConsumedCapacity':["
                + units("def", "6.0", "Read")
                + "]}"));
    assertThat(
        service.ok("TransactGetItems", "{'ReturnConsumedCapacity':'INDEXES'," + gets + "}"),
        is(
            "{'Responses':[{'Item':{'h':{'S':'a'}}},{}],'ConsumedCapacity':[{'TableName':'def',"
                + "'CapacityUnits':6.0,'ReadCapacityUnits':6.0,"
                + "'Table':{'CapacityUnits':6.0,'ReadCapacityUnits':6.0}}]}"));
  }

  @Test
  void measuresItemCollectionsOfTablesThatHaveSome() {
    assertThat(
        service.ok(
            "TransactWriteItems",
            "{'ReturnItemCollectionMetrics':'SIZE','TransactItems':["
                + put("1", "")
                + ","
                + put("2", "")
                + ",{'Put':{'TableName':'def','Item':{'h':{'S':'a'}}}},"
                + "{'ConditionCheck':{'TableName':'abc','Key':{'h':{'S':'z'},'r':{'N':'1'}},"
                + "'ConditionExpression':'attribute_not_exists(h)'}}]}"),
        is(
            "{'ItemCollectionMetrics':{'abc':[{'ItemCollectionKey':{'h':{'S':'a'}},"
                + "'SizeEstimateRangeGB':[0.0,1.0]}]}}"));
  }
}
