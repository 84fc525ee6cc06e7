/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.service;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTest {

  private static final Pattern RANGE = Pattern.compile("'r':\\{'N':'(-?\\d+)'\\}");

  private final Service service = Service.with("abc", Service.INDEXED);

  @BeforeEach
  void put() {
    for (int i = -2; i <= 3; i++) {
      service.ok(
          "PutItem",
          "{'TableName':'abc','Item':{'h':{'S':'a'},'r':{'N':'"
              + i
              + "'},'l':{'S':'"
              + (char) ('m' - i)
              + "'},'g':{'S':'x'},'q':{'N':'"
              + i * i
              + "'}}}");
    }
    service.ok("PutItem", "{'TableName':'abc','Item':{'h':{'S':'b'},'r':{'N':'1'}}}");
  }

  private static String query(String condition, String values, String more) {
    return "{'TableName':'abc','KeyConditionExpression':'"
        + condition
        + "','ExpressionAttributeValues':{':a':{'S':'a'}"
        + values
        + "}"
        + more
        + "}";
  }

  private List<Integer> ranges(String answer) {
    String items = answer.substring(0, answer.indexOf("'Count'"));
    return RANGE.matcher(items).results().map(found -> Integer.valueOf(found.group(1))).toList();
  }

  private static final String TWO = ",':x':{'N':'0'},':y':{'N':'2'}";
  private static final String ONE = ",':x':{'N':'0'}";

  @Test
  void findsItemsByTheirKeyInOrder() {
    assertThat(
        ranges(service.ok("Query", query("h = :a", "", ""))), is(List.of(-2, -1, 0, 1, 2, 3)));
    assertThat(ranges(service.ok("Query", query("h = :a AND r = :x", ONE, ""))), is(List.of(0)));
    assertThat(
        ranges(service.ok("Query", query("h = :a AND r < :x", ONE, ""))), is(List.of(-2, -1)));
    assertThat(
        ranges(service.ok("Query", query("h = :a AND r <= :x", ONE, ""))), is(List.of(-2, -1, 0)));
    assertThat(
        ranges(service.ok("Query", query("h = :a AND r > :x", ONE, ""))), is(List.of(1, 2, 3)));
    assertThat(
        ranges(service.ok("Query", query("h = :a AND :x <= r", ONE, ""))), is(List.of(0, 1, 2, 3)));
    assertThat(
        ranges(service.ok("Query", query("h = :a AND r BETWEEN :x AND :y", TWO, ""))),
        is(List.of(0, 1, 2)));
  }

  @Test
  void findsItemsBackward() {
    assertThat(
        ranges(service.ok("Query", query("h = :a", "", ",'ScanIndexForward':false,'Limit':2"))),
        is(List.of(3, 2)));
    assertThat(
        ranges(
            service.ok(
                "Query",
                query(
                    "h = :a",
                    "",
                    ",'ScanIndexForward':false,'Limit':2,"
                        + "'ExclusiveStartKey':{'h':{'S':'a'},'r':{'N':'2'}}"))),
        is(List.of(1, 0)));
  }

  @Test
  void findsItemsOfIndexes() {
    assertThat(
        service.ok(
            "Query",
            query("h = :a AND begins_with(l, :l)", ",':l':{'S':'n'}", ",'IndexName':'local'")),
        is(
            "{'Items':[{'h':{'S':'a'},'r':{'N':'-1'},'l':{'S':'n'}}],"
                + "'Count':1,'ScannedCount':1}"));
    assertThat(
        ranges(service.ok("Query", query("h = :a", "", ",'IndexName':'local'"))),
        is(List.of(3, 2, 1, 0, -1, -2)));
    assertThat(
        service.ok(
            "Query",
            "{'TableName':'abc','IndexName':'global','KeyConditionExpression':'g = :g',"
                + "'ExpressionAttributeValues':{':g':{'S':'x'}},'Select':'COUNT'}"),
        is("{'Count':6,'ScannedCount':6}"));
  }

  @Test
  void filtersWhatItHasCounted() {
    assertThat(
        service.ok(
            "Query",
            query(
                "h = :a",
                ",':q':{'N':'4'}",
                ",'FilterExpression':'q = :q','ProjectionExpression':'r','Limit':5,"
                    + "'ReturnConsumedCapacity':'INDEXES'")),
        is(
            "{'Items':[{'r':{'N':'-2'}},{'r':{'N':'2'}}],'Count':2,'ScannedCount':5,"
                + "'LastEvaluatedKey':{'h':{'S':'a'},'r':{'N':'2'}},"
                + "'ConsumedCapacity':{'TableName':'abc','CapacityUnits':0.5,"
                + "'Table':{'CapacityUnits':0.5}}}"));
  }

  @Test
  void consumesTheLeastOfAnEmptyPartition() {
    assertThat(
        service.ok(
            "Query",
            "{'TableName':'abc','KeyConditionExpression':'h = :h','ConsistentRead':true,"
                + "'ExpressionAttributeValues':{':h':{'S':'none'}},"
                + "'ReturnConsumedCapacity':'TOTAL'}"),
        is(
            "{'Items':[],'Count':0,'ScannedCount':0,"
                + "'ConsumedCapacity':{'TableName':'abc','CapacityUnits':1.0}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {'TableName':'abc'} | Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.
          {'TableName':'abc','KeyConditionExpression':'h = :h','Limit':0} | 1 validation error detected: Value at 'Limit' failed to satisfy constraint: Member must have value greater than or equal to 1
          {'TableName':'abc','KeyConditionExpression':'','ExpressionAttributeValues':{':h':{'S':'a'}}} | Invalid KeyConditionExpression: The expression can not be empty;
          {'TableName':'abc','KeyConditionExpression':'r = :h','ExpressionAttributeValues':{':h':{'N':'1'}}} | Query condition missed key schema element: h
          {'TableName':'abc','KeyConditionExpression':'h = :h','ExpressionAttributeValues':{':h':{'S':'a'}},'Select':'SPECIFIC_ATTRIBUTES'} | 1 validation error detected: Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES
          {'TableName':'abc','KeyConditionExpression':'h = :h','ExpressionAttributeValues':{':h':{'S':'a'}},'ExclusiveStartKey':{'h':{'S':'a'}}} | The provided starting key is invalid
          {'TableName':'abc','KeyConditionExpression':'h = :h','ExpressionAttributeValues':{':h':{'S':'a'}},'ExclusiveStartKey':{'h':{'S':'a'},'r':{'S':'1'}}} | The provided starting key is invalid
          {'TableName':'abc','KeyConditionExpression':'h = :h','ExpressionAttributeValues':{':h':{'S':'a'}},'ExclusiveStartKey':{'h':{'S':'b'},'r':{'N':'1'}}} | The provided starting key is outside query boundaries based on provided conditions
          {'TableName':'abc','KeyConditionExpression':'h = :h','ExpressionAttributeValues':{':h':{'S':'a'}},'FilterExpression':'attribute_exists(r)'} | Filter Expression can only contain non-primary key attributes: Primary key attribute: r
          {'TableName':'abc','KeyConditionExpression':'h = :h','ExpressionAttributeValues':{':h':{'S':'a'}},'IndexName':'none'} | The table does not have the specified index: none
          {'TableName':'abc','KeyConditionExpression':'h = :h','ExpressionAttributeValues':{':h':{'S':'a'}},'ExpressionAttributeNames':{'#n':'n'}} | Value provided in ExpressionAttributeNames unused in expressions: keys: {#n}
          """)
  void refuses(String request, String message) {
    assertThat(service.error("Query", request), is("ValidationException: " + message));
  }
}
