/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.service;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchTest {

  private final Service service = Service.with("abc", Service.HASH_ONLY);

  @BeforeEach
  void create() {
    service.ok(
        "CreateTable",
        "{'TableName':'xyz','BillingMode':'PAY_PER_REQUEST'," + Service.HASH_ONLY + "}");
  }

  private static String put(String key) {
    return "{'PutRequest':{'Item':{'h':{'S':'" + key + "'}}}}";
  }

  private static String delete(String key) {
    return "{'DeleteRequest':{'Key':{'h':{'S':'" + key + "'}}}}";
  }

  private static String keys(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> "{'h':{'S':'" + i + "'}}")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String puts(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> put("" + i))
        .collect(Collectors.joining(",", "[", "]"));
  }

  @Test
  void writesAndReadsSeveralTables() {
    assertThat(
        service.ok(
            "BatchWriteItem",
            "{'RequestItems':{'abc':["
                + put("1")
                + ","
                + put("2")
                + "],'xyz':["
                + put("3")
                + "]},"
                + "'ReturnConsumedCapacity':'TOTAL'}"),
        is(
            "{'UnprocessedItems':{},'ConsumedCapacity':["
                + "{'TableName':'abc','CapacityUnits':2.0},"
                + "{'TableName':'xyz','CapacityUnits':1.0}]}"));
    service.ok("BatchWriteItem", "{'RequestItems':{'abc':[" + delete("1") + "]}}");
    assertThat(
        service.ok(
            "BatchGetItem",
            "{'RequestItems':{'abc':{'Keys':[{'h':{'S':'1'}},{'h':{'S':'2'}}]},"
                + "'xyz':{'Keys':[{'h':{'S':'3'}}],'ConsistentRead':true}},"
                + "'ReturnConsumedCapacity':'INDEXES'}"),
        is(
            "{'Responses':{'abc':[{'h':{'S':'2'}}],'xyz':[{'h':{'S':'3'}}]},'UnprocessedKeys':{},"
                + "'ConsumedCapacity':[{'TableName':'abc','CapacityUnits':1.0,"
                + "'Table':{'CapacityUnits':1.0}},{'TableName':'xyz','CapacityUnits':1.0,"
                + "'Table':{'CapacityUnits':1.0}}]}"));
  }

  @Test
  void writesNothingOfABatchThatIsNotValid() {
    assertThat(
        service.error(
            "BatchWriteItem",
            "{'RequestItems':{'abc':[" + put("1") + "],'xyz':[{'PutRequest':{'Item':{}}}]}}"),
        is("ValidationException: The provided key element does not match the schema"));
    assertThat(
        service.ok("Scan", "{'TableName':'abc'}"), is("{'Items':[],'Count':0,'ScannedCount':0}"));
  }

  @Test
  void projectsItems() {
    service.ok("PutItem", "{'TableName':'abc','Item':{'h':{'S':'1'},'a':{'N':'1'},'b':{'N':'2'}}}");
    assertThat(
        service.ok(
            "BatchGetItem",
            "{'RequestItems':{'abc':{'Keys':[{'h':{'S':'1'}}],'ProjectionExpression':'#a',"
                + "'ExpressionAttributeNames':{'#a':'a'}}}}"),
        is("{'Responses':{'abc':[{'a':{'N':'1'}}]},'UnprocessedKeys':{}}"));
  }

  @Test
  void leavesKeysUnprocessedAfter16Megabytes() {
    String text = "x".repeat(300 * 1024);
    for (int i = 0; i < 60; i++) {
      service.ok(
          "PutItem", "{'TableName':'abc','Item':{'h':{'S':'" + i + "'},'x':{'S':'" + text + "'}}}");
    }
    // 54 items of a little more than 300 KB are less than 16 MB, and 55 are more.
    assertThat(
        service.ok("BatchGetItem", "{'RequestItems':{'abc':{'Keys':" + keys(0, 60) + "}}}"),
        endsWith(",'UnprocessedKeys':{'abc':{'Keys':" + keys(54, 60) + "}}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          BatchWriteItem | {} | 1 validation error detected: Value null at 'requestItems' failed to satisfy constraint: Member must not be null
          BatchWriteItem | {'RequestItems':{}} | The requestItems parameter is required for BatchWriteItem
          BatchGetItem | {'RequestItems':{}} | 1 validation error detected: Value at 'RequestItems' failed to satisfy constraint: Member must have length greater than or equal to 1
          BatchWriteItem | {'RequestItems':{'abc':[{}]}} | Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes
          BatchWriteItem | {'RequestItems':{'abc':[{'PutRequest':{'Item':{'h':{'S':'1'},'s':{'SS':['a','a']}}}}]}} | One or more parameter values were invalid: Input collection [a, a] contains duplicates.
          BatchWriteItem | {'RequestItems':{'abc':[{'PutRequest':{'Item':{'h':{'S':'1'}}}},{'DeleteRequest':{'Key':{'h':{'S':'1'}}}}]}} | Provided list of item keys contains duplicates
          BatchGetItem | {'RequestItems':{'abc':{'Keys':[{'h':{'S':'1'}},{'h':{'S':'1'}}]}}} | Provided list of item keys contains duplicates
          BatchGetItem | {'RequestItems':{'abc':{'Keys':[]}}} | 1 validation error detected: Value at 'RequestItems.abc.member.Keys' failed to satisfy constraint: Member must have length greater than or equal to 1
          BatchGetItem | {'RequestItems':{'abc':{'Keys':[{'x':{'S':'1'}}]}}} | The provided key element does not match the schema
          BatchGetItem | {'RequestItems':{'abc':{'Keys':[{'h':{'S':'1'}}],'AttributesToGet':['a','a']}}} | One or more parameter values were invalid: Duplicate value in attribute name: a
          """)
  void refuses(String operation, String request, String message) {
    assertThat(service.error(operation, request), is("ValidationException: " + message));
  }

  @Test
  void refusesMoreThanItsMost() {
    assertThat(
        service.error(
            "BatchWriteItem",
            "{'RequestItems':{'abc':" + puts(0, 20) + ",'xyz':" + puts(0, 6) + "}}"),
        is("ValidationException: Too many items requested for the BatchWriteItem call"));
    assertThat(
        service.error("BatchWriteItem", "{'RequestItems':{'abc':" + puts(0, 26) + "}}"),
        endsWith(
            "]}' at 'requestItems' failed to satisfy constraint: Map value must satisfy "
                + "constraint: [Member must have length less than or equal to 25, Member must "
                + "have length greater than or equal to 1]"));
    assertThat(
        service.error("BatchGetItem", "{'RequestItems':{'abc':{'Keys':" + keys(0, 101) + "}}}"),
        is(
            "ValidationException: 1 validation error detected: Value at "
                + "'RequestItems.abc.member.Keys' failed to satisfy constraint: Member must have "
                + "length less than or equal to 100"));
    assertThat(
        service.error(
            "BatchGetItem",
            "{'RequestItems':{'abc':{'Keys':"
                + keys(0, 60)
                + "},'xyz':{'Keys':"
                + keys(0, 41)
                + "}}}"),
        is("ValidationException: Too many items requested for the BatchGetItem call"));
  }

  @Test
  void findsNoTable() {
    String notFound = "ResourceNotFoundException: Requested resource not found";
    assertThat(
        service.error("BatchWriteItem", "{'RequestItems':{'none':" + puts(0, 1) + "}}"),
        is(notFound));
    assertThat(
        service.error("BatchGetItem", "{'RequestItems':{'none':{'Keys':" + keys(0, 1) + "}}}"),
        is(notFound));
  }
}
