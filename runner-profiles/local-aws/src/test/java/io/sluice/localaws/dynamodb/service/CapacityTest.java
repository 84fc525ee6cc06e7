/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.service;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

class CapacityTest {

  private final Service service = Service.with("abc", Service.INDEXED);

  /** Puts an item with the key h = a, r = 1 and gives what that consumes. */
  private String put(String more, String detail) {
    return service.ok(
        "PutItem",
        "{'TableName':'abc','ReturnConsumedCapacity':'"
            + detail
            + "','Item':{'h':{'S':'a'},'r':{'N':'1'}"
            + more
            + "}}");
  }

  private static String indexes(String total, String table, String... more) {
    return "{'ConsumedCapacity':{'TableName':'abc','CapacityUnits':"
        + total
        + ",'Table':{'CapacityUnits':"
        + table
        + "}"
        + String.join("", more)
        + "}}";
  }

  private static String local(String units) {
    return ",'LocalSecondaryIndexes':{'local':{'CapacityUnits':" + units + "}}";
  }

  private static String global(String units) {
    return ",'GlobalSecondaryIndexes':{'global':{'CapacityUnits':" + units + "}}";
  }

  @Test
  void saysNothingUnlessItIsAsked() {
    assertThat(put("", "NONE"), is("{}"));
    assertThat(
        put("", "TOTAL"), is("{'ConsumedCapacity':{'TableName':'abc','CapacityUnits':1.0}}"));
  }

  @Test
  void countsAKilobyteOfTheLargerItemAsAWriteUnit() {
    // h, a, r and 1 take 5 bytes, and the name of x one more.
    String thousand24 = ",'x':{'S':'" + "x".repeat(1024 - 6) + "'}";
    String thousand25 = ",'x':{'S':'" + "x".repeat(1025 - 6) + "'}";
    assertThat(put(thousand24, "INDEXES"), is(indexes("1.0", "1.0")));
    assertThat(put(thousand25, "INDEXES"), is(indexes("2.0", "2.0")));
    assertThat(put("", "INDEXES"), is(indexes("2.0", "2.0")));
    assertThat(put("", "INDEXES"), is(indexes("1.0", "1.0")));
  }

  @Test
  void countsWhatIndexesChange() {
    // A new entry, none that changes, another value, another key, and none any more.
    assertThat(put(",'g':{'S':'x'}", "INDEXES"), is(indexes("2.0", "1.0", global("1.0"))));
    assertThat(put(",'g':{'S':'x'},'other':{'S':'y'}", "INDEXES"), is(indexes("1.0", "1.0")));
    assertThat(
        put(",'g':{'S':'x'},'p':{'S':'y'}", "INDEXES"), is(indexes("2.0", "1.0", global("1.0"))));
    assertThat(put(",'g':{'S':'z'}", "INDEXES"), is(indexes("3.0", "1.0", global("2.0"))));
    assertThat(put("", "INDEXES"), is(indexes("2.0", "1.0", global("1.0"))));
  }

  @Test
  void countsIndexEntriesByTheirOwnSize() {
    String large = ",'x':{'S':'" + "x".repeat(5000) + "'}";
    assertThat(
        put(",'l':{'S':'x'},'g':{'S':'x'}" + large, "INDEXES"),
        is(indexes("7.0", "5.0", local("1.0"), global("1.0"))));
    assertThat(
        put(",'l':{'S':'x'}" + large, "TOTAL"),
        is("{'ConsumedCapacity':{'TableName':'abc','CapacityUnits':6.0}}"));
  }

  @Test
  void countsDeletes() {
    String delete =
        "{'TableName':'abc','Key':{'h':{'S':'a'},'r':{'N':'1'}},"
            + "'ReturnConsumedCapacity':'INDEXES'}";
    put(",'l':{'S':'x'},'x':{'S':'" + "x".repeat(2000) + "'}", "NONE");
    assertThat(service.ok("DeleteItem", delete), is(indexes("3.0", "2.0", local("1.0"))));
    assertThat(service.ok("DeleteItem", delete), is(indexes("1.0", "1.0")));
  }

  @Test
  void countsUpdates() {
    put(",'x':{'S':'" + "x".repeat(2000) + "'}", "NONE");
    assertThat(
        service.ok(
            "UpdateItem",
            "{'TableName':'abc','Key':{'h':{'S':'a'},'r':{'N':'1'}},"
                + "'UpdateExpression':'SET g = :g REMOVE x',"
                + "'ExpressionAttributeValues':{':g':{'S':'x'}},"
                + "'ReturnConsumedCapacity':'INDEXES'}"),
        is(indexes("3.0", "2.0", global("1.0"))));
  }

  @Test
  void countsFourKilobytesAsAReadUnitAndHalfOfIt() {
    // h, a, r and 1 take 5 bytes, and the name of x one more.
    put(",'x':{'S':'" + "x".repeat(4097 - 6) + "'}", "NONE");
    assertThat(get("1", true), is("2.0"));
    assertThat(get("1", false), is("1.0"));
    put(",'x':{'S':'" + "x".repeat(4096 - 6) + "'}", "NONE");
    assertThat(get("1", true), is("1.0"));
    assertThat(get("1", false), is("0.5"));
    assertThat(get("2", true), is("1.0"));
    assertThat(get("2", false), is("0.5"));
  }

  private String get(String range, boolean consistent) {
    String answer =
        service.ok(
            "GetItem",
            "{'TableName':'abc','Key':{'h':{'S':'a'},'r':{'N':'"
                + range
                + "'}},'ProjectionExpression':'q','ReturnConsumedCapacity':'TOTAL',"
                + "'ConsistentRead':"
                + consistent
                + "}");
    return answer.replaceAll(".*'CapacityUnits':", "").replace("}", "");
  }

  @Test
  void measuresItemCollections() {
    assertThat(
        service.ok(
            "PutItem",
            "{'TableName':'abc','Item':{'h':{'S':'a'},'r':{'N':'1'}},"
                + "'ReturnItemCollectionMetrics':'SIZE'}"),
        is(
            "{'ItemCollectionMetrics':{'ItemCollectionKey':{'h':{'S':'a'}},"
                + "'SizeEstimateRangeGB':[0.0,1.0]}}"));
  }
}
